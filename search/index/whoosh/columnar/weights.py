"""The weighted frequency of a term in each of its documents, in few bits: most are one of few values.

A table of the stream holds the most frequent values. A list holds a number of the table for each document, in no, one,
four or eight bits, whichever is least for it; the highest number of that width says that the value is not among them,
and such values follow, a byte each. A list whose weights are all the most frequent value takes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from search.index.whoosh.columnar.bits import Bits, beside, packed, within
from search.index.whoosh.columnar.postings import run_arrays, sizes_of, starts_of
from search.index.whoosh.columnar.segmentfile import Array

#: The largest weight; what is more counts as this.
MOST = 255

_WIDTHS = (1, 2, 4)
_WHOLE = 8
_NEVER = 1 << 60
_LIMITS = np.array([256, 1, 3, 0, 15, 0, 0, 0, 256], np.uint16)  # by width, the least rank that has no code


class Weights:
    """Lists as `WeightsWritten` made them; `starts` says how long each is."""

    def __init__(self, name: str, arrays: Mapping[str, Array], starts: Array) -> None:
        self._starts = starts
        self._bits = Bits(arrays[f"{name}.run"])
        self._run_starts = arrays[f"{name}.run_starts"].data
        self._table = arrays[f"{name}.table"]

    def read(self, index: int) -> Array:
        """The weights of one list."""
        size = int(self._starts[index + 1]) - int(self._starts[index])
        start, end = self._run_starts[index], self._run_starts[index + 1]
        if start == end:
            return np.full(size, self._table[0], np.uint8)
        width = int(self._bits.bytes[start])
        if width == _WHOLE:
            return self._bits.bytes[start + 1 : start + 1 + size]
        others = start + 1 + (size * width + 7 >> 3)
        found: Array = self._bytes[width].take(self._bits.bytes[start + 1 : others]).view(np.uint8)[:size]
        if others < end:
            found[np.flatnonzero(found == self._table[(1 << width) - 1])] = self._bits.bytes[others:end]
        return found

    @cached_property
    def _bytes(self) -> dict[int, Array]:
        """For each width the weights that each byte of codes stands for, side by side in one number."""
        table = np.resize(self._table, 1 << _WIDTHS[-1])
        codes = {width: np.arange(256)[:, None] >> np.arange(0, 8, width) & ((1 << width) - 1) for width in _WIDTHS}
        return {width: table[found].view(f"u{8 // width}").reshape(-1) for width, found in codes.items()}

    def slice(self, start: int, end: int) -> Array:
        """The weights of the lists from `start` to `end`, one after the other."""
        sizes, run = sizes_of(self._starts[start : end + 1]), self._bits.bytes
        bounds = np.asarray(self._run_starts[start : end + 1]).astype(np.int64)
        firsts, kept = bounds[:-1], np.diff(bounds) > 0
        width = np.where(kept, run[firsts], 0).astype(np.int64)
        widths = np.repeat(width, sizes)
        codes = self._bits.at(np.repeat((firsts + kept) * 8, sizes) + within(sizes) * widths, widths)
        found = np.where(widths == _WHOLE, codes, self._table[np.minimum(codes, len(self._table) - 1)])
        escaped = (codes == (1 << widths) - 1) & (widths > 0) & (widths < _WHOLE)
        counts = np.add.reduceat(escaped, starts_of(sizes)[:-1], dtype=np.int64) if len(sizes) else sizes
        found[escaped] = run[np.repeat(firsts + 1 + (sizes * width + 7 >> 3), counts) + within(counts)]
        return found.astype(np.uint8)


class WeightsWritten:
    """Lists of weights on their way into a segment, some at a time; the first ones make the table."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._runs: list[Array] = []
        self._taken: list[Array] = []
        self._table: Array | None = None

    def add(self, sizes: Array, weights: Array) -> None:
        """Lists one after the other, none empty; weights are at most `MOST`."""
        if self._table is None:
            self._table = np.argsort(-np.bincount(weights, minlength=MOST + 1), kind="stable").astype(np.uint8)
        ranks = np.empty(MOST + 1, np.uint8)
        ranks[self._table] = np.arange(MOST + 1)
        rank, firsts = ranks[weights], starts_of(sizes)[:-1]
        counted = [np.add.reduceat(rank >= (1 << width) - 1, firsts, dtype=np.int64) for width in _WIDTHS]
        others = np.stack([np.zeros_like(sizes), *counted, np.zeros_like(sizes)])
        costs = 1 + np.stack([sizes * width + 7 >> 3 for width in (0, *_WIDTHS, _WHOLE)]) + others
        costs[0] = np.where(np.maximum.reduceat(rank, firsts) > 0, _NEVER, 0)
        chosen = np.argmin(costs, 0)[None, :]
        width = np.array((0, *_WIDTHS, _WHOLE), np.uint8)[chosen[0]]
        self._runs.append(_written(sizes, weights, rank, width, np.take_along_axis(others, chosen, 0)[0]))
        self._taken.append(np.take_along_axis(costs, chosen, 0)[0])

    def arrays(self) -> dict[str, Array]:
        """The arrays of all lists."""
        table = np.zeros(1, np.uint8) if self._table is None else self._table
        return run_arrays(self._name, self._runs, self._taken) | {f"{self._name}.table": table[:16]}


def _written(sizes: Array, weights: Array, rank: Array, width: Array, others: Array) -> Array:
    """The bytes of lists of these widths: the width, the codes, the values that have none."""
    kept = width > 0
    limits = np.repeat(_LIMITS[width], sizes)
    codes = np.minimum(rank, limits).astype(np.uint8)
    if (whole := width == _WHOLE).any():
        np.copyto(codes, weights, where=np.repeat(whole, sizes))
    run, taken = packed(sizes, codes, width)
    return beside((width[kept], kept.astype(np.int64)), (run, taken), (weights[rank >= limits], others))
