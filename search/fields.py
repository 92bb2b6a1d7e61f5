"""The field table: what of an article and of a quote is indexed, how, and what a reader may ask for by name.

Documents, engines, the query parser, facets and `/help` all read this one table. Its fingerprint is kept with
every index, so that an index made from another table is rebuilt, not misread.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "name", "code", "date", "id"]
DocumentKind = Literal["article", "quote"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    text: analysed words with positions. name: exact values that are also searched by their words (a person, a place).
    code: exact values (topic codes) whose labels are searched by their words. date: an ISO day. id: one exact value.
    """

    name: str
    kind: Kind
    boost: float = 1.0
    facet: bool = False
    stored: bool = False
    queryable: bool = True


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("id", "id", queryable=False),
        Field("headline", "text", boost=3.0),
        Field("lead", "text", boost=1.5),
        Field("body", "text"),
        Field("said", "text"),
        Field("speaker", "name", facet=True),
        Field("role", "text"),
        Field("topic", "code", facet=True),
        Field("sector", "code", facet=True),
        Field("place", "name", facet=True),
        Field("agency", "name", facet=True),
        Field("date", "date"),
        Field("stored", "id", stored=True, queryable=False),
    )
}

#: The facets, in the order in which pages show them.
FACETS: tuple[str, ...] = tuple(field.name for field in FIELDS.values() if field.facet)

#: The fields that a word without a field name is looked for in, by kind of document.
DEFAULT_FIELDS: dict[DocumentKind, tuple[str, ...]] = {"article": ("headline", "lead", "body"), "quote": ("said",)}

#: What `field:` may name in a query.
QUERY_FIELDS: tuple[str, ...] = tuple(field.name for field in FIELDS.values() if field.queryable)


def fingerprint() -> str:
    """Twelve hexadecimal digits that change whenever the table does."""
    return hashlib.sha256(repr(sorted(FIELDS.items())).encode()).hexdigest()[:12]
