"""Whoosh's reader interface over our segments, so that Whoosh's own searcher runs on them, term by term.

What the site asks never comes this way: this is for programs that know Whoosh, and for the tests, in which stock
Whoosh is the oracle. Lengths of fields are rounded as Whoosh rounds them, so that scores are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.fields import FACETS, FIELDS, DocumentKind
from search.index.whoosh.columnar.bits import changes
from search.index.whoosh.columnar.days import NEVER, day_number
from search.index.whoosh.columnar.postings import bitmap, numbers
from search.index.whoosh.columnar.segment import Segment, StreamReader
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.schema import schema

_KEPT = 64


class _List(NamedTuple):
    """One posting list: documents, weights, and what the field's format makes of the positions."""

    docs: list[int]
    weights: list[float]
    values: list[bytes] | None


class _Postings(ListMatcher):  # type: ignore[misc]
    """A posting list to walk over. At its end it still stands on its last document.

    Whoosh's matcher for "and not" asks for the document of an exhausted list (2.7.5), and fails where it gets none.
    """

    def id(self) -> int:
        return int(self._ids[min(self._i, len(self._ids) - 1)])


class Documents(base.PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks of documents."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._lengths = {
            name: lengths for stream in segment.streams.values() for name, lengths in stream.field_lengths.items()
        }

    def doc_count_all(self) -> int:
        return self._segment.size

    def doc_count(self) -> int:
        return len(self._segment.live)

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._segment.deleted

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._segment.deleted)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._of(fieldname)
        return int(_rounded(int(lengths[docnum]))) if len(lengths) and lengths[docnum] else default

    def field_length(self, fieldname: str) -> int:
        return int(self._of(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(_rounded(int(self._of(fieldname).min(initial=1 << 30))))

    def max_field_length(self, fieldname: str) -> int:
        return int(_rounded(int(self._of(fieldname).max(initial=0))))

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        return {"stored": self._segment.stored(docnum)}

    def _of(self, field: str) -> Array:
        return np.empty(0, np.uint8) if field in FACETS else self._lengths.get(field, np.empty(0, np.uint8))


class Terms(base.TermsReader):  # type: ignore[misc]
    """What Whoosh asks of terms."""

    def __init__(self, segment: Segment, documents: DocumentKind) -> None:
        self._segment = segment
        self._documents = Documents(segment)
        self._schema = schema(documents)
        self._names = sorted(name for name, field in self._schema.items() if field.format is not None)
        self._list = lru_cache(_KEPT)(self._read)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(self._list(*term).docs)

    def indexed_field_names(self) -> list[str]:
        return [name for name in self._names if self._words(name)]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, word) for name in self._names for word in self._words(name))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        found = self._list(fieldname, text)
        if not found.docs:
            raise KeyError((fieldname, text))
        info = TermInfo()
        scorable = self._schema[fieldname].scorable
        for doc, weight in zip(found.docs, found.weights, strict=True):
            info.add_posting(doc, weight, self._documents.doc_field_length(doc, fieldname) if scorable else None)
        return info

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> _Postings:
        found = self._list(fieldname, text)
        if not found.docs:
            raise KeyError((fieldname, text))
        info = self.term_info(fieldname, text)
        return _Postings(
            found.docs, found.weights, found.values, format_, scorer, term=(fieldname, text), terminfo=info
        )

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        return Cursor(self._words(fieldname), lambda text: self.term_info(fieldname, text), fieldobj)

    def _read(self, field: str, word: bytes) -> _List:
        if FIELDS[field].kind != "text":
            docs: list[int] = list(self._holding(field, word))
            return _List(docs, [1.0] * len(docs), None)
        stream = self._stream(field)
        term = self._segment.terms.find(word)
        index = None if stream is None or term is None else stream.find(term)
        if stream is None or index is None:
            return _List([], [], None)
        places = numbers(stream.in_field(stream.place_bits(index), field))
        return self._positioned(stream, field, places) if len(places) else _List([], [], None)

    def _positioned(self, stream: StreamReader, field: str, places: Array) -> _List:
        docs = stream.docs_of(places)
        starts = np.flatnonzero(changes(docs)).tolist()
        format_ = self._schema[field].format
        positions = (places - stream.doc_starts[docs]).tolist()
        runs = [positions[a:b] for a, b in zip(starts, [*starts[1:], len(positions)], strict=True)]
        values = [format_.encode(run) for run in runs]
        return _List(docs[starts].tolist(), [len(run) * format_.field_boost for run in runs], values)

    def _holding(self, field: str, value: bytes) -> BitMap:
        """The documents with an exact value."""
        segment = self._segment
        if field == "id":
            at = segment.ids.find(value)
            return BitMap() if at is None else BitMap([int(segment.arrays["id_docs"][at])])
        if field == "date":
            return bitmap(np.flatnonzero(segment.days == _day(value)))
        ordinal = segment.ordinal(field, value.decode("utf-8", "surrogatepass"))
        return BitMap() if ordinal is None else segment.docs_with([ordinal])

    def _words(self, field: str) -> list[bytes]:
        return self._fields.get(field, [])

    @cached_property
    def _fields(self) -> dict[str, list[bytes]]:
        """The terms of each field, ascending."""
        segment = self._segment
        found = {facet: segment.values.slice(*segment.facet_range(facet)) for facet in FACETS}
        found["id"] = segment.ids.slice(0, len(segment.ids))
        days = np.unique(segment.days[segment.days != NEVER]).tolist()
        found["date"] = [date.fromordinal(day).isoformat().encode() for day in days]
        for name in self._names:
            if FIELDS[name].kind == "text":
                found[name] = self._terms_of(name)
        return found

    def _terms_of(self, field: str) -> list[bytes]:
        stream = self._stream(field)
        if stream is None:
            return []
        every = enumerate(stream.terms.tolist())
        one = len(stream.stream.fields) == 1
        return [
            self._segment.terms[term]
            for index, term in every
            if one or stream.in_field(stream.place_bits(index), field)
        ]

    def _stream(self, field: str) -> StreamReader | None:
        return next((s for s in self._segment.streams.values() if field in s.stream.fields), None)


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks over the terms of a field."""

    def __init__(self, words: list[bytes], info: Any, field: Any) -> None:
        self._words = words
        self._info = info
        self._field = field
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        wanted = string if isinstance(string, bytes) else self._field.to_bytes(string)
        self._at = bisect_left(self._words, wanted)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return str(self._field.from_bytes(self._words[self._at])) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        return self._info(self._words[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._words)


@lru_cache(4096)
def _rounded(length: int) -> int:
    return int(byte_to_length(length_to_byte(length)))


def _day(value: bytes) -> int:
    try:
        return day_number(value.decode())
    except ValueError:
        return -1
