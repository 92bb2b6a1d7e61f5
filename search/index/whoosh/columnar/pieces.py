"""Texts cut at their blanks, all at once: each distinct piece is told apart by a hash of 64 bits and numbered once.

A running text consists of few pieces that come again and again. Looking each up in a dictionary of strings waits for
memory three times a word; here whole arrays are hashed, and looked up in a table of numbers. The hash is a polynomial
in a random odd base, which nobody who writes an article knows; long pieces, of which hostile ones could be made that
collide in every base, are never looked up.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

_LONGEST = 64  # bytes
_BLANK, _BREAK = b" \n"
_SMALLEST = 16  # a table's size, as a power of two
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ODD = np.uint64(0xFF51AFD7ED558CCD)


class Pieces:
    """Numbers pieces from 0 on and tells each new one to `told`, in the order of the numbers, to keep what it means."""

    def __init__(self) -> None:
        self._count = 0
        self._in_table = 0
        self._empty(_SMALLEST)

    def of(self, run: bytes, text_ends: Array, told: Callable[[str], None]) -> tuple[Array, Array]:
        """The numbers of all pieces of all texts, and how many pieces each text has: at least one."""
        letters = np.frombuffer(run, np.uint8)
        ends = np.flatnonzero((letters == _BLANK) | (letters == _BREAK))
        starts = np.concatenate([[0], ends[:-1] + 1])
        counts = np.diff(np.searchsorted(ends, text_ends, "right"), prepend=0)
        return self._numbers(run, letters, starts, ends, told), counts

    def _numbers(self, run: bytes, letters: Array, starts: Array, ends: Array, told: Callable[[str], None]) -> Array:
        hashes = _hashes(letters, starts, ends)
        numbers, unknown = self._looked_up(hashes)
        is_long = ends - starts > _LONGEST
        for piece in np.flatnonzero(is_long).tolist():
            numbers[piece] = self._told_number(run[starts[piece] : ends[piece]], told)
        unknown = unknown[~is_long[unknown]]
        new, firsts, which = np.unique(hashes[unknown], return_index=True, return_inverse=True)
        if len(new):
            pieces = unknown[firsts].tolist()
            found = np.array([self._told_number(run[starts[piece] : ends[piece]], told) for piece in pieces], np.uint32)
            numbers[unknown] = found[which]
            self._keep(new, found)
        return numbers

    def _told_number(self, piece: bytes, told: Callable[[str], None]) -> int:
        told(piece.decode())
        self._count += 1
        return self._count - 1

    def _looked_up(self, hashes: Array) -> tuple[Array, Array]:
        """The numbers of pieces that are in the table, and where the others are."""
        slots = self._slots(hashes)
        found = self._hashes[slots]
        wrong = np.flatnonzero(found != hashes)
        while len(wrong := wrong[found[wrong] != 0]):
            slots[wrong] = (slots[wrong] + 1) & self._mask
            found[wrong] = self._hashes[slots[wrong]]
            wrong = wrong[found[wrong] != hashes[wrong]]
        return self._numbers_at[slots], np.flatnonzero(found == 0)

    def _keep(self, hashes: Array, numbers: Array) -> None:
        """Put distinct new hashes into the table, which is never more than half full."""
        self._in_table += len(hashes)
        if 2 * self._in_table > self._mask:
            kept = np.flatnonzero(self._hashes)
            old = self._hashes[kept], self._numbers_at[kept]
            self._empty((4 * self._in_table).bit_length())
            self._put(*old)
        self._put(hashes, numbers)

    def _put(self, hashes: Array, numbers: Array) -> None:
        slots = self._slots(hashes)
        left = np.arange(len(hashes))
        while len(left):
            free = left[self._hashes[slots[left]] == 0]
            self._hashes[slots[free]] = hashes[free]  # where several want one, one gets it
            self._numbers_at[slots[free]] = numbers[free]
            left = left[self._hashes[slots[left]] != hashes[left]]
            slots[left] = (slots[left] + 1) & self._mask

    def _empty(self, bits: int) -> None:
        self._hashes = np.zeros(1 << bits, np.uint64)
        self._numbers_at = np.zeros(1 << bits, np.uint32)
        self._mask = (1 << bits) - 1
        self._shift = np.uint64(64 - bits)

    def _slots(self, hashes: Array) -> Array:
        slots: Array = ((hashes * _SPREAD) >> self._shift).astype(np.int64)
        return slots


def _hashes(letters: Array, starts: Array, ends: Array) -> Array:
    """A number other than 0 for each piece."""
    powers, inverses = _powers(len(letters).bit_length())
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * powers[: len(letters)], dtype=np.uint64, out=sums[1:])
    found = (sums[ends] - sums[starts]) * inverses[starts]
    found ^= (ends - starts).astype(np.uint64) * _ODD
    found[found == 0] = 1
    return found


@cache
def _powers(bits: int) -> tuple[Array, Array]:
    """The powers of the base and of its inverse, modulo 2 to the 64th."""
    base = _base()
    inverse = pow(base, -1, 1 << 64)
    return _rising(base, 1 << bits), _rising(inverse, 1 << bits)


@cache
def _base() -> int:
    return secrets.randbits(64) | 1


def _rising(base: int, count: int) -> Array:
    factors = np.full(count, base, np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)
