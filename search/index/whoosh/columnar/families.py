"""The forms of each term: which they are, and the rank of each among those of its term, ascending."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from search.index.whoosh.columnar.bits import changes, within
from search.index.whoosh.columnar.postings import starts_of
from search.index.whoosh.columnar.segmentfile import Array

_WIDTHS = np.repeat([0, 1, 2, 4, 8, 16, 32], [1, 1, 1, 2, 4, 8, 16])  # for numbers of so many bits


class Families:
    """`form_terms` is the term of each form; each of the terms has at least one."""

    def __init__(self, form_terms: Array, terms: int) -> None:
        self.form_terms = form_terms
        self._terms = terms

    @cached_property
    def counts(self) -> Array:
        """How many forms each term has."""
        counts: Array = np.bincount(self.form_terms, minlength=self._terms)
        return counts

    @cached_property
    def starts(self) -> Array:
        """Where the forms of each term begin in `order`."""
        return starts_of(self.counts)

    @cached_property
    def order(self) -> Array:
        """The forms, term after term, ascending within each."""
        return np.argsort(self.form_terms, kind="stable").astype(np.uint32)

    @cached_property
    def ranks(self) -> Array:
        """The rank of each form among the forms of its term."""
        ranks = np.empty(len(self.form_terms), np.uint32)
        ranks[self.order] = within(self.counts)
        return ranks

    def grouped(self, forms: Array) -> tuple[Array, list[Array]]:
        """The terms of some forms, ascending, and for each the ranks of its forms among these."""
        terms = self.form_terms[forms]
        order = np.argsort(terms, kind="stable")
        firsts = np.flatnonzero(changes(terms[order]))
        ranks = self.ranks[forms[order]]
        return terms[order][firsts], np.split(ranks, firsts[1:])

    def widths(self, terms: Array) -> Array:
        """How many bits tell the forms of each of these terms apart, in a width that `bits.packed` writes."""
        widths: Array = _WIDTHS[np.frexp(np.maximum(self.counts[terms] - 1, 0))[1]]
        return widths

    def width(self, term: int) -> int:
        """The same of one term."""
        return int(_WIDTHS[int(self.counts[term] - 1).bit_length()])
