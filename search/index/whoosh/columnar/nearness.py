"""Words near each other: the places from which a window of one value holds them all.

Where they are many, bitmaps of places are shifted and put together; where they are few, arrays of them are merged. Of a
word far more frequent than another, only the places around the other's are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_reader import StreamReader

Check = Callable[[], None]

_LABEL = 8  # bits that tell the words of a query apart: it has at most 128
_RARER = 8  # times a word must be rarer than all together for it to pay to look around its places alone
_SPARSE = 48  # positions for each place: more, and arrays are quicker than bitmaps


def beginnings(stream: StreamReader, field: str | None, needed: Mapping[int, int], reach: int, check: Check) -> Array:
    """The places of words from which so many positions of a value have each word as often as needed, ascending."""
    places = [_places(stream, field, index) for index in needed]
    gaps, rarest, total = stream.gap_bits, min(places, key=len), sum(map(len, places))
    check()
    if _RARER * len(rarest) < total:
        around = _reaching(rarest.shift(reach - 1), 2 * reach - 1)
        places, gaps = [bits & around for bits in places], gaps & around
    counts = list(needed.values())
    if max(counts) == 1 and _SPARSE * sum(map(len, places)) > stream.doc_starts[-1]:
        return numbers(_shifted(places, gaps, reach, check))
    return _merged(list(zip(map(numbers, places), counts, strict=True)), numbers(gaps), reach, check)


def _places(stream: StreamReader, field: str | None, index: int) -> BitMap:
    bits = stream.place_bits(index)
    return bits if field is None else stream.in_field(bits, field)


def _shifted(places: Sequence[BitMap], gaps: BitMap, reach: int, check: Check) -> BitMap:
    """The same for words that are needed once each."""
    crossing = {1: gaps}
    for step in _steps(reach):
        if step not in crossing:
            most = max(known for known in crossing if known < step)
            crossing[step] = crossing[most] | crossing[most].shift(most - step)
    found = BitMap.union(*places)
    for bits in places:
        check()
        for step in _steps(reach):
            bits = bits | (bits.shift(-step) - crossing[step])
        found &= bits
    return found


def _reaching(bits: BitMap, reach: int) -> BitMap:
    """The numbers that have one of these among as many from them on."""
    for step in _steps(reach):
        bits = bits | bits.shift(-step)
    return bits


def _steps(reach: int) -> Iterator[int]:
    """How much further to look each time, at most as far as before, to have looked at so many in the end."""
    looked_at = 1
    while looked_at < reach:
        step = min(looked_at, reach - looked_at)
        yield step
        looked_at += step


def _merged(wanted: Sequence[tuple[Array, int]], gaps: Array, reach: int, check: Check) -> Array:
    """The same from places and how many of them are needed."""
    if any(len(where) < count for where, count in wanted):
        return np.empty(0, np.int64)
    starts, ends = windows(wanted, check)
    close = ends - starts < reach
    starts, ends = starts[close], ends[close]
    check()
    found: Array = starts[np.searchsorted(gaps, starts) == np.searchsorted(gaps, ends)]
    return found


def windows(wanted: Sequence[tuple[Array, int]], check: Check) -> tuple[Array, Array]:
    """Where a window can begin, and how far it must reach from there to have of each list as many places as wanted.

    It begins at any place of any list. Places ascend within a list; each list has at least as many as are wanted.
    """
    keys = np.concatenate([where.astype(np.int64) << _LABEL | label for label, (where, _) in enumerate(wanted)])
    keys.sort(kind="stable")  # lists that ascend are merged
    check()
    labels, starts = keys & ((1 << _LABEL) - 1), keys >> _LABEL
    ends = starts.copy()
    enough = np.ones(len(starts), np.bool_)
    for label, (where, count) in enumerate(wanted):
        check()
        here = labels == label
        last = np.cumsum(here) - here + (count - 1)
        enough &= last < len(where)
        np.maximum(ends, where.take(last, mode="clip"), out=ends)
    return starts[enough], ends[enough]
