"""Weighs the words found in an article: which topics it is about, and how much.

The score is BM25F (Robertson, Zaragoza and Taylor 2004) with the weights of `topics.toml` in the place of the inverse
document frequency, summed over the *different* entries of a topic:

    frequency = 3 x in the headline + 2 x in the lead + 1 x in the body
    evidence  = sum of weight x frequency x (k + 1) / (frequency + k x (1 - b + b x length / 350))

So an entry of weight 3 that stands once in the body of an article of 350 words counts 3; said often it counts at most
2.2 times that, so that no single word decides alone; in a short article one mention counts more, in a long one less.
A topic's total is its own evidence and that of all topics below it. It is found where that total reaches
`ENOUGH` and a share of the best total. Of the topics found, the most specific are given: one that has a child among
them stands in the child's path. They are ordered by their own total and that of the branch they belong to, because an
article about an election and a little else is first of all about politics.
"""

from __future__ import annotations

from collections.abc import Mapping

ENOUGH = 3.0
SHARE_OF_BEST = 0.2
BRANCH = 0.3
MOST = 5

HEADLINE, LEAD, BODY = 3.0, 2.0, 1.0
SATURATION, LENGTH_MATTERS, USUAL_LENGTH = 1.2, 0.5, 350


def evidence(weight: int, frequency: float, length: int) -> float:
    """What one entry says about its topic in an article of so many words."""
    norm = SATURATION * (1 - LENGTH_MATTERS + LENGTH_MATTERS * length / USUAL_LENGTH)
    return weight * frequency * (SATURATION + 1) / (frequency + norm)


def totals(own: Mapping[str, float], paths: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """The evidence for each topic and all below it."""
    found: dict[str, float] = {}
    for code, amount in own.items():
        if amount > 0.0:
            for ancestor in paths[code]:
                found[ancestor] = found.get(ancestor, 0.0) + amount
    return found


def most_fitting(total: Mapping[str, float], paths: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The codes of the topics found, most fitting first. All of them are of one kind: topics, or sectors."""
    least = max([ENOUGH, *(SHARE_OF_BEST * amount for amount in total.values())])
    found = {code for code, amount in total.items() if amount >= least}
    general = {ancestor for code in found for ancestor in paths[code][:-1]}
    rank = {code: total[code] + BRANCH * total[paths[code][0]] for code in found - general}
    return sorted(rank, key=lambda code: (-rank[code], code))[:MOST]
