"""The words of a stream as numbers: in their order, and as keys that sort by term.

A key tells by itself where its word stands: after sorting, nothing has to be looked up word by word, in an order that
no cache likes.
"""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

_BITS = 64
_LEAST_FOR_TERMS = 16  # bits, else positions are written, which need fewer than documents and places in these
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)


def words_of(forms: Array, value_sizes: Array, first: int = 0) -> Array:
    """The form of each word, in the high half of a number, and its value, of those counted from `first` on."""
    values = np.arange(first, first + len(value_sizes), dtype=np.uint64)
    words: Array = forms.astype(np.uint64) << _HIGH
    words |= np.repeat(values, value_sizes)
    return words


def forms_of(words: Array) -> Array:
    """The form of each word."""
    forms: Array = (words >> _HIGH).view(np.int64)
    return forms


class WordKeys:
    """A key is, from the highest bits on: term, where the word stands, field, rank of the form among those of its term.

    Where it stands is its document and its place in that or, where there is no room for these, its position.
    `docs` and `fields` are those of each value, `doc_starts` the positions at which documents begin, `ranks` by form.
    """

    def __init__(self, docs: Array, fields: Array, doc_starts: Array, ranks: Array) -> None:
        self._ranks = ranks.astype(np.uint64)
        self._rank_bits = _bits_for(ranks.max(initial=0))
        self._field_bits = _bits_for(fields.max(initial=0))
        self._where = self._rank_bits + self._field_bits
        self._place_bits = _bits_for(np.diff(doc_starts).max(initial=0))
        self._doc_bits = _bits_for(len(doc_starts))
        if self._where + self._doc_bits + self._place_bits > _BITS - _LEAST_FOR_TERMS:
            self._place_bits, self._doc_bits = _bits_for(doc_starts[-1]), 0
        self._term = self._where + self._doc_bits + self._place_bits
        self._doc_starts = doc_starts
        where = np.arange(len(docs), dtype=np.int64)
        if self._doc_bits:
            where += (docs.astype(np.int64) << self._place_bits) - doc_starts[docs]
        self._values = (((where << self._field_bits) + fields) << self._rank_bits).view(np.uint64)

    @property
    def most_terms(self) -> int:
        """How many terms keys can tell apart."""
        return 1 << (_BITS - self._term)

    def of_forms(self, term_of_form: Array, first: int) -> Array:
        """What of a key comes from the form, where terms are counted from `first` on."""
        terms = (term_of_form.astype(np.int64) - first).view(np.uint64)
        return (terms << np.uint64(self._term)) | self._ranks

    def write(self, words: Array, places: Array, of_forms: Array, keys: Array) -> None:
        """Write the keys of words, each its form and value, that stand at these places among all words."""
        of_forms.take(forms_of(words), out=keys, mode="clip")
        keys += self._values.take((words & _LOW).view(np.int64))
        keys += places.view(np.uint64) << np.uint64(self._where)

    def read(self, keys: Array) -> tuple[Array, Array, Array, Array]:
        """The document, position, field and rank of each word."""
        ranks = _part(keys, 0, self._rank_bits).astype(np.uint32)
        fields = _part(keys, self._rank_bits, self._field_bits).view(np.int64)
        places = _part(keys, self._where, self._place_bits).view(np.int64)
        if not self._doc_bits:
            docs = np.searchsorted(self._doc_starts, places, "right") - 1
            return docs.astype(np.uint32), places, fields, ranks
        docs = _part(keys, self._where + self._place_bits, self._doc_bits).view(np.int64)
        places += self._doc_starts.take(docs)
        return docs.astype(np.uint32), places, fields, ranks


def _bits_for(number: int) -> int:
    return int(number).bit_length()


def _part(keys: Array, start: int, bits: int) -> Array:
    found: Array = keys >> np.uint64(start)
    found &= np.uint64((1 << bits) - 1)
    return found
