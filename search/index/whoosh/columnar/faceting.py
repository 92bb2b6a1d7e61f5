"""Counts of facet values and months over a set of documents of one segment.

Three ways, the cheapest taken: few documents, add up the ordinals of each; many, count the bits shared with each
dense value's row and look through the documents of the sparse ones; most, count those left out and subtract.
"""

from __future__ import annotations

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array

_FEW = 6  # an ordinal looked up costs about so many times one looked through


class Faceting:
    """Counts over one segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        arrays = segment.arrays
        self._starts = arrays["facet_starts"]
        self._ordinals = arrays["facet_ordinals"]
        self._docs = arrays["facet_docs"]
        self._dense = arrays["facet_dense"]
        self._sparse = np.flatnonzero(np.diff(segment.sparse_starts)).astype(np.int32)
        self._sparse_lasts = (segment.sparse_starts[self._sparse + 1] - 1).astype(np.int32)
        self.values = len(segment.values)
        self.all = arrays["facet_counts"].astype(np.int32)
        self._first_month = int(segment.months[segment.months > 0].min(initial=1 << 20))
        self._months = np.maximum(segment.months - (self._first_month - 1), 0).astype(np.uint16)
        self.all_months = np.bincount(self._months)
        if segment.deleted:
            gone = numbers(segment.deleted)
            self.all = self.all - self._counted(gone)
            self.all_months = self.all_months - self._months_of(gone)

    @property
    def first_month(self) -> int:
        """The month that `months` count from, at 1; 0 counts undated documents."""
        return self._first_month

    def counts(self, bits: BitMap, docs: Array) -> Array:
        """How many of these live documents have each value, by ordinal."""
        live = self._segment.live
        if 2 * len(docs) <= len(live):
            return self._counted(docs)
        return self.all - self._counted(numbers(live - bits))

    def months(self, bits: BitMap, docs: Array) -> Array:
        """How many of these live documents each month has."""
        live = self._segment.live
        if 2 * len(docs) <= len(live):
            return self._months_of(docs)
        return self.all_months - self._months_of(numbers(live - bits))

    def _months_of(self, docs: Array) -> Array:
        return np.bincount(self._months.take(docs), minlength=len(self.all_months))

    def _counted(self, docs: Array) -> Array:
        if not len(docs):
            return np.zeros(self.values, np.int32)
        if len(docs) * _FEW < self._segment.size:
            return self._looked_up(docs)
        return self._looked_through(docs)

    def _looked_up(self, docs: Array) -> Array:
        starts = self._starts.take(docs)
        sizes = self._starts.take(docs + 1) - starts
        ends = np.cumsum(sizes, dtype=np.uint32)
        places = np.repeat(starts - (ends - sizes), sizes)  # wraps around where it is negative, and back below
        places += np.arange(len(places), dtype=np.uint32)
        return np.bincount(self._ordinals.take(places), minlength=self.values)

    def _looked_through(self, docs: Array) -> Array:
        """The bits of dense values; for sparse ones, how many have been met by the end of each one's documents."""
        width = self._segment.facet_rows.shape[1] * 64 if len(self._dense) else self._segment.size
        mask = np.zeros(width, np.uint8)
        mask[docs] = 1
        counts = np.zeros(self.values, np.int32)
        if len(self._dense):
            bits = np.packbits(mask, bitorder="little").view(np.uint64)
            shared = np.bitwise_count(self._segment.facet_rows & bits)
            counts[self._dense] = shared.sum(1, dtype=np.uint32)
        if len(self._sparse):
            met = np.cumsum(mask.take(self._docs), dtype=np.int32).take(self._sparse_lasts)
            counts[self._sparse] = np.diff(met, prepend=np.int32(0))
        return counts
