"""Documents -> the arrays of a segment: analysis and inversion of a batch, in memory, by one process.

Every distinct word is numbered once; a document is then a run of numbers, and one sort of the whole batch inverts it.
What comes out is `dict[str, Array]`, to be written as one segment file.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from search.fields import FACETS, DocumentKind
from search.index.documents import Document, Label, searched_words
from search.index.whoosh.columnar.days import day_number
from search.index.whoosh.columnar.facet_arrays import facet_arrays
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.lexicon import lexicon_arrays
from search.index.whoosh.columnar.numbering import Numbers
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_arrays import Tokens, stream_arrays
from search.index.whoosh.columnar.streams import Stream, streams_of

_AT_ONCE = 1 << 19  # characters that are cut and numbered together


class Run:
    """The words of one stream so far: forms, words a value, values a field of a document."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._texts: list[str] = []
        self._characters = 0
        self._forms: list[Array] = [np.empty(0, np.uint32)]
        self._value_sizes: list[Array] = [np.empty(0, np.int64)]
        self._field_values = array("I")

    def add(self, texts: Sequence[str]) -> None:
        """Add the values of a field of a document."""
        self._field_values.append(len(texts))
        if texts:
            self._texts += texts
            self._characters += sum(map(len, texts))
            if self._characters > _AT_ONCE:
                self._number()

    def tokens(self, fields: int) -> Tokens:
        """All that was added."""
        self._number()
        values = np.frombuffer(self._field_values, np.uint32).reshape(-1, fields)
        return Tokens(np.concatenate(self._forms), np.concatenate(self._value_sizes), values)

    def _number(self) -> None:
        encoded = [text.encode() for text in self._texts]
        ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)) + 1) - 1
        forms, sizes = self._numbers.of(b"\n".join((*encoded, b"")), ends)
        self._forms.append(forms)
        self._value_sizes.append(sizes)
        self._texts, self._characters = [], 0


class Order(NamedTuple):
    """New numbers of forms and terms in ascending order of their bytes, and the term of each form."""

    form_rank: Array
    term_of_form: Array


class Inverter:
    """Collects documents of one kind; `arrays` gives the segment."""

    def __init__(self, documents: DocumentKind) -> None:
        self._streams = streams_of(documents)
        self._numbers = Numbers()
        self._runs = {stream.name: Run(self._numbers) for stream in self._streams}
        self._ids: list[bytes] = []
        self._days = array("i")
        self._stored: list[bytes] = []
        self._owners: list[bytes] = []
        self._values: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        self._ordinals: dict[str, array[int]] = {facet: array("I") for facet in FACETS}
        self._counts: dict[str, array[int]] = {facet: array("I") for facet in FACETS}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: Document, stored: bytes, owner: str = "") -> None:
        """Add a document, what is to be stored for it, and the id of the article that owns it if it is a quote."""
        for stream in self._streams:
            run = self._runs[stream.name]
            for name in stream.fields:
                run.add(document[name])
        for facet in FACETS:
            values = self._values[facet]
            chosen = document[facet]
            self._ordinals[facet].extend([values.setdefault(value, len(values)) for value in chosen])
            self._counts[facet].append(len(chosen))
        self._ids.append(document["id"][0].encode())
        self._days.append(day_number(document["date"][0]) if document["date"] else 0)
        self._stored.append(zlib.compress(stored, 1))
        self._owners.append(owner.encode())

    def arrays(self, label: Label) -> dict[str, Array]:
        """The arrays of the segment; `label` names codes."""
        tokens = {stream.name: self._runs[stream.name].tokens(len(stream.fields)) for stream in self._streams}
        ranks = {facet: sorted(values) for facet, values in self._values.items()}
        named = {facet: named_tokens(facet, values, label, self._numbers) for facet, values in ranks.items()}
        order = self._order()
        families = Families(order.term_of_form, len(self._numbers.terms))
        made = lexicon_arrays("forms", sorted(map(str.encode, self._numbers.forms)))
        made |= lexicon_arrays("terms", sorted(map(str.encode, self._numbers.terms)))
        made["form_terms"] = order.term_of_form
        for stream in self._streams:
            made |= stream_arrays(stream, tokens.pop(stream.name), order, families)
        for facet, words in named.items():
            made |= stream_arrays(Stream(facet, (facet,)), words, order, families)
        made |= facet_arrays(self._values, self._ordinals, self._counts)
        made |= id_arrays(self._ids) | owner_arrays(self._owners)
        made["days"] = np.frombuffer(self._days, np.int32)
        return made | _stored_arrays(self._stored)

    def _order(self) -> Order:
        form_rank = _ranks(self._numbers.forms)
        term_rank = _ranks(self._numbers.terms)
        terms = np.empty(len(form_rank), np.uint32)
        terms[form_rank] = term_rank[np.array(self._numbers.term_of_form, np.int64)]
        return Order(form_rank, terms)


def named_tokens(facet: str, values: Iterable[str], label: Label, numbers: Numbers) -> Tokens:
    """The words of a facet's values: a stream in which each value is a document."""
    run = Run(numbers)
    for value in values:
        run.add((searched_words(facet, value, label),))
    return run.tokens(1)


def _ranks(numbered: dict[str, int]) -> Array:
    """Number -> place among the strings in ascending order of their bytes."""
    ranks = np.empty(len(numbered), np.uint32)
    listed = [numbered[text] for text in sorted(numbered, key=str.encode)]
    ranks[np.array(listed, np.int64)] = np.arange(len(numbered), dtype=np.uint32)
    return ranks


def id_arrays(ids: list[bytes]) -> dict[str, Array]:
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return lexicon_arrays("ids", [ids[i] for i in order]) | {"id_docs": np.array(order, np.uint32)}


def owner_arrays(owners: list[bytes]) -> dict[str, Array]:
    """The documents of each owner; none where documents own themselves."""
    order = sorted((i for i, owner in enumerate(owners) if owner), key=owners.__getitem__)
    return lexicon_arrays("owners", [owners[i] for i in order]) | {"owner_docs": np.array(order, np.uint32)}


def _stored_arrays(stored: list[bytes]) -> dict[str, Array]:
    starts = np.zeros(len(stored) + 1, np.uint64)
    np.cumsum(np.fromiter(map(len, stored), np.uint64, len(stored)), out=starts[1:])
    return {"stored.starts": starts, "stored.blob": np.frombuffer(b"".join(stored), np.uint8)}
