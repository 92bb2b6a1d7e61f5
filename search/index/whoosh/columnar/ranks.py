"""Which form of its term each word is, by rank: so many bits a word as tell the forms of the term apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from search.index.whoosh.columnar.bits import Bits, packed, within
from search.index.whoosh.columnar.postings import run_arrays, sizes_of
from search.index.whoosh.columnar.segmentfile import Array


class Ranks:
    """Lists as `RanksWritten` made them; `starts` says how long each is."""

    def __init__(self, name: str, arrays: Mapping[str, Array], starts: Array) -> None:
        self._starts = starts
        self._bits = Bits(arrays[f"{name}.run"])
        self._run_starts = arrays[f"{name}.run_starts"]

    def read(self, index: int, width: int) -> Array:
        """The ranks of one list, written in that width."""
        size = int(self._starts[index + 1]) - int(self._starts[index])
        return self._bits.row(int(self._run_starts[index]), size, width)

    def slice(self, start: int, end: int, widths: Array) -> Array:
        """The ranks of the lists from `start` to `end`, one after the other."""
        sizes = sizes_of(self._starts[start : end + 1])
        width = np.repeat(widths, sizes)
        places = np.repeat(self._run_starts[start:end].astype(np.int64) * 8, sizes)
        return self._bits.at(places + within(sizes) * width, width)


class RanksWritten:
    """Lists of ranks on their way into a segment, some at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._runs: list[Array] = []
        self._taken: list[Array] = []

    def add(self, sizes: Array, ranks: Array, widths: Array) -> None:
        """Lists one after the other, and the width of each; those of no width hold nothing."""
        run, taken = packed(sizes, ranks, widths)
        self._runs.append(run)
        self._taken.append(taken)

    def arrays(self) -> dict[str, Array]:
        """The arrays of all lists."""
        return run_arrays(self._name, self._runs, self._taken)
