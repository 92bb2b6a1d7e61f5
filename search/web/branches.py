"""The tree of topics with how many articles the archive has of each; the sectors are a tree of their own.

Labels and order come from the table of topics, counts from the index. A code that the index has and the table has not
stands at the top, under whatever name the index gives it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from search.articles.model import Topic
from search.articles.topics import SECTORS, TopicTable
from search.index.engine import Engine
from search.query.results import FacetCount, Question

Kind = Literal["topic", "sector"]

_ALL = 1 << 31


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic or sector, its count of articles (those of its branches among them), and its branches, largest first."""

    code: str
    label: str
    kind: Kind
    count: int
    branches: tuple[Branch, ...] = ()

    def walk(self) -> Iterator[Branch]:
        """This one and all below it."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


@dataclass(frozen=True, slots=True)
class Tree:
    """All that occurs in the archive."""

    topics: tuple[Branch, ...]
    sectors: tuple[Branch, ...]

    def find(self, code: str) -> Branch | None:
        """The branch of a code."""
        return next((one for top in (*self.topics, *self.sectors) for one in top.walk() if one.code == code), None)


def tree(engine: Engine, table: TopicTable) -> Tree:
    """The trees with their counts, from one question."""
    found = engine.search(Question(facets=("topic", "sector"), facet_limit=_ALL, limit=0)).facets
    return Tree(
        _branches("topic", {count.value: count for count in found["topic"]}, table.topics),
        _branches("sector", {count.value: count for count in found["sector"]}, table.topics),
    )


def parents(code: str, kind: Kind, table: TopicTable) -> tuple[Topic, ...]:
    """What stands above a topic, from the top down; of sectors only what is one itself."""
    path = table.path(code)[:-1]
    above = path[path.index(SECTORS) + 1 :] if kind == "sector" and SECTORS in path else path
    return tuple(table.topics[one] for one in above)


def _branches(kind: Kind, counts: Mapping[str, FacetCount], topics: Mapping[str, Topic]) -> tuple[Branch, ...]:
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for code in counts:
        parent = topics[code].path[-2:-1] if code in topics else ()
        below[parent[0] if parent and parent[0] in counts else None].append(code)

    def grown(code: str) -> Branch:
        branch = Branch(code, topics[code].label if code in topics else counts[code].label, kind, counts[code].count)
        return replace(branch, branches=tuple(map(grown, below[code])))

    return tuple(map(grown, below[None]))
