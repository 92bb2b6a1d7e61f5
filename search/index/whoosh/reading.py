"""Whoosh's reader interface over our segments, so that Whoosh's own searcher runs on them, term by term.

What the site asks never comes this way: this is for programs that know Whoosh, and for the tests, in which stock
Whoosh is the oracle. Lengths of fields are rounded as Whoosh rounds them, so that scores are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from pyroaring import BitMap
from whoosh.codec import base
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length

from search.fields import FACETS, FIELDS, DocumentKind
from search.index.whoosh.columnar.days import NEVER, day_number
from search.index.whoosh.columnar.postings import bitmap, numbers
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.schema import schema
from search.index.whoosh.text_field import TextField
from search.index.whoosh.walking import PostingList, Walk

_KEPT = 16  # posting lists
_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.int32)


class Documents(base.PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks of documents."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._exact = {
            name: lengths for stream in segment.streams.values() for name, lengths in stream.field_lengths.items()
        }
        self._lengths = lru_cache(None)(lambda field: self.lengths(field).data)

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
        lengths = self._lengths(fieldname)
        return int(lengths[docnum]) or default if len(lengths) else default

    def field_length(self, fieldname: str) -> int:
        return int(self._of(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(self.lengths(fieldname).min(initial=_LENGTHS[-1]))

    def max_field_length(self, fieldname: str) -> int:
        return int(self.lengths(fieldname).max(initial=0))

    def lengths(self, field: str) -> Array:
        """The length of a field in each document, as Whoosh rounds it; nothing where it has no words."""
        places = np.searchsorted(_LENGTHS, self._of(field))
        rounded: Array = _LENGTHS.take(places, mode="clip")
        return rounded

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        return {"stored": self._segment.stored(docnum)}

    def _of(self, field: str) -> Array:
        return np.empty(0, np.uint8) if field in FACETS else self._exact.get(field, np.empty(0, np.uint8))


class Terms(base.TermsReader):  # type: ignore[misc]
    """What Whoosh asks of terms."""

    def __init__(self, segment: Segment, documents: DocumentKind) -> None:
        self._segment = segment
        self._documents = Documents(segment)
        self._schema = schema(documents)
        self._names = sorted(name for name, field in self._schema.items() if field.format is not None)
        self._list = lru_cache(_KEPT)(self._read)
        self._values = lru_cache(None)(self._read_values)
        self._text = lru_cache(None)(self._text_field)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._list(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return [name for name in self._names if next(self._from(name, b""), None) is not None]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name in self._names[bisect_left(self._names, fieldname) :]:
            for word in self._from(name, prefix if name == fieldname else b""):
                yield name, word

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self._found(fieldname, text).term_info()

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Walk:
        return Walk(self._found(fieldname, text), (fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        return Cursor(lambda word: self._from(fieldname, word), lambda text: self.term_info(fieldname, text), fieldobj)

    def _found(self, field: str, word: bytes) -> PostingList:
        found = self._list(field, word)
        if found is None:
            raise KeyError((field, word))
        return found

    def _read(self, field: str, word: bytes) -> PostingList | None:
        if text := self._text(field):
            return text.postings(word)
        docs = numbers(self._holding(field, word))
        return PostingList(docs, np.ones(len(docs), np.float32)) if len(docs) else None

    def _text_field(self, name: str) -> TextField | None:
        """A field of words; None where a field has exact values."""
        for stream in self._segment.streams.values():
            if name in stream.stream.fields and FIELDS[name].kind == "text":
                return TextField(self._segment, stream, FIELDS[name], self._documents.lengths(name))
        return None

    def _holding(self, field: str, value: bytes) -> BitMap:
        """The documents with an exact value."""
        segment = self._segment
        if field == "id":
            places = segment.ids.all_of(value)
            return BitMap(sorted(segment.arrays["id_docs"][places.start : places.stop].tolist()))
        if field == "date":
            return bitmap(np.flatnonzero(segment.days == _day(value)))
        ordinal = segment.ordinal(field, value.decode("utf-8", "surrogatepass"))
        return BitMap() if ordinal is None else segment.docs_with([ordinal])

    def _from(self, field: str, word: bytes) -> Iterator[bytes]:
        """The terms of a field from one on, ascending."""
        if text := self._text(field):
            return text.words(word)
        values: list[bytes] = self._values(field)
        return iter(values[bisect_left(values, word) :])

    def _read_values(self, field: str) -> list[bytes]:
        """The exact values of a field, ascending."""
        segment = self._segment
        if field in FACETS:
            return segment.values.slice(*segment.facet_range(field))
        if field == "id":
            return segment.ids.slice(0, len(segment.ids))
        days = np.unique(segment.days[segment.days != NEVER]).tolist() if field == "date" else []
        return [date.fromordinal(day).isoformat().encode() for day in days]


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks over the terms of a field; `words` gives those from one on."""

    def __init__(
        self, words: Callable[[bytes], Iterator[bytes]], info: Callable[[bytes], TermInfo], field: Any
    ) -> None:
        self._words = words
        self._info = info
        self._field = field
        self.first()

    def first(self) -> str | None:
        return self._go(b"")

    def find(self, string: str | bytes) -> str | None:
        return self._go(string if isinstance(string, bytes) else self._field.to_bytes(string))

    def next(self) -> str | None:
        self._at = next(self._rest, None)
        return self.text()

    def text(self) -> str | None:
        return None if self._at is None else str(self._field.from_bytes(self._at))

    def term_info(self) -> TermInfo | None:
        return None if self._at is None else self._info(self._at)

    def is_valid(self) -> bool:
        return self._at is not None

    def _go(self, word: bytes) -> str | None:
        self._rest = self._words(word)
        return self.next()


def _day(value: bytes) -> int:
    try:
        return day_number(value.decode())
    except ValueError:
        return -1
