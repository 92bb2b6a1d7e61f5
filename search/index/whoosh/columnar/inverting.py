"""Documents -> the arrays of a segment: analysis and inversion of a batch by one process.

Every distinct word is numbered once; a document is then a run of numbers, and sorting inverts it. What grows with the
batch, its words and what is stored, waits in files. What comes out is `dict[str, Array]`, to be written as one segment.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.fields import FACETS, DocumentKind
from search.index.documents import Label, searched_words
from search.index.whoosh.columnar.columns import Columns
from search.index.whoosh.columnar.facet_arrays import facet_arrays
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.lexicon import lexicon_arrays
from search.index.whoosh.columnar.numbering import Numbers, numbering
from search.index.whoosh.columnar.postings import starts_of
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.spool import Spool
from search.index.whoosh.columnar.stored import compressor
from search.index.whoosh.columnar.stream_arrays import Tokens, stream_arrays
from search.index.whoosh.columnar.streams import Stream, streams_of
from search.index.whoosh.columnar.word_keys import words_of


class Order(NamedTuple):
    """New numbers of forms and terms in ascending order of their bytes, and the term of each form."""

    form_rank: Array
    term_of_form: Array


class Run:
    """The words of one stream so far."""

    def __init__(self, folder: Path) -> None:
        self._words = Spool(folder, np.uint64)
        self._values = 0
        self._value_sizes = array("I")
        self._field_values = array("I")

    def add(self, forms: Array, value_sizes: Array, field_values: bytes) -> None:
        """Add the words of some documents: the form of each, how many each value has, and values by field."""
        self._words.add(words_of(forms, value_sizes, self._values))
        self._values += len(value_sizes)
        self._value_sizes.frombytes(value_sizes.astype(np.uint32).tobytes())
        self._field_values.frombytes(field_values)

    def tokens(self, fields: int) -> Tokens:
        """All that was added."""
        values = np.frombuffer(self._field_values, np.uint32).reshape(-1, fields)
        return Tokens(self._words.array(), np.frombuffer(self._value_sizes, np.uint32), values)


class Inverter:
    """Collects documents of one kind; `arrays` gives the segment. Its files lie in the folder."""

    def __init__(self, documents: DocumentKind, folder: Path) -> None:
        self._streams = streams_of(documents)
        self._numbers = Numbers()
        self._runs = [Run(folder) for _ in self._streams]
        self._ids: list[bytes] = []
        self._days = array("i")
        self._stored = Spool(folder, np.uint8)
        self._stored_sizes = array("I")
        self._compressed = compressor()
        self._owners: list[bytes] = []
        self._values = {facet: numbering() for facet in FACETS}
        self._ordinals: dict[str, array[int]] = {facet: array("I") for facet in FACETS}
        self._counts: dict[str, array[int]] = {facet: array("I") for facet in FACETS}

    def add(self, columns: Columns) -> None:
        """Add documents."""
        self._add_words(columns)
        for facet, values, counts in zip(FACETS, columns.facets, columns.facet_counts, strict=True):
            self._ordinals[facet].extend(map(self._values[facet].__getitem__, values))
            self._counts[facet].frombytes(counts)
        self._ids += map(str.encode, columns.ids)
        self._owners += map(str.encode, columns.owners)
        self._days.frombytes(columns.days)
        stored = list(map(self._compressed, columns.stored))
        self._stored.add(np.frombuffer(b"".join(stored), np.uint8))
        self._stored_sizes.extend(map(len, stored))

    def _add_words(self, columns: Columns) -> None:
        sizes = np.frombuffer(columns.text_sizes, np.uint32).astype(np.int64)
        forms, words = self._numbers.of(columns.run, np.cumsum(sizes + 1) - 1)
        form = value = 0
        for run, field_values in zip(self._runs, columns.field_values, strict=True):
            values = words[value : value + int(np.frombuffer(field_values, np.uint32).sum())]
            taken = int(values.sum())
            run.add(forms[form : form + taken], values, field_values)
            form, value = form + taken, value + len(values)

    def arrays(self, label: Label) -> dict[str, Array]:
        """The arrays of the segment; `label` names codes."""
        ranks = {facet: sorted(values) for facet, values in self._values.items()}
        named = {facet: named_tokens(facet, values, label, self._numbers) for facet, values in ranks.items()}
        forms, terms = sorted(self._numbers.forms), sorted(self._numbers.terms)  # as their bytes in UTF-8 would be
        order = self._order(forms, terms)
        families = Families(order.term_of_form, len(terms))
        made = lexicon_arrays("forms", map(str.encode, forms)) | lexicon_arrays("terms", map(str.encode, terms))
        made["form_terms"] = order.term_of_form
        for stream, run in zip(self._streams, self._runs, strict=True):
            made |= stream_arrays(stream, run.tokens(len(stream.fields)), order, families)
        for facet, words in named.items():
            made |= stream_arrays(Stream(facet, (facet,)), words, order, families)
        made |= facet_arrays(self._values, self._ordinals, self._counts)
        made |= id_arrays(self._ids) | owner_arrays(self._owners)
        made["days"] = np.frombuffer(self._days, np.int32)
        made["stored.starts"] = starts_of(np.frombuffer(self._stored_sizes, np.uint32)).astype(np.uint64)
        made["stored.blob"] = self._stored.array()
        return made

    def _order(self, forms: list[str], terms: list[str]) -> Order:
        form_rank = _ranks(self._numbers.forms, forms)
        term_rank = _ranks(self._numbers.terms, terms)
        term_of_form = np.empty(len(form_rank), np.uint32)
        term_of_form[form_rank] = term_rank[np.array(self._numbers.term_of_form, np.int64)]
        return Order(form_rank, term_of_form)


def named_tokens(facet: str, values: Iterable[str], label: Label, numbers: Numbers) -> Tokens:
    """The words of a facet's values: a stream in which each value is a document."""
    texts = [searched_words(facet, value, label).encode() for value in values]
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1) - 1
    forms, sizes = numbers.of(b"\n".join((*texts, b"")), ends)
    return Tokens(words_of(forms, sizes), sizes, np.ones((len(texts), 1), np.uint32))


def _ranks(numbered: dict[str, int], ordered: list[str]) -> Array:
    """Number -> place among the ordered strings."""
    ranks = np.empty(len(numbered), np.uint32)
    ranks[np.fromiter(map(numbered.__getitem__, ordered), np.int64, len(ordered))] = np.arange(len(ordered))
    return ranks


def id_arrays(ids: list[bytes]) -> dict[str, Array]:
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return lexicon_arrays("ids", [ids[i] for i in order]) | {"id_docs": np.array(order, np.uint32)}


def owner_arrays(owners: list[bytes]) -> dict[str, Array]:
    """The documents of each owner; none where documents own themselves."""
    order = sorted((i for i, owner in enumerate(owners) if owner), key=owners.__getitem__)
    return lexicon_arrays("owners", [owners[i] for i in order]) | {"owner_docs": np.array(order, np.uint32)}
