"""Where the documents, forms and terms of segments go when these are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.index.whoosh.columnar.numbering import Numbers
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array

#: The new number of a deleted document.
GONE = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True)
class Old:
    """A segment to be merged: where its documents, forms and terms go."""

    segment: Segment
    base: int
    forms: Array
    terms: Array

    @cached_property
    def kept(self) -> Array:
        """The documents that stay."""
        return numbers(self.segment.live).astype(np.int64)

    @cached_property
    def docs(self) -> Array:
        """The new number of each document; `GONE` for deleted ones."""
        moved = np.full(self.segment.size, GONE, np.uint32)
        moved[self.kept] = np.arange(self.base, self.base + len(self.kept), dtype=np.uint32)
        return moved


def olds_of(segments: Sequence[Segment], forms: list[bytes], terms: list[bytes]) -> list[Old]:
    """The segments with where their documents, forms and terms go among all."""
    form_at = {text: number for number, text in enumerate(forms)}
    term_at = {text: number for number, text in enumerate(terms)}
    olds: list[Old] = []
    base = 0
    for segment in segments:
        of_forms = np.fromiter(map(form_at.__getitem__, segment.forms), np.uint32, len(segment.forms))
        of_terms = np.fromiter(map(term_at.__getitem__, segment.terms), np.uint32, len(segment.terms))
        olds.append(Old(segment, base, of_forms, of_terms))
        base += len(segment.live)
    return olds


def form_terms_of(olds: list[Old], numbered: Numbers, forms: list[bytes], terms: list[bytes]) -> Array:
    """The term of each form."""
    found = np.zeros(len(forms), np.uint32)
    places = places_in(forms, list(map(str.encode, numbered.forms)))
    of_terms = places_in(terms, list(map(str.encode, numbered.terms)))
    if len(places):
        found[places] = of_terms[np.array(numbered.term_of_form, np.int64)]
    for old in olds:
        found[old.forms] = old.terms[old.segment.form_terms]
    return found


def places_in(listed: list[bytes], wanted: list[bytes]) -> Array:
    """Where each of the wanted strings stands in a list."""
    at = {text: number for number, text in enumerate(listed)}
    return np.fromiter(map(at.__getitem__, wanted), np.uint32, len(wanted))
