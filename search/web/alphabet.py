"""The values of a facet in the order of the alphabet, and which of them have certain words in their names.

Made once for each index generation: the words of all names stand in one text, so that looking for some takes as long
as there are names that have them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from search.index.engine import Engine
from search.query.results import FacetCount, Question
from search.web.directory import folded
from search.web.keeping import kept

_ALL = 1 << 31


class Alphabet:
    """`ranks` says where each value stands."""

    def __init__(self, counts: Iterable[FacetCount]) -> None:
        lines = sorted((_line(count.label), count.value) for count in counts)
        self.ranks = {value: rank for rank, (_, value) in enumerate(lines)}
        self._values = [value for _, value in lines]
        self._text = "".join(line for line, _ in lines)
        self._starts = list(accumulate((len(line) for line, _ in lines), initial=0))

    def having(self, counts: Sequence[FacetCount], words: str) -> Sequence[FacetCount]:
        """Those of some counted values in whose names each of the words begins some word."""
        wanted = [f" {word}" for word in folded(words)]
        if not wanted:
            return counts
        found = set.intersection(*(set(self._values_with(word)) for word in wanted))
        return [one for one in counts if one.value in found or self._is_new(one, wanted)]

    def _values_with(self, word: str) -> Iterator[str]:
        at = self._text.find(word)
        while at >= 0:
            rank = bisect_right(self._starts, at) - 1
            yield self._values[rank]
            at = self._text.find(word, self._starts[rank + 1])

    def _is_new(self, count: FacetCount, wanted: Iterable[str]) -> bool:
        """Whether a value that the archive does not have, as one that was chosen by hand, has the words."""
        return count.value not in self.ranks and all(word in _line(count.label) for word in wanted)


def alphabet(engine: Engine, facet: str) -> Alphabet:
    """That of a facet's values in the generation that is being served."""
    return kept(engine, f"alphabet of {facet}", lambda: Alphabet(_counts(engine, facet)))


def _counts(engine: Engine, facet: str) -> Sequence[FacetCount]:
    return engine.search(Question(facets=(facet,), facet_limit=_ALL, limit=0)).facets.get(facet, ())


def _line(label: str) -> str:
    """The folded words of a label, with a space before each, on a line of their own."""
    return " ".join(("", *folded(label), "\n"))
