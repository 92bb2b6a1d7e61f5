"""Counts of facet values and months over all segments, whose own numbers are added up by value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from search.fields import FACETS
from search.index.whoosh.columnar.days import month_name
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.results import Results
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.query.results import MonthCount, Question

#: A facet's value and how many of the results have it.
ValueCount = tuple[str, int]


class Counting:
    """Counts the values of facets."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def values_of(self, facet: str) -> Sequence[str]:
        """All values of a facet, ascending."""
        start, end = self._range(facet)
        return self._texts[start:end]

    def facets(self, question: Question, results: list[Results]) -> dict[str, tuple[tuple[ValueCount, ...], int]]:
        """For each wanted facet its values with their counts, and how many values there are."""
        return {facet: self._facet(facet, question, counts) for facet, counts in self._counts(question, results)}

    @cached_property
    def _listed(self) -> tuple[list[bytes], list[int]]:
        """All values of all facets, facet after facet, ascending within each, and where each facet begins."""
        listed: list[bytes] = []
        bases = [0]
        for facet in FACETS:
            if len(self._segments) == 1:
                listed += self._segments[0].values.slice(*self._segments[0].facet_range(facet))
            else:
                listed += sorted(set().union(*(s.values.slice(*s.facet_range(facet)) for s in self._segments)))
            bases.append(len(listed))
        return listed, bases

    @property
    def _values(self) -> list[bytes]:
        return self._listed[0]

    @cached_property
    def _texts(self) -> list[str]:
        return [value.decode("utf-8", "surrogatepass") for value in self._values]

    def _range(self, facet: str) -> tuple[int, int]:
        at = FACETS.index(facet)
        _, bases = self._listed
        return bases[at], bases[at + 1]

    @cached_property
    def _ordinals(self) -> list[Array | None]:
        """For each segment the number of each of its values among all; None where they are the same."""
        if len(self._segments) == 1:
            return [None]
        found: list[Array | None] = []
        numbered = []
        for facet in FACETS:
            start, end = self._range(facet)
            numbered.append({value: start + i for i, value in enumerate(self._values[start:end])})
        for segment in self._segments:
            of = [
                known[value]
                for known, facet in zip(numbered, FACETS, strict=True)
                for value in segment.values.slice(*segment.facet_range(facet))
            ]
            found.append(np.array(of, np.int64))
        return found

    def _counts(self, question: Question, results: list[Results]) -> list[tuple[str, Array]]:
        """The counts of each wanted facet over all its values."""
        if not question.facets:
            return []
        whole = self._added(results, lambda result: result.bits)
        counted = []
        for facet in question.facets:
            start, end = self._range(facet)
            counts = whole
            if any(facet in result.ignoring for result in results):
                counts = self._added(results, lambda result, facet=facet: result.ignoring[facet])  # type: ignore[misc]
            counted.append((facet, counts[start:end]))
        return counted

    def _added(self, results: list[Results], bits_of: Callable[[Results], BitMap]) -> Array:
        total = np.zeros(len(self._values), np.int64)
        for result, ordinals in zip(results, self._ordinals, strict=True):
            if bits := bits_of(result):
                counts = result.part.faceting.counts(bits, numbers(bits))
                if ordinals is None:
                    return counts
                total[ordinals] += counts
        return total

    def _facet(self, facet: str, question: Question, counts: Array) -> tuple[tuple[ValueCount, ...], int]:
        """The values most frequent first, ties ascending, those chosen always among them; and how many there are."""
        start, _ = self._range(facet)
        held = np.flatnonzero(counts)
        listed: dict[str, int] = {}
        texts = self._texts
        for place in _most(counts, held, question.facet_limit).tolist():
            listed[texts[start + place]] = int(counts[place])
        for value in (*question.filters.get(facet, ()), *question.excluded.get(facet, ())):
            if value not in listed:
                listed[value] = self._count_of(facet, value, counts)
        return tuple(listed.items()), len(held)

    def _count_of(self, facet: str, value: str, counts: Array) -> int:
        start, end = self._range(facet)
        wanted = value.encode("utf-8", "surrogatepass")
        at = bisect_left(self._values, wanted, start, end)
        return int(counts[at - start]) if at < end and self._values[at] == wanted else 0


def histogram(results: list[Results]) -> tuple[MonthCount, ...]:
    """How many results each month has, ascending; undated ones left out."""
    months: dict[int, int] = {}
    for result in results:
        if not result.bits:
            continue
        faceting = result.part.faceting
        counts = faceting.months(result.bits, numbers(result.bits))
        for place in np.flatnonzero(counts).tolist():
            if place:
                month = faceting.first_month + place - 1
                months[month] = months.get(month, 0) + int(counts[place])
    return tuple(MonthCount(month_name(month), months[month]) for month in sorted(months))


def _most(counts: Array, held: Array, limit: int) -> Array:
    """The most frequent of the held values, ties ascending."""
    if limit <= 0:
        return held[:0]
    if len(held) > limit:
        kept = counts[held]
        held = held[kept >= np.partition(kept, -limit)[-limit]]
    return held[np.argsort(-counts[held], kind="stable")][:limit]
