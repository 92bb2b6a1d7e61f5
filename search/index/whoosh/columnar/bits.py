"""Numbers of any width in a run of bits, written and read for whole arrays at once.

The lowest bit of the first byte comes first. A number is read from a window of eight bytes that begins where its first
bit does, so a run is followed by as many bytes, and a number has at most 57 bits.
"""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

#: Zeros that must follow a run of bits.
PADDING = 8

_BYTE = 8


def packed(sizes: Array, values: Array, widths: Array) -> tuple[Array, Array]:
    """Lists one after the other, each from a byte on, its numbers in 0, 1, 2, 4, 8, 16 or 32 bits each.

    Returns their bytes, and how many each list takes. Of a number that is too large, the lowest bits are kept.
    """
    width = widths.astype(np.uint8)
    taken: Array = sizes * width + 7 >> 3
    of_value, of_byte = np.repeat(width, sizes), np.repeat(width, taken)
    run = np.empty(len(of_byte), np.uint8)
    for kind in np.flatnonzero(np.bincount(width)).tolist():
        if kind:
            run[of_byte == kind] = _rows(sizes[width == kind], values[of_value == kind], kind)
    return run, taken


def _rows(sizes: Array, values: Array, width: int) -> Array:
    if width >= _BYTE:
        return values.astype(f"<u{width // _BYTE}").view(np.uint8)
    of_byte = _BYTE // width
    rest = -sizes % of_byte
    parts = beside((values.astype(np.uint8), sizes), (np.zeros(int(rest.sum()), np.uint8), rest))
    parts &= (1 << width) - 1
    run = parts[::of_byte].copy()
    for place in range(1, of_byte):
        run |= parts[place::of_byte] << (place * width)
    return run


def beside(*columns: tuple[Array, Array]) -> Array:
    """The bytes of columns row by row; a column is its bytes, and how many of them each row has."""
    sizes = np.stack([sizes for _, sizes in columns], axis=1).ravel()
    column = np.repeat(np.resize(np.arange(len(columns), dtype=np.uint8), len(sizes)), sizes)
    run = np.empty(len(column), np.uint8)
    for number, (content, _) in enumerate(columns):
        run[column == number] = content
    return run


def padded(*runs: Array) -> Array:
    """Runs one after the other, with what must follow them."""
    return np.concatenate([*runs, np.zeros(PADDING, np.uint8)])


class Bits:
    """Reads numbers out of a run of bits that is followed by `PADDING`."""

    def __init__(self, run: Array) -> None:
        self.bytes = run
        self._windows = np.ndarray((len(run) - PADDING + 1,), "<u8", run, strides=(1,))

    def row(self, start: int, count: int, width: int) -> Array:
        """So many numbers of one width from a byte on; those that `packed` writes are read fastest."""
        if width == 0:
            return np.zeros(count, np.uint8)
        if width == 8:
            return self.bytes[start : start + count]
        if width == 16:
            return self.bytes[start : start + 2 * count].view("<u2")
        if width in (2, 4):
            return _parts(self.bytes[start : start + (count * width + 7 >> 3)], width)[:count]
        if width == 1:
            found: Array = np.unpackbits(self.bytes[start : start + (count + 7 >> 3)], count=count, bitorder="little")
            return found
        return self.at(np.arange(8 * start, 8 * start + count * width, width), width)

    def at(self, places: Array, width: Array | int) -> Array:
        """The numbers that begin at these places, one width for all or one for each."""
        windows: Array = self._windows[places >> 3].view(np.int64)
        windows >>= places & 7
        windows &= (1 << np.asarray(width, np.int64)) - 1
        return windows


def changes(values: Array) -> Array:
    """Whether each value differs from the one before; the first does."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def within(sizes: Array) -> Array:
    """0, 1, 2 … in each of some runs of these sizes."""
    ends = np.cumsum(sizes)
    counted: Array = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    return counted


def _parts(run: Array, width: int) -> Array:
    of_byte = _BYTE // width
    found = np.empty(of_byte * len(run), np.uint8)
    for place in range(of_byte):
        np.right_shift(run, place * width, out=found[place::of_byte])
    found &= (1 << width) - 1
    return found
