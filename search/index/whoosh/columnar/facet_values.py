"""One numbering for the values of all facets over several segments, each of which has its own.

Facet after facet, ascending within each, as in a segment; a single segment's own numbering serves as it is. Where
segments came to some that were numbered before, as an update adds one, only their values are looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

import numpy as np

from search.fields import FACETS
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array, SegmentFile


class FacetValues:
    """`values` by number; `ordinals` are, for each segment, the numbers of its values, None where they are its own.

    `before` numbers other segments; it serves where most values are of those that are among these.
    """

    def __init__(self, segments: Sequence[Segment], before: FacetValues | None = None) -> None:
        self.values: Sequence[bytes] = []
        self.bases = [0] * (len(FACETS) + 1)
        self.ordinals: list[Array | None] = [None] * len(segments)
        self._files = [segment.file for segment in segments]
        if len(segments) == 1:
            self.values, self.bases = segments[0].values, segments[0].facet_bases
        elif before and sum(len(s.values) for s in segments if s.file not in before._files) < len(before.values) // 4:
            self._extend(before, segments)
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

    def texts(self, numbers: Iterable[int]) -> list[str]:
        """The values of some numbers."""
        return [self.values[number].decode("utf-8", "surrogatepass") for number in numbers]

    def _extend(self, before: FacetValues, segments: Sequence[Segment]) -> None:
        """Number the values of segments that came, in between those that were numbered before and are still there."""
        known = {file: own for file, own in before._numbered() if file in self._files}
        held = np.zeros(len(before.values), bool)
        for own in known.values():
            held[own] = True
        places = np.concatenate([[0], np.cumsum(held)])
        old = list(compress(before.values, held))
        bases = places[before.bases].tolist()
        came = [segment for segment in segments if segment.file not in known]
        added: list[tuple[int, bytes]] = []  # where each goes among those before, and what
        for at, facet in enumerate(FACETS):
            found = {value for segment in came for value in segment.values.slice(*segment.facet_range(facet))}
            start, end = bases[at : at + 2]
            placed = [(bisect_left(old, value, start, end), value) for value in sorted(found)]
            added += [(to, value) for to, value in placed if to == end or old[to] != value]
            self.bases[at + 1] = end + len(added)
        self.values = _inserted(old, added)
        numbers = places + np.searchsorted([to for to, _ in added], places, "right")
        for at, segment in enumerate(segments):
            if segment.file in known:
                self.ordinals[at] = numbers[known[segment.file]]
            else:
                self.ordinals[at] = np.array(list(self._numbers_of(segment)), np.int64)

    def _numbered(self) -> Iterator[tuple[SegmentFile, Array]]:
        """Each segment's file, and the numbers of its values."""
        for file, own in zip(self._files, self.ordinals, strict=True):
            yield file, np.arange(len(self.values)) if own is None else own

    def _numbers_of(self, segment: Segment) -> Iterator[int]:
        for at, facet in enumerate(FACETS):
            for value in segment.values.slice(*segment.facet_range(facet)):
                yield bisect_left(self.values, value, self.bases[at], self.bases[at + 1])

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


def _inserted(values: list[bytes], added: Sequence[tuple[int, bytes]]) -> list[bytes]:
    """The values, each of the added ones before the one at its place."""
    listed: list[bytes] = []
    done = 0
    for place, value in added:
        listed += values[done:place]
        listed.append(value)
        done = place
    return listed + values[done:]
