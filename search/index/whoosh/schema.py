"""The field table as Whoosh schemas: one for articles, one for quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import fields, formats

from search.analysis import terms
from search.fields import FIELDS, DocumentKind

GAP = 1  # positions left out between two texts of one field: no phrase reaches across


class Words(fields.FieldType):  # type: ignore[misc]
    """Terms with positions; its values are texts. One without words leaves no gap."""

    def __init__(self, boost: float = 1.0) -> None:
        self.format = formats.Positions(field_boost=boost)
        self.scorable = True
        self.stored = False

    def index(self, value: str | Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, list[int]] = {}
        position = 0
        for text in (value,) if isinstance(value, str) else value:
            found = terms(text)
            for place, term in enumerate(found, position):
                places.setdefault(term, []).append(place)
            position += len(found) + GAP if found else 0
        for term, positions in sorted(places.items()):
            boosted = len(positions) * self.format.field_boost
            yield term.encode(), len(positions), boosted, self.format.encode(positions)

    def process_text(self, qstring: str, mode: str = "", **_: Any) -> Iterator[str]:
        return iter(terms(qstring))


class Values(fields.FieldType):  # type: ignore[misc]
    """Exact values, unscored."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = False
        self.stored = False

    def index(self, value: str | Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for text in (value,) if isinstance(value, str) else value:
            yield text.encode(), 1, 1.0, b""

    def process_text(self, qstring: str, mode: str = "", **_: Any) -> Iterator[str]:
        return iter((qstring,))


def schema(documents: DocumentKind) -> fields.Schema:
    """The Whoosh schema for one kind of document."""
    made: dict[str, object] = {}
    for field in FIELDS.values():
        if documents == "quote" and field.name in ("lead", "body"):
            continue
        if field.stored:
            made[field.name] = fields.STORED()
        else:
            made[field.name] = Words(field.boost) if field.kind == "text" else Values()
    return fields.Schema(**made)
