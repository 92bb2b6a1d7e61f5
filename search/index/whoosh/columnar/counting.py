"""Counts of facet values and months over all segments, whose own numbers are added up by value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from search.fields import FACETS
from search.index.whoosh.columnar.bits import changes
from search.index.whoosh.columnar.days import month_name
from search.index.whoosh.columnar.facet_values import FacetValues
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.results import Results
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.same import Same
from search.query.results import MonthCount, Question

_NONE = -1

#: A facet's value and how many of the results have it.
ValueCount = tuple[str, int]


class Counting:
    """Counts the values of facets. `before` counted those of other segments: its numbering is carried on."""

    def __init__(self, segments: Sequence[Segment], same: Same, before: Counting | None = None) -> None:
        self._segments = segments
        self._same = same
        self._numbered = None if before is None else before.numbered

    def facets(self, question: Question, results: list[Results]) -> dict[str, tuple[tuple[ValueCount, ...], int]]:
        """For each wanted facet its values with their counts, and how many values there are."""
        return {facet: self._facet(facet, question, counts) for facet, counts in self._counts(question, results)}

    @property
    def numbered(self) -> FacetValues | None:
        """The newest numbering there is: of these segments, or of those before."""
        return vars(self).get("_listed", self._numbered)

    @cached_property
    def _listed(self) -> FacetValues:
        listed = FacetValues(self._segments, self._numbered)
        self._numbered = None  # and with it the maps of segments that are no more
        return listed

    def _counts(self, question: Question, results: list[Results]) -> list[tuple[str, Array]]:
        """The counts of each wanted facet over all its values."""
        if not question.facets:
            return []
        bits = [result.bits for result in results]
        whole = self._added(results, bits)
        counted = []
        for facet in question.facets:
            start, end = self._listed.range(facet)
            counts, within = whole, bits
            if any(facet in result.ignoring for result in results):
                within = [result.ignoring[facet] for result in results]
                counts = self._added(results, within)
            counted.append((facet, self._together(facet, counts[start:end], within)))
        return counted

    def _together(self, facet: str, counts: Array, within: Sequence[BitMap]) -> Array:
        """The counts with those of values that mean the same added up, a document that has two of them counted once."""
        moved, shown = self._moved[facet]
        if len(moved):
            counts = counts.copy()
            np.add.at(counts, shown, counts[moved])
            counts[moved] = 0
            start, end = self._listed.range(facet)
            for bits, twice in zip(within, self._twice, strict=True):
                for doc, number in twice:
                    if start <= number < end:
                        counts[number - start] -= doc in bits
        return counts

    @cached_property
    def _moved(self) -> dict[str, tuple[Array, Array]]:
        """For each facet the places of values counted under others, and the places of those."""
        found = {}
        for facet in FACETS:
            start, _ = self._listed.range(facet)
            numbered = ((value, self._listed.find(facet, value)) for value in self._same.grouped(facet))
            pairs = [(number - start, self._place(facet, value)) for value, number in numbered if number is not None]
            held = np.array([pair for pair in pairs if pair[0] != pair[1]], np.int64).reshape(-1, 2)
            found[facet] = held[:, 0], held[:, 1]
        return found

    @cached_property
    def _twice(self) -> list[list[tuple[int, int]]]:
        """For each segment the documents that have two values which mean the same, each with the number shown."""
        shown = np.full(len(self._listed.values), _NONE, np.int64)
        for facet in FACETS:
            for group in self._same.spelt(facet):
                held = [number for value in group if (number := self._listed.find(facet, value)) is not None]
                shown[held] = held[:1]
        numbered = zip(self._segments, self._listed.ordinals, strict=True)
        return [_having_two(part, shown if ordinals is None else shown[ordinals]) for part, ordinals in numbered]

    def _place(self, facet: str, value: str) -> int | None:
        """The place, among all of its facet, under which a value is counted: of its group, the first that is there."""
        found = (self._listed.find(facet, one) for one in self._same.group(facet, value))
        start, _ = self._listed.range(facet)
        return next((number - start for number in found if number is not None), None)

    def _added(self, results: list[Results], within: Sequence[BitMap]) -> Array:
        total = np.zeros(len(self._listed.values), np.int32)
        for result, bits, ordinals in zip(results, within, self._listed.ordinals, strict=True):
            if bits:
                counts = result.part.faceting.counts(bits, result.docs if bits is result.bits else numbers(bits))
                if ordinals is None:
                    return counts
                total[ordinals] += counts
        return total

    def _facet(self, facet: str, question: Question, counts: Array) -> tuple[tuple[ValueCount, ...], int]:
        """The values most frequent first, ties ascending, those chosen always among them; and how many there are."""
        start, _ = self._listed.range(facet)
        held = np.flatnonzero(counts)
        chosen = (*question.filters.get(facet, ()), *question.excluded.get(facet, ()))
        places = _most(counts, held, question.facet_limit)
        texts = self._texts(facet, (start + places).tolist())
        if asked := {self._same.shown(facet, value): value for value in chosen}:
            texts = [asked.get(text, text) for text in texts]
        listed = dict(zip(texts, counts[places].tolist(), strict=True))
        for value in chosen:
            if value not in listed:
                place = self._place(facet, value)
                listed[value] = 0 if place is None else int(counts[place])
        return tuple(listed.items()), len(held)

    def _texts(self, facet: str, numbers: list[int]) -> list[str]:
        """The values of these numbers, each as it is shown."""
        grouped = self._same.grouped(facet)
        texts = self._listed.texts(numbers)
        return [grouped[text][0] if text in grouped else text for text in texts] if grouped else texts


def _having_two(segment: Segment, shown: Array) -> list[tuple[int, int]]:
    """The documents that have two values of which the same is shown, each with its number; one of three twice."""
    of_entry = shown[segment.arrays["facet_ordinals"]]
    entries = np.flatnonzero(of_entry != _NONE)
    docs = np.searchsorted(segment.arrays["facet_starts"], entries, "right") - 1
    order = np.lexsort((of_entry[entries], docs))
    docs, values = docs[order], of_entry[entries][order]
    again = ~(changes(docs) | changes(values))
    return list(zip(docs[again].tolist(), values[again].tolist(), strict=True))


def histogram(results: list[Results]) -> tuple[MonthCount, ...]:
    """How many results each month has, ascending; undated ones left out."""
    counted = [
        (result.part.faceting.first_month, result.part.faceting.months(result.bits, result.docs)[1:])
        for result in results
        if result.bits
    ]
    if not counted:
        return ()
    first = min(month for month, _ in counted)
    total = np.zeros(max(month + len(counts) for month, counts in counted) - first, np.int64)
    for month, counts in counted:
        total[month - first : month - first + len(counts)] += counts
    months = np.flatnonzero(total)
    return tuple(map(MonthCount, map(month_name, (months + first).tolist()), total[months].tolist()))


def _most(counts: Array, held: Array, limit: int) -> Array:
    """The most frequent of the held values, ties ascending."""
    if limit <= 0:
        return held[:0]
    if len(held) > limit:
        kept = counts[held]
        held = held[kept >= np.partition(kept, -limit)[-limit]]
    return held[np.argsort(-counts[held], kind="stable")][:limit]
