"""Lists of ascending numbers by key, most of them split into high and low parts, the longest as roaring bitmaps.

A split list takes least where numbers lie far apart (`ascending`); a roaring bitmap (https://roaringbitmap.org) takes
no more where they stand close together, and intersects in microseconds. Which is which needs no flag: the keys of the
long lists are kept, and all others follow one another.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar import ascending
from search.index.whoosh.columnar.bits import Bits, padded
from search.index.whoosh.columnar.segmentfile import Array


def sizes_of(starts: Array) -> Array:
    """The sizes of lists that begin at these places; the last is where they end."""
    sizes: Array = starts[1:].astype(np.int64) - starts[:-1]
    return sizes


def starts_of(sizes: Array) -> Array:
    """Where lists of these sizes begin, and where the last one ends."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def read_bitmap(serialized: memoryview) -> BitMap:
    """A bitmap as it was written."""
    return BitMap.deserialize(serialized)  # type: ignore[arg-type]  # any buffer will do


def bitmap(numbers: Array) -> BitMap:
    """A bitmap of ascending numbers."""
    return BitMap(array("I", np.ascontiguousarray(numbers, np.uint32).tobytes()))


def packed_bitmap(bits: BitMap) -> Array:
    """A bitmap as an array of bytes, runs kept as runs."""
    bits.run_optimize()
    return np.frombuffer(bits.serialize(), np.uint8)


def narrow(numbers: Array) -> Array:
    """The numbers in the smallest unsigned type that holds them."""
    largest = int(numbers.max()) if len(numbers) else 0
    return numbers.astype(np.uint8 if largest < 1 << 8 else np.uint16 if largest < 1 << 16 else np.uint32)


def numbers(bits: BitMap) -> Array:
    """The numbers of a bitmap, ascending."""
    return np.frombuffer(bits.to_array(), np.uint32) if bits else np.empty(0, np.uint32)


class Lists:
    """Lists as `ListsWritten` made them; `starts` says how long each is.

    A split list is read with the universe that it was written with; a long one needs none.
    """

    def __init__(self, name: str, arrays: Mapping[str, Array], starts: Array) -> None:
        self.starts = starts
        self._starts = starts.data
        self._bits = Bits(arrays[f"{name}.run"])
        self._run_starts = arrays[f"{name}.run_starts"]
        self._first = self._run_starts.data
        self._long = arrays[f"{name}.long"].data
        self._roaring_starts = arrays[f"{name}.roaring_starts"].data
        self._roaring = arrays[f"{name}.roaring"].data

    def __len__(self) -> int:
        return len(self._starts) - 1

    def size(self, index: int) -> int:
        """How many numbers the list has."""
        return int(self._starts[index + 1] - self._starts[index])

    def long(self, index: int) -> BitMap | None:
        """The list as a bitmap where it is kept as one."""
        at = bisect_left(self._long, index)
        if at == len(self._long) or self._long[at] != index:
            return None
        return read_bitmap(self._roaring[self._roaring_starts[at] : self._roaring_starts[at + 1]])

    def short(self, index: int, universe: int) -> Array:
        """The list where it is not kept as a bitmap."""
        return ascending.read(self._bits, self._first[index], self.size(index), universe)

    def slice(self, start: int, end: int, universes: Array) -> Array:
        """The numbers of the lists from `start` to `end`, one after the other."""
        sizes = sizes_of(self.starts[start : end + 1])
        found = np.empty(int(sizes.sum()), np.int64)
        short = ~self.are_long(start, end)
        found[np.repeat(short, sizes)] = ascending.read_all(
            self._bits, self._run_starts[start:end][short], sizes[short], universes[short]
        )
        places = starts_of(sizes)
        for index in np.flatnonzero(~short).tolist():
            found[places[index] : places[index + 1]] = numbers(self.long(start + index) or BitMap())
        return found

    def are_long(self, start: int, end: int) -> Array:
        """Whether each of the lists from `start` to `end` is kept as a bitmap."""
        found = np.zeros(end - start, np.bool_)
        first, last = bisect_left(self._long, start), bisect_left(self._long, end)
        found[np.asarray(self._long[first:last], np.int64) - start] = True
        return found


class DocumentLists(Lists):
    """Lists of documents: all have one universe, the number of documents."""

    def __init__(self, name: str, arrays: Mapping[str, Array], starts: Array, documents: int) -> None:
        super().__init__(name, arrays, starts)
        self._documents = documents

    def bitmap(self, index: int) -> BitMap:
        """The list as a bitmap."""
        bits = self.long(index)
        return bitmap(self.short(index, self._documents)) if bits is None else bits

    def numbers(self, index: int) -> Array:
        """The list as an array."""
        bits = self.long(index)
        return self.short(index, self._documents) if bits is None else numbers(bits)


class ListsWritten:
    """Lists on their way into a segment, some at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._runs: list[Array] = []
        self._taken: list[Array] = []
        self._long: list[int] = []
        self._blobs: list[bytes] = []
        self._count = 0

    def add(self, sizes: Array, values: Array, universes: Array, is_long: Array) -> None:
        """Lists one after the other, with the universe of each and whether it is to be kept as a bitmap."""
        starts, short = starts_of(sizes), ~is_long
        taken = np.zeros(len(sizes), np.int64)
        values_short = values if short.all() else values[np.repeat(short, sizes)]
        run, taken[short] = ascending.written(sizes[short], values_short, universes[short])
        self._runs.append(run)
        self._taken.append(taken)
        for index in np.flatnonzero(is_long).tolist():
            self._long.append(self._count + index)
            self._blobs.append(bitmap(values[starts[index] : starts[index + 1]]).serialize())
        self._count += len(sizes)

    def arrays(self) -> dict[str, Array]:
        """The arrays of all lists."""
        name = self._name
        return {
            **run_arrays(name, self._runs, self._taken),
            f"{name}.long": np.array(self._long, np.uint32),
            f"{name}.roaring_starts": np.cumsum([0, *map(len, self._blobs)], dtype=np.uint64),
            f"{name}.roaring": np.frombuffer(b"".join(self._blobs), np.uint8),
        }


def run_arrays(name: str, runs: list[Array], taken: list[Array]) -> dict[str, Array]:
    """Runs of bits put together and let go, and where each list begins among their bytes and the last one ends."""
    run = padded(*runs)
    runs.clear()  # with the whole, they would be twice in memory
    starts = starts_of(np.concatenate([np.empty(0, np.int64), *taken]))
    return {
        f"{name}.run": run,
        f"{name}.run_starts": starts.astype(np.uint32 if starts[-1] < 1 << 32 else np.uint64),
    }
