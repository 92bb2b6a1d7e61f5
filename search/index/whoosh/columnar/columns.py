"""Documents side by side: what is sent to the process that inverts them, in few pieces however many they are.

All texts are one run of UTF-8, stream after stream; all numbers are arrays. Nothing has to be taken apart again to be
looked through as a whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from search.fields import FACETS, DocumentKind
from search.index.documents import Document
from search.index.whoosh.columnar.days import NEVER, day_number
from search.index.whoosh.columnar.streams import Stream, streams_of


class Entry(NamedTuple):
    """A document, what is stored for it, and the article that owns it where that is another document."""

    documents: DocumentKind
    document: Document
    stored: bytes
    owner: str = ""


class Columns(NamedTuple):
    """Documents of one kind. Numbers are unsigned, of 32 bits.

    `run` holds the texts, a newline after each, and `text_sizes` the bytes of each without it; `field_values` how many
    of them belong to each field of each document, stream after stream. `facets` are the values of each facet, and
    `facet_counts` how many each document has; `days` are those of `days.day_number`.
    """

    run: bytes
    text_sizes: bytes
    field_values: tuple[bytes, ...]
    facets: tuple[list[str], ...]
    facet_counts: tuple[bytes, ...]
    ids: list[str]
    days: bytes
    stored: list[bytes]
    owners: list[str]


def columns_of(documents: DocumentKind, entries: Sequence[Entry]) -> Columns:
    """The columns of entries of this kind."""
    listed = [entry.document for entry in entries]
    texts: list[bytes] = []
    field_values: list[bytes] = []
    for stream in streams_of(documents):
        fields = _fields(stream, listed)
        field_values.append(_numbers(map(len, fields)))
        texts += map(str.encode, chain.from_iterable(fields))
    values = [list(map(itemgetter(facet), listed)) for facet in FACETS]
    return Columns(
        run=b"\n".join((*texts, b"")),
        text_sizes=_numbers(map(len, texts)),
        field_values=tuple(field_values),
        facets=tuple(list(chain.from_iterable(chosen)) for chosen in values),
        facet_counts=tuple(_numbers(map(len, chosen)) for chosen in values),
        ids=[document["id"][0] for document in listed],
        days=_numbers(day_number(days[0]) if (days := document["date"]) else NEVER for document in listed),
        stored=[entry.stored for entry in entries],
        owners=[entry.owner for entry in entries],
    )


def _fields(stream: Stream, documents: Iterable[Document]) -> list[tuple[str, ...]]:
    """The values of each of the stream's fields, document after document."""
    found = map(itemgetter(*stream.fields), documents)
    return list(found if len(stream.fields) == 1 else chain.from_iterable(found))


def _numbers(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()
