"""One numbering for the values of all facets over several segments, each of which has its own.

Facet after facet, ascending within each, as in a segment; a single segment's own numbering serves as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from search.fields import FACETS
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array


class FacetValues:
    """`values` by number; `ordinals` are, for each segment, the numbers of its values, None where they are its own."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.values: Sequence[bytes] = []
        self.bases = [0] * (len(FACETS) + 1)
        self.ordinals: list[Array | None] = [None] * len(segments)
        if len(segments) == 1:
            self.values, self.bases = segments[0].values, segments[0].facet_bases
        elif segments:
            self._number(segments)

    def range(self, facet: str) -> tuple[int, int]:
        """Where the values of a facet begin and end."""
        at = FACETS.index(facet)
        return self.bases[at], self.bases[at + 1]

    def find(self, facet: str, value: str) -> int | None:
        """The number of a facet's value, or None where no segment has it."""
        start, end = self.range(facet)
        wanted = value.encode("utf-8", "surrogatepass")
        at = bisect_left(self.values, wanted, start, end)
        return at if at < end and self.values[at] == wanted else None

    def text(self, number: int) -> str:
        """The value of a number."""
        return self.values[number].decode("utf-8", "surrogatepass")

    def _number(self, segments: Sequence[Segment]) -> None:
        listed: list[bytes] = []
        numbers: list[list[int]] = [[] for _ in segments]
        for at, facet in enumerate(FACETS):
            own = [segment.values.slice(*segment.facet_range(facet)) for segment in segments]
            distinct = dict.fromkeys(sorted(value for values in own for value in values))  # sorted parts merge quickly
            known = {value: number for number, value in enumerate(distinct, len(listed))}
            for found, values in zip(numbers, own, strict=True):
                found += [known[value] for value in values]
            listed += known
            self.bases[at + 1] = len(listed)
        self.values = listed
        self.ordinals = [np.array(found, np.int64) for found in numbers]
