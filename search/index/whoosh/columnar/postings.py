"""Lists of numbers by key, short ones flat, long ones as roaring bitmaps (https://roaringbitmap.org).

A flat list costs its numbers; a roaring bitmap costs less a number where they stand close together, and intersects
in microseconds. Which is which needs no flag: the keys of the long lists are kept, and all others lie flat in order.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.segmentfile import Array

_CONTAINER = 1 << 16


def longest_flat(universe: int, per_container: int, least: int) -> int:
    """Lists over numbers below `universe` longer than this are roaring: so many numbers a container pay for it."""
    return max(least, per_container * -(-universe // _CONTAINER))


def sizes_of(starts: Array) -> Array:
    """The sizes of lists that begin at these places; the last is where they end."""
    sizes: Array = starts[1:].astype(np.int64) - starts[:-1]
    return sizes


def read_bitmap(serialized: memoryview) -> BitMap:
    """A bitmap as it was written."""
    return BitMap.deserialize(serialized)  # type: ignore[arg-type]  # any buffer will do


def bitmap(numbers: Array) -> BitMap:
    """A bitmap of ascending numbers."""
    return BitMap(array("I", np.ascontiguousarray(numbers, np.uint32).tobytes()))


def numbers(bits: BitMap) -> Array:
    """The numbers of a bitmap, ascending."""
    return np.frombuffer(bits.to_array(), np.uint32) if bits else np.empty(0, np.uint32)


def list_arrays(name: str, starts: Array, values: Array, flat: Array, longest: int) -> dict[str, Array]:
    """The arrays of lists: list i holds values[starts[i]:starts[i+1]], kept as flat[...] where it is short."""
    sizes = np.diff(starts)
    is_long = sizes > longest
    long = np.flatnonzero(is_long)
    blobs = [bitmap(values[starts[i] : starts[i + 1]]).serialize() for i in long.tolist()]
    return {
        f"{name}.flat": flat[~np.repeat(is_long, sizes)] if len(long) else flat,
        f"{name}.long": long.astype(np.uint32),
        f"{name}.skipped": np.concatenate([[0], np.cumsum(sizes[long])]).astype(np.uint64),
        f"{name}.roaring_starts": np.cumsum([0, *map(len, blobs)], dtype=np.uint64),
        f"{name}.roaring": np.frombuffer(b"".join(blobs), np.uint8),
    }


class Lists:
    """Lists as `list_arrays` made them; `starts` are the same as then."""

    def __init__(self, name: str, arrays: Mapping[str, Array], starts: Array) -> None:
        self._starts = starts.data
        self.flat = arrays[f"{name}.flat"]
        self._long = arrays[f"{name}.long"].data
        self._skipped = arrays[f"{name}.skipped"].data
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

    def short(self, index: int) -> Array:
        """The list as it lies flat; only for lists that are not long."""
        skipped = self._skipped[bisect_left(self._long, index)]
        return self.flat[self._starts[index] - skipped : self._starts[index + 1] - skipped]

    @property
    def starts(self) -> Array:
        """Where each list begins among all their numbers."""
        return np.asarray(self._starts)

    def is_long(self) -> Array:
        """Whether each list is kept as a bitmap."""
        found = np.zeros(len(self), np.bool_)
        found[np.asarray(self._long)] = True
        return found

    def all(self, short: Array) -> Array:
        """The numbers of all lists in order; `short` are those of the flat ones."""
        starts = self.starts.astype(np.int64)
        numbered = np.empty(int(starts[-1]), np.uint32)
        numbered[~np.repeat(self.is_long(), np.diff(starts))] = short
        for index in np.asarray(self._long).tolist():
            numbered[starts[index] : starts[index + 1]] = numbers(self.long(index) or BitMap())
        return numbered

    def bitmap(self, index: int) -> BitMap:
        """The list as a bitmap; only where `flat` holds the numbers themselves."""
        return self.long(index) or bitmap(self.short(index))

    def numbers(self, index: int) -> Array:
        """The list as an array; only where `flat` holds the numbers themselves."""
        bits = self.long(index)
        return numbers(bits) if bits is not None else self.short(index)
