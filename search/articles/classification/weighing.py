"""Weighs the words found in an article: which topics it is about, and how much.

The score is BM25F (Robertson, Zaragoza and Taylor 2004) with the weights of `topics.toml` in the place of the inverse
document frequency, summed over the *different* entries of a topic:

    frequency = 3 x in the headline + 2 x in the lead + 1 x in the body
    evidence  = weight x frequency x (k + 1) / (frequency + k x (1 - b + b x length / 350))

So an entry of weight 10 that stands once in the body of an article of 350 words counts 10; said often it counts at
most 2.2 times that, so that no single word decides alone; in a short article one mention counts more, in a long one
less. What the body mentions just once says less of a sector: much is sold in the background of other news.

A topic's total is its own evidence and that of all topics below it; its peak is the most that one of them has. What
is asked of a topic grows with the article up to 350 words, as in a long one much is mentioned beside the subject:

- its total is `enough`, and a good part of that its peak: words scattered over many topics are about none of them;
- its peak has a share of the best topic's;
- a sector has a share of what the article says of a company's own affairs: a quarterly report that names its industry
  once is not news about the industry, but the longer the report, the more it is.

Of the topics found, the most specific are given: one that has a child among them stands in the child's path, and where
a single child has most of what its parent has, the child is given. Topics are ordered by their total and that of their
branch, because an article about an election and a little else is first of all about politics; sectors, which stand
side by side, by their own total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Paths = Mapping[str, tuple[str, ...]]

ENOUGH = 10.0  # the least evidence that any topic needs
MOST = 5
IN_ONE = 0.7  # of what is enough, the share that must not be scattered
MOST_OF_IT = 0.5  # of a parent's evidence, with which a child is given in its place
ROUNDING = 1e-6  # what sums of evidence may differ by, depending on the order of their terms

PASSING = 0.7  # of its evidence, what an entry counts for a sector that the body mentions once, in passing

HEADLINE, LEAD, BODY = 3, 2, 1
SATURATION, LENGTH_MATTERS, USUAL_LENGTH = 1.2, 0.5, 350


@dataclass(frozen=True, slots=True)
class Scale:
    """An amount that changes with the length of an article: in the shortest, and from `USUAL_LENGTH` words on."""

    short: float
    long: float

    def at(self, length: int) -> float:
        return self.short + (self.long - self.short) * min(1.0, length / USUAL_LENGTH)


@dataclass(frozen=True, slots=True)
class Choice:
    """How topics of one kind are chosen: the evidence and the share of the best one's peak that they need, and what
    their branch counts."""

    enough: Scale
    share: Scale
    branch: float


TOPICS = Choice(enough=Scale(ENOUGH, 18.0), share=Scale(0.37, 0.52), branch=1.5)
SECTORS = Choice(enough=Scale(ENOUGH, 14.0), share=Scale(0.25, 0.25), branch=0.0)
SHARE_OF_COMPANY_NEWS = Scale(1.0, 0.4)


class Tree:
    """The topics of one kind: the path down to each, and what stands right above it, if anything does."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self._parents = {code: path[-2] if len(path) > 1 else None for code, path in paths.items()}

    def most_specific(self, codes: set[str]) -> set[str]:
        """Those of the codes that have no child among them. Whatever has a descendant there has a child there."""
        return codes.difference(map(self._parents.get, codes))

    def heaviest_children(self, codes: Iterable[str], total: Mapping[str, float]) -> dict[str | None, str]:
        """For each parent of the codes the one of them that has most."""
        parents = self._parents
        return {parents[code]: code for _, code in sorted([(total[code], code) for code in codes])}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for topics: in all, with that of the topics below; and the most that one of them has.

    `enough` are the topics that have enough of it; with each of them, all above it.
    """

    total: Mapping[str, float]
    peak: Mapping[str, float]
    enough: frozenset[str]


def saturation(length: int) -> float:
    """What tempers a frequency in an article of so many words: k x (1 - b + b x length / 350)."""
    return SATURATION * (1 - LENGTH_MATTERS + LENGTH_MATTERS * length / USUAL_LENGTH)


def evidence(weight: float, frequency: float, tempering: float) -> float:
    """What one entry says about its topic; `tempering` is the `saturation` of the article."""
    return weight * frequency * (SATURATION + 1) / (frequency + tempering)


def weigh(own: Mapping[str, float], paths: Paths) -> Weighed:
    """Hands the evidence of each topic up to those above it; evidence against a topic stays with it."""
    total: dict[str, float] = {}
    peak: dict[str, float] = {}
    for code, amount in own.items():
        if amount > 0.0:
            for ancestor in paths.get(code, ()):
                if ancestor not in total:
                    total[ancestor] = peak[ancestor] = amount
                    continue
                total[ancestor] += amount
                if amount > peak[ancestor]:
                    peak[ancestor] = amount
    enough = ENOUGH - ROUNDING
    return Weighed(total, peak, frozenset([code for code, amount in total.items() if amount >= enough]))


def most_fitting(weighed: Weighed, tree: Tree, choice: Choice, length: int, least: float = 0.0) -> list[str]:
    """The codes of the topics found in so many words, most fitting first, at most five; each has at least `least`."""
    total, peak, paths = weighed.total, weighed.peak, tree.paths
    enough = max(choice.enough.at(length), least) - ROUNDING
    known = [code for code in weighed.enough if code in paths]
    found = {code for code in known if total[code] >= enough and peak[code] >= IN_ONE * enough}
    if not found:
        return []
    share = choice.share.at(length)
    specific = tree.most_specific(found)
    for _ in range(2):  # what falls away may give the place of a child back to its parent, which may then be the best
        near = share * max([peak[code] for code in specific]) - ROUNDING
        behind = [code for code in found if peak[code] < near]
        if not behind:
            break
        found.difference_update(behind)
        specific = tree.most_specific(found)
    heaviest = tree.heaviest_children([code for code in known if peak[code] >= near], total)
    given = {_narrowed(code, heaviest, total) for code in specific}
    rank = {code: round(total[code] + choice.branch * total[paths[code][0]], 6) for code in given}
    return sorted(rank, key=lambda code: (-rank[code], code))[:MOST]


def _narrowed(code: str, heaviest: Mapping[str | None, str], total: Mapping[str, float]) -> str:
    """The code, or what stands below it where a single child has most of what it has."""
    while (child := heaviest.get(code)) and total[child] >= MOST_OF_IT * total[code] - ROUNDING:
        code = child
    return code
