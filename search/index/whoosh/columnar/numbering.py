"""Texts to numbers: each form that words are indexed as has one, and so has each term.

A text is cut at its blanks, and each distinct piece between two of them is analysed once: no word (`search.analysis`)
reaches across a blank.
"""

from __future__ import annotations

from array import array

import numpy as np

from search.analysis import forms, surfaces
from search.index.whoosh.columnar.bits import within
from search.index.whoosh.columnar.pieces import Pieces
from search.index.whoosh.columnar.segmentfile import Array

_AROUND = ".,;:!?\"'()[]-\u2013\u2014\u2018\u2019\u201c\u201d\u00ab\u00bb"  # beside a word, never part of a plain one


class Numbers:
    """`forms` and `terms` by number, and the term of each form."""

    def __init__(self) -> None:
        self.forms: dict[str, int] = {}
        self.terms: dict[str, int] = {}
        self.term_of_form: list[int] = []
        self._pieces = Pieces()
        self._plain: dict[str, int] = {}
        self._forms = array("I")
        self._starts = array("I", [0])

    def of(self, run: bytes, ends: Array) -> tuple[Array, Array]:
        """The forms of texts in order, one text after the other, and how many each has.

        `run` is the UTF-8 of all texts, each followed by a line break; `ends` are the places of these breaks.
        """
        if not len(ends):
            return np.empty(0, np.uint32), np.empty(0, np.int64)
        pieces, pieces_of_text = self._pieces.of(run, ends, self._analyse)
        starts = np.array(self._starts, np.int64)
        sizes = np.diff(starts)[pieces]
        found = np.array(self._forms, np.uint32)[np.repeat(starts[pieces], sizes) + within(sizes)]
        bounds = np.cumsum(pieces_of_text) - pieces_of_text
        return found, np.add.reduceat(sizes, bounds)

    def _analyse(self, piece: str) -> None:
        """Keep the forms of a piece."""
        plain = piece.strip(_AROUND)
        if plain.isascii() and plain.isalnum():  # neither case nor what stands around says anything
            lower = plain.lower()
            if (number := self._plain.get(lower)) is None:
                number = self._plain[lower] = self._of_words(lower)[0]
            self._forms.append(number)
        else:
            self._forms.extend(self._of_words(piece))
        self._starts.append(len(self._forms))

    def _of_words(self, piece: str) -> list[int]:
        return [self._number(form.folded, form.term) for word in surfaces(piece) for form in forms(word)]

    def _number(self, folded: str, term: str) -> int:
        number = self.forms.get(folded)
        if number is None:
            number = self.forms[folded] = len(self.forms)
            self.term_of_form.append(self.terms.setdefault(term, len(self.terms)))
        return number
