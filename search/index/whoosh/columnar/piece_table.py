"""Numbers of pieces of texts, looked up for whole arrays: each piece is told apart by a key of 64 bits.

A running text consists of few pieces that come again and again. Looking each up in a dictionary of strings waits for
memory three times a word; here all keys are made at once, and looked up in a table of numbers. The key of up to eight
bytes is these bytes. That of more is a hash with odd factors that nobody who writes an article knows. Pieces longer
than `LONGEST` hardly come twice and are not for the table.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from itertools import count

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

#: Bytes of a piece that has a key.
LONGEST = 64

_WORD = 8  # bytes
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)
_HASHED = np.uint64(0b11 << 62)  # the last byte of a character in UTF-8 never has both bits
_SPREAD, _FIRST, _SECOND = (np.uint64(secrets.randbits(64) | 1) for _ in range(3))
_HALF, _LESS = np.uint64(32), np.uint64(29)
_SMALLEST = 16  # a table's size, as a power of two


def keys_of(letters: bytes, starts: Array, sizes: Array) -> Array:
    """The key of each piece of a run of letters, which goes on for seven bytes after the last."""
    windows = np.ndarray((len(letters) - _WORD + 1,), "<u8", letters, strides=(1,))
    keys: Array = windows.take(starts)
    keys &= _MASKS.take(sizes, mode="clip")
    hashed = longer = np.flatnonzero(sizes > _WORD)
    for done in range(_WORD, LONGEST, _WORD):
        if not len(longer):
            break
        rest = sizes[longer] - done
        keys[longer] = _mixed(keys[longer]) + (windows[starts[longer] + done] & _MASKS.take(rest, mode="clip"))
        longer = longer[rest > _WORD]
    keys[hashed] = _mixed(keys[hashed]) | _HASHED
    return keys


def _mixed(words: Array) -> Array:
    """As many different words; who doesn't know the factors can't tell how two of them differ."""
    words = (words ^ words >> _HALF) * _FIRST
    words = (words ^ words >> _LESS) * _SECOND
    mixed: Array = words ^ words >> _HALF
    return mixed


class PieceTable:
    """The number of each key, in a table that is never more than half full."""

    def __init__(self) -> None:
        self._count = 0
        self._empty(_SMALLEST)

    def numbers(self, keys: Array, new: Callable[[Array], Array]) -> Array:
        """The numbers of keys; `new` gives those of the keys, by their places among these, that are met first."""
        slots = self._slots(keys)
        found = self._keys.take(slots)
        wrong = np.flatnonzero(found != keys)
        for step in count(1):
            if not len(wrong := wrong[found[wrong] != 0]):
                break
            slots[wrong] = (slots[wrong] + step) & self._mask
            found[wrong] = self._keys[slots[wrong]]
            wrong = wrong[found[wrong] != keys[wrong]]
        numbers: Array = self._numbers.take(slots)
        absent = np.flatnonzero(found == 0)
        if len(absent):
            numbers[absent] = self._added(keys[absent], lambda places: new(absent[places]))
        return numbers

    def _added(self, keys: Array, new: Callable[[Array], Array]) -> Array:
        if 2 * (self._count + len(keys)) > self._mask:
            self._grow(self._count + len(keys))
        slots = self._put(keys)
        places = np.arange(len(keys), dtype=np.uint32)
        self._numbers[slots] = places
        met = np.flatnonzero(self._numbers[slots] == places)  # one place of each key
        self._numbers[slots[met]] = new(met)
        self._count += len(met)
        numbers: Array = self._numbers[slots]
        return numbers

    def _grow(self, needed: int) -> None:
        kept = np.flatnonzero(self._keys)
        kept = kept[np.argsort(self._numbers[kept])]  # so that the first stay first
        keys, numbers = self._keys[kept], self._numbers[kept]
        self._empty((4 * needed).bit_length())
        self._numbers[self._put(keys)] = numbers

    def _put(self, keys: Array) -> Array:
        """Put keys that the table doesn't have into free slots; equal ones share theirs.

        Where several want one, the first gets it, which is the most frequent more often than not.
        """
        slots = self._slots(keys)
        left = np.arange(len(keys))[::-1]
        for step in count(1):
            free = left[self._keys[slots[left]] == 0]
            self._keys[slots[free]] = keys[free]  # of several, the last in this order stays
            left = left[self._keys[slots[left]] != keys[left]]
            if not len(left):
                break
            slots[left] = (slots[left] + step) & self._mask
        return slots

    def _empty(self, bits: int) -> None:
        self._keys = np.zeros(1 << bits, np.uint64)
        self._numbers = np.zeros(1 << bits, np.uint32)
        self._mask = (1 << bits) - 1
        self._shift = np.uint64(64 - bits)

    def _slots(self, keys: Array) -> Array:
        slots: Array = ((keys * _SPREAD) >> self._shift).view(np.int64)
        return slots
