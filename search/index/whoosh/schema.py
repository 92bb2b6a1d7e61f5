"""The field table as Whoosh schemas: one for articles, one for quotes, so that neither pays for the other.

Postings are kept by *folded word*, not by stem: words, prefixes and misspellings are then all answered exactly from
one set of postings, a stem being the union of the few words that share it (`words.py` keeps that dictionary).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from whoosh import fields, formats

from search.analysis import forms, surfaces
from search.fields import DEFAULT_FIELDS, FIELDS, DocumentKind

#: Positions between two texts of one field: no phrase or window reaches across.
GAP = 10_000

#: The article that a quote stands in.
ARTICLE = "article"

_ONLY_ARTICLES = tuple(name for name in DEFAULT_FIELDS["article"] if name != "headline")

Occurrences = dict[str, list[int]]


def analysed(texts: Iterable[str], stems: dict[str, str]) -> Occurrences:
    """Folded word -> positions, over all texts of a field; adds what each word is stemmed to to `stems`."""
    occurrences: Occurrences = {}
    position = 0
    for text in texts:
        for surface in surfaces(text):
            for form in forms(surface):
                if form.folded not in stems:
                    stems[form.folded] = form.term
                occurrences.setdefault(form.folded, []).append(position)
                position += 1
        position += GAP
    return occurrences


class PackedPositions(formats.Positions):  # type: ignore[misc]
    """Positions as 32-bit numbers, so that a block of postings is read as one array."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return [int(position) for position in np.frombuffer(valuestring, "<u4")]

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        return float(self.decode_frequency(valuestring))

    def combine(self, vs: Iterable[bytes]) -> bytes:
        return self.encode(sorted({position for v in vs for position in self.decode_positions(v)}))


class Words(fields.FieldType):  # type: ignore[misc]
    """Words with positions; its values are `Occurrences`, analysed beforehand."""

    def __init__(self) -> None:
        self.format = PackedPositions()
        self.scorable = True
        self.stored = False

    def index(self, value: Occurrences, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, positions in value.items():
            yield word.encode(), len(positions), float(len(positions)), array("I", positions).tobytes()


class Values(fields.FieldType):  # type: ignore[misc]
    """Exact values, unscored."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = False
        self.stored = False

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for text in value:
            yield text.encode(), 1, 1.0, b""


def words_field(name: str) -> str | None:
    """The Whoosh field that holds the words of a field; None where it has none."""
    kind = FIELDS[name].kind
    return name if kind == "text" else f"{name}_words" if kind in ("name", "code") else None


def fields_of(documents: DocumentKind) -> tuple[str, ...]:
    """The fields that this kind of document has."""
    return tuple(name for name in FIELDS if documents == "article" or name not in _ONLY_ARTICLES)


def schema(documents: DocumentKind) -> fields.Schema:
    """The Whoosh schema for one kind of document."""
    made: dict[str, object] = {}
    for name in fields_of(documents):
        if words := words_field(name):
            made[words] = Words()
        if FIELDS[name].stored:
            made[name] = fields.STORED()
        elif FIELDS[name].kind != "text":
            made[name] = Values()
    if documents == "quote":
        del made["stored"]
        made[ARTICLE] = Values()
    return fields.Schema(**made)
