"""Lists of ascending numbers as the gaps between them, seven bits a byte: small, and read from beginning to end.

The lowest bits come first; the highest bit of a byte says that more follow (LEB128). Half the size of roaring bitmaps
where numbers lie some dozens apart, and slower to read: for lists that few queries ask for.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

_BITS = 7
_MORE = 1 << _BITS
_BYTES = 5  # what a number of 32 bits takes at most
_LIMITS = np.array([1 << (_BITS * more) for more in range(1, _BYTES)], np.int64)  # from each on it takes one more


def gap_arrays(name: str, starts: Array, values: Array) -> dict[str, Array]:
    """The arrays of lists: list i holds values[starts[i]:starts[i+1]], ascending."""
    gaps = values.astype(np.int64)
    gaps[1:] -= values[:-1]
    firsts = starts[:-1].astype(np.int64)
    gaps[firsts] = values[firsts]
    sizes = np.searchsorted(_LIMITS, gaps, "right") + 1
    ends = np.concatenate([[0], np.cumsum(sizes)])
    written = np.empty(int(ends[-1]), np.uint8)
    for place in range(_BYTES):
        chosen = np.flatnonzero(sizes > place)
        low = (gaps[chosen] >> (_BITS * place)) & (_MORE - 1)
        written[ends[chosen] + place] = low | np.where(sizes[chosen] > place + 1, _MORE, 0)
    return {
        f"{name}.gaps": written,
        f"{name}.gap_starts": ends[starts].astype(np.uint32 if ends[-1] < 1 << 32 else np.uint64),
    }


class GapLists:
    """Lists as `gap_arrays` made them; `starts` are the same as then."""

    def __init__(self, name: str, arrays: Mapping[str, Array], starts: Array) -> None:
        self._starts = starts
        self._gaps = arrays[f"{name}.gaps"]
        self._gap_starts = arrays[f"{name}.gap_starts"].data

    def numbers(self, index: int) -> Array:
        """The numbers of a list."""
        return np.cumsum(_read(self._gaps[self._gap_starts[index] : self._gap_starts[index + 1]])).astype(np.uint32)

    def all(self) -> Array:
        """The numbers of all lists in order."""
        ends = np.concatenate([[0], np.cumsum(_read(self._gaps))])
        starts = self._starts.astype(np.int64)
        found: Array = (ends[1:] - np.repeat(ends[starts[:-1]], np.diff(starts))).astype(np.uint32)
        return found


def _read(written: Array) -> Array:
    """The gaps that bytes stand for."""
    is_last = written < _MORE
    if is_last.all():
        return written.astype(np.int64)
    lasts = np.flatnonzero(is_last)
    firsts = np.concatenate([[0], lasts[:-1] + 1])
    places = np.arange(len(written)) - np.repeat(firsts, lasts - firsts + 1)
    gaps: Array = np.add.reduceat((written & (_MORE - 1)).astype(np.int64) << (_BITS * places), firsts)
    return gaps
