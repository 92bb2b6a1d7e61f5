"""Lists of ascending numbers in one to three bits a number more than the least that can hold them (Elias-Fano).

Each number is split: its low bits lie side by side, and of its high bits one bit is set, at the place that is the high
part and the number's rank together. Nothing is added up to read a list (Elias, Efficient storage and retrieval by
content and address of static files, 1974; Vigna, Quasi-succinct indices, 2013). The low part has a width that is read
fast. How long a list is and below which universe its numbers lie says how it is written; nothing else is kept of it.
"""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.bits import Bits, beside, packed, within
from search.index.whoosh.columnar.segmentfile import Array

_WIDTHS = (0, 4, 8, 16)


def written(sizes: Array, values: Array, universes: Array) -> tuple[Array, Array]:
    """Lists one after the other, none empty: their bytes, and how many bytes each takes."""
    low, low_bytes, high_bytes = _shapes(sizes, universes)
    lows, _ = packed(sizes, values, low)
    places = np.repeat((np.cumsum(high_bytes) - high_bytes) * 8 - (np.cumsum(sizes) - sizes), sizes)
    places += np.arange(len(places))
    places += values >> np.repeat(low, sizes)
    is_split = high_bytes > 0
    bits = np.zeros(8 * int(high_bytes.sum()), bool)
    bits[places if is_split.all() else places[np.repeat(is_split, sizes)]] = True
    highs = np.packbits(bits, bitorder="little")
    return beside((lows, low_bytes), (highs, high_bytes)), low_bytes + high_bytes


def read(bits: Bits, start: int, size: int, universe: int) -> Array:
    """The list that begins at this byte."""
    low, high_bytes = _shape(size, universe)
    numbers = bits.row(start, size, low)
    if not high_bytes:
        return numbers
    middle = start + (size * low + 7 >> 3)
    found = np.flatnonzero(_unpacked(bits.bytes[middle : middle + high_bytes]))
    found -= np.arange(size)
    if low:
        found <<= low
        found |= numbers
    return found


def read_all(bits: Bits, starts: Array, sizes: Array, universes: Array) -> Array:
    """The lists that begin at these bytes, one after the other."""
    low, low_bytes, high_bytes = _shapes(sizes, universes)
    middles = starts.astype(np.int64) + low_bytes
    highs = bits.bytes[np.repeat(middles, high_bytes) + within(high_bytes)]
    width, rank = np.repeat(low, sizes), within(sizes)
    found = bits.at(np.repeat(starts.astype(np.int64) * 8, sizes) + rank * width, width)
    is_split = np.repeat(high_bytes > 0, sizes)
    high = np.flatnonzero(_unpacked(highs))
    high -= (np.repeat((np.cumsum(high_bytes) - high_bytes) * 8, sizes) + rank)[is_split]
    found[is_split] |= high << width[is_split]
    return found


def _shape(size: int, universe: int) -> tuple[int, int]:
    """The width of the low parts of a list, and how many bytes the high parts take."""
    best = (1 << 62, 0, 0)
    for width in _WIDTHS:
        highest = universe - 1 >> width
        high = size + highest if highest else 0
        best = min(best, (size * width + high, width, high + 7 >> 3))
    return best[1:]


def _shapes(sizes: Array, universes: Array) -> tuple[Array, Array, Array]:
    """The same for many lists, with the bytes of the low parts."""
    widths = np.array(_WIDTHS)[:, None]
    highest = (universes - 1)[None, :] >> widths
    high = np.where(highest > 0, sizes + highest, 0)
    chosen = np.argmin(sizes * widths + high, axis=0)
    low = widths[chosen, 0]
    return low, sizes * low + 7 >> 3, np.take_along_axis(high, chosen[None, :], 0)[0] + 7 >> 3


def _unpacked(run: Array) -> Array:
    """The bits of a run as truth values: numpy finds those that are set several times as fast as numbers."""
    bits: Array = np.unpackbits(run, bitorder="little").view(np.bool_)
    return bits
