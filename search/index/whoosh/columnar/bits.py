"""Numbers of any width in a run of bits, written and read for whole arrays at once.

The lowest bit of the first byte comes first. A number is read from a window of eight bytes that begins where its first
bit does, so a run is followed by as many bytes, and a number has at most 57 bits.
"""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

#: Zeros that must follow a run of bits.
PADDING = 8

_WORD = 6  # 64 bits, as a power of two
_IN_WORD = 63


def packed(values: Array, places: Array, size: int) -> Array:
    """That many bytes in which each value begins at its place, a number of bits; places ascend, none overlap."""
    words = np.zeros((size >> 3) + 2, np.uint64)
    if len(values):
        value, shift = values.astype(np.uint64), (places & _IN_WORD).astype(np.uint64)
        word = places >> _WORD
        firsts = np.flatnonzero(changes(word))
        words[word[firsts]] = np.bitwise_or.reduceat(value << shift, firsts)
        over = (value >> np.uint64(1)) >> (np.uint64(_IN_WORD) - shift)
        crossing = np.flatnonzero(over)
        words[word[crossing] + 1] |= over[crossing]
    return words.view(np.uint8)[:size]


def padded(*runs: Array) -> Array:
    """Runs one after the other, with what must follow them."""
    return np.concatenate([*runs, np.zeros(PADDING, np.uint8)])


class Bits:
    """Reads numbers out of a run of bits that is followed by `PADDING`."""

    def __init__(self, run: Array) -> None:
        self.bytes = run
        self._windows = np.ndarray((len(run) - PADDING + 1,), "<u8", run, strides=(1,))

    def row(self, start: int, count: int, width: int) -> Array:
        """So many numbers of one width from a byte on; the widths of 1, 4, 8 and 16 bits are read fastest."""
        if width == 0:
            return np.zeros(count, np.uint8)
        if width == 8:
            return self.bytes[start : start + count]
        if width == 16:
            return self.bytes[start : start + 2 * count].view("<u2")
        if width == 4:
            return _halves(self.bytes[start : start + (count + 1 >> 1)])[:count]
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


def _halves(run: Array) -> Array:
    found = np.empty(2 * len(run), np.uint8)
    np.bitwise_and(run, 15, out=found[0::2])
    np.right_shift(run, 4, out=found[1::2])
    return found
