"""Texts cut into pieces, all at once: a piece is what stands between characters that are part of no word.

It is a word with its apostrophes, or letters with the dots between them, or a number with its commas, and ASCII
letters lose their case: so there are hardly more pieces than forms, and the words of a piece (`search.analysis`) are
those of the text there.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from search.analysis import inside_words
from search.index.whoosh.columnar.segmentfile import Array

#: Zeros that follow the letters.
PADDING = 8

_ASCII = 0x80
_FIRST_BYTES = {2: (0xC0, 0xE0), 3: (0xE0, 0xF0)}  # of characters of so many
_TAIL = 0x3F  # the bits of a later byte
_STRAIGHT = ord("'")
_POSSESSIVE = ord("s")
_CURLY = 0x2019
_LAST_MARK = ord(".")  # all that is part of a word by itself comes later: digits, letters and _


class Pieces(NamedTuple):
    """Where pieces stand in `letters`, none empty, and the first of each text, to the end of the last."""

    letters: bytes
    starts: Array
    ends: Array
    bounds: Array

    def texts(self, places: Array) -> list[bytes]:
        """Some of the pieces."""
        bounds = zip(self.starts[places].tolist(), self.ends[places].tolist(), strict=True)
        return [self.letters[start:end] for start, end in bounds]


def pieces_of(run: bytes, ends: Array) -> Pieces:
    """The pieces of texts, which end at these places with a line break."""
    if not run.isascii():
        run, ends = _with_ascii_marks(run, ends)
    letters = b"".join((b"\0", run, bytes(PADDING))).translate(_translation())
    inside = _inside(np.frombuffer(letters, np.uint8))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    edges += 1
    starts = edges[0::2]
    bounds = np.zeros(len(ends) + 1, np.int64)
    bounds[1:] = np.searchsorted(starts, ends + 1)
    return Pieces(letters, starts, edges[1::2], bounds)


def _inside(letters: Array) -> Array:
    """Whether each byte is of a piece: a comma, dot or apostrophe is if it could join what stands around it."""
    inside = letters > _LAST_MARK
    joining = letters != 0
    joining[1:] &= letters[:-1] >= _LAST_MARK
    follows = inside[1:-1] | (letters[1:-1] == _STRAIGHT) & (letters[2:] == _POSSESSIVE)
    joining[:-2] &= follows
    inside |= joining
    return inside


def _with_ascii_marks(run: bytes, ends: Array) -> tuple[bytes, Array]:
    """Curly apostrophes made straight, and zeros for what else is part of no word; and where texts end then."""
    letters = np.frombuffer(run, np.uint8).copy()
    for size in (2, 3):
        places, codes = _characters(letters, size)
        outside = places[_is_outside()[codes]]
        for byte in range(size):
            letters[outside + byte] = 0
    curly = places[codes == _CURLY]
    letters[curly] = _STRAIGHT
    kept = np.ones(len(letters), bool)
    kept[curly + 1] = kept[curly + 2] = False
    return letters[kept].tobytes(), ends - 2 * np.searchsorted(curly, ends)


def _characters(letters: Array, size: int) -> tuple[Array, Array]:
    """Where characters of two or three bytes stand, and their codes."""
    first, after = _FIRST_BYTES[size]
    places = np.flatnonzero((letters >= first) & (letters < after))
    codes: Array = (letters[places] - np.uint8(first)).astype(np.uint16)
    for byte in range(1, size):
        codes = codes << 6 | letters[places + byte] & _TAIL
    return places, codes


@cache
def _is_outside() -> Array:
    """Of each character of the first plane, whether it is part of no word."""
    outside = np.ones(1 << 16, bool)
    outside[inside_words("".join(map(chr, range(1 << 16))))] = False
    return outside


@cache
def _translation() -> bytes:
    """ASCII without case, and zeros for what is part of no word."""
    inside = set(inside_words("".join(map(chr, range(_ASCII)))))
    return bytes(ord(chr(c).lower()) if c in inside else 0 for c in range(_ASCII)) + bytes(range(_ASCII, 1 << 8))
