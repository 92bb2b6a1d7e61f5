"""Weighs the words found in an article: which topics it is about, and how much.

The score is BM25F (Robertson, Zaragoza and Taylor 2004) with the weights of `topics.toml` in the place of the inverse
document frequency, summed over the *different* entries of a topic:

    frequency = 3 x in the headline + 2 x in the lead + 1 x in the body
    evidence  = weight x frequency x (k + 1) / (frequency + k x (1 - b + b x length / 350))

So an entry of weight 10 that stands once in the body of an article of 350 words counts 10; said often it counts at
most 2.2 times that, so that no single word decides alone; in a short article one mention counts more, in a long one
less. A topic's total is its own evidence and that of all topics below it.

A topic is found where its total reaches `ENOUGH` and a share of the best topic's. For sectors the total must also
reach a share of what the article says of a company's own affairs (results, takeovers, capital): a quarterly report
that names its industry once is not news about the industry. Of the topics found, the most specific are given: one
that has a child among them stands in the child's path. They are ordered by their total and that of the branch they
belong to, because an article about an election and a little else is first of all about politics.
"""

from __future__ import annotations

from collections.abc import Mapping

Paths = Mapping[str, tuple[str, ...]]

ENOUGH = 10.0
SHARE_OF_BEST = 0.25
SHARE_OF_COMPANY_NEWS = 0.6
BRANCH = 0.3
MOST = 5

HEADLINE, LEAD, BODY = 3.0, 2.0, 1.0
SATURATION, LENGTH_MATTERS, USUAL_LENGTH = 1.2, 0.5, 350


def saturation(length: int) -> float:
    """The denominator's constant for an article of so many words: k x (1 - b + b x length / 350)."""
    return SATURATION * (1 - LENGTH_MATTERS + LENGTH_MATTERS * length / USUAL_LENGTH)


def evidence(weight: int, frequency: float, norm: float) -> float:
    """What one entry says about its topic; `norm` is the `saturation` of the article."""
    return weight * frequency * (SATURATION + 1) / (frequency + norm)


def totals(own: Mapping[str, float], paths: Paths) -> dict[str, float]:
    """The evidence for each topic and all below it."""
    found: dict[str, float] = {}
    for code, amount in own.items():
        if amount > 0.0:
            for ancestor in paths[code]:
                found[ancestor] = found.get(ancestor, 0.0) + amount
    return found


def most_fitting(total: Mapping[str, float], paths: Paths, least: float = ENOUGH) -> list[str]:
    """The codes of the topics found, most fitting first. All of them are of one kind: topics, or sectors."""
    enough = {code: amount for code, amount in total.items() if amount >= max(ENOUGH, least)}
    best = max((enough[code] for code in _most_specific(enough, paths)), default=0.0)
    found = {code: amount for code, amount in enough.items() if amount >= SHARE_OF_BEST * best}
    rank = {code: total[code] + BRANCH * total[paths[code][0]] for code in _most_specific(found, paths)}
    return sorted(rank, key=lambda code: (-rank[code], code))[:MOST]


def _most_specific(codes: Mapping[str, float], paths: Paths) -> set[str]:
    return codes.keys() - {ancestor for code in codes for ancestor in paths[code][:-1]}
