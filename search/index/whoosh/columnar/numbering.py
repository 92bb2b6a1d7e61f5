"""Texts to numbers: each form that words are indexed as has one, and so has each term.

Texts are cut into pieces, and each distinct piece is analysed once (`search.analysis`). Nearly all pieces have one
form, and are numbered as that.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import chain, compress, count, pairwise

import numpy as np

from search.analysis import forms, plain_terms, surfaces
from search.index.whoosh.columnar.bits import within
from search.index.whoosh.columnar.piece_table import LONGEST, PieceTable, keys_of
from search.index.whoosh.columnar.pieces import Pieces, pieces_of
from search.index.whoosh.columnar.segmentfile import Array

_AT_ONCE = 1 << 19  # bytes of texts, so that what is made of them stays in the processor's cache
_LISTED = 1 << 31  # from here on, numbers of pieces are places in a list of those with no form or several


def numbering() -> dict[str, int]:
    """Gives each string that is looked up the next number."""
    return defaultdict(count().__next__)


class Numbers:
    """`forms` and `terms` by number, and the term of each form."""

    def __init__(self) -> None:
        self.forms = numbering()
        self.terms = numbering()
        self.term_of_form: list[int] = []
        self._table = PieceTable()
        self._listed = array("I")
        self._ends = array("I", [0])

    def of(self, run: bytes, ends: Array) -> tuple[Array, Array]:
        """The forms of texts in order, one text after the other, and how many each has.

        `run` is the UTF-8 of all texts, each followed by a line break; `ends` are the places of these breaks.
        """
        found, sizes, start = [np.empty(0, np.uint32)], [np.empty(0, np.int64)], 0
        for first, last in pairwise(_blocks(ends)):
            end = int(ends[last - 1]) + 1
            of_pieces, bounds = self._of(pieces_of(run[start:end], ends[first:last] - start))
            found.append(of_pieces)
            sizes.append(np.diff(bounds))
            start = end
        return np.concatenate(found), np.concatenate(sizes)

    def _of(self, pieces: Pieces) -> tuple[Array, Array]:
        """The forms of pieces, and where those of each text begin, to the end of the last."""
        sizes = pieces.ends - pieces.starts
        long = np.flatnonzero(sizes > LONGEST)
        if not len(long):
            return self._forms_of(self._looked_up(pieces, sizes), pieces.bounds)
        numbers = np.empty(len(sizes), np.uint32)
        short = np.flatnonzero(sizes <= LONGEST)
        chosen = pieces._replace(starts=pieces.starts[short], ends=pieces.ends[short])
        numbers[short] = self._looked_up(chosen, sizes[short])
        kept = len(self._ends)
        numbers[long] = [self._analysed(piece.decode()) for piece in pieces.texts(long)]
        found = self._forms_of(numbers, pieces.bounds)
        del self._listed[self._ends[kept - 1] :], self._ends[kept:]
        return found

    def _looked_up(self, pieces: Pieces, sizes: Array) -> Array:
        keys = keys_of(pieces.letters, pieces.starts, sizes)
        return self._table.numbers(keys, lambda places: self._new(pieces.texts(places)))

    def _new(self, pieces: list[bytes]) -> Array:
        """The numbers of pieces that are met for the first time."""
        texts = b" ".join(pieces).decode().split(" ")
        is_plain = [text.isascii() and text.isalnum() for text in texts]
        plain = np.array(is_plain)
        numbers = np.empty(len(texts), np.uint32)
        numbers[plain] = self._plain(list(compress(texts, is_plain)))
        numbers[~plain] = [self._analysed(texts[place]) for place in np.flatnonzero(~plain).tolist()]
        return numbers

    def _plain(self, words: list[str]) -> list[int]:
        """The forms of words of ASCII letters without case and digits, each of which is one."""
        known = len(self.forms)
        numbers = list(map(self.forms.__getitem__, words))
        new = [word for word, number in zip(words, numbers, strict=True) if number >= known]
        self.term_of_form += map(self.terms.__getitem__, plain_terms(new))
        return numbers

    def _analysed(self, piece: str) -> int:
        found = [self._number(form.folded, form.term) for form in chain.from_iterable(map(forms, surfaces(piece)))]
        if len(found) == 1:
            return found[0]
        self._listed.extend(found)
        self._ends.append(len(self._listed))
        return _LISTED + len(self._ends) - 2

    def _number(self, folded: str, term: str) -> int:
        number = self.forms[folded]
        if number == len(self.term_of_form):
            self.term_of_form.append(self.terms[term])
        return number

    def _forms_of(self, numbers: Array, bounds: Array) -> tuple[Array, Array]:
        """The forms of pieces by number, and where those begin that begin at these bounds."""
        places = np.flatnonzero(numbers >= _LISTED)
        if not len(places):
            return numbers, bounds
        ends, listed = np.frombuffer(self._ends, np.uint32), np.frombuffer(self._listed, np.uint32)
        lists = numbers[places] - np.uint32(_LISTED)
        first = ends[lists].astype(np.int64)
        counts = ends[lists + 1] - first
        sizes = np.ones(len(numbers), np.int64)
        sizes[places] = counts
        starts = np.zeros(len(numbers) + 1, np.int64)
        np.cumsum(sizes, out=starts[1:])
        found = np.repeat(numbers, sizes)
        inside = within(counts)
        found[np.repeat(starts[places], counts) + inside] = listed[np.repeat(first, counts) + inside]
        return found, starts[bounds]


def _blocks(ends: Array) -> list[int]:
    """Bounds of runs of texts of about so many bytes, or one text of more."""
    if not len(ends):
        return [0]
    whole = np.searchsorted(ends, np.arange(_AT_ONCE, int(ends[-1]), _AT_ONCE), "right")
    bounds: list[int] = np.unique(np.concatenate([[0], whole, [len(ends)]])).tolist()
    return bounds
