"""Which fields share one stream of words.

The default fields of a kind of document are searched together nearly always, so their words stand in one stream, in
which each field is a zone: one list of postings for a word instead of one a field, and BM25F as its authors first
gave it, a weighted sum of the fields' frequencies in one score (Robertson, Zaragoza, Taylor: Simple BM25 Extension to
Multiple Weighted Fields, CIKM 2004). Every other text field has a stream of its own. The values of a facet are
documents of a small stream named as the facet, so that a name is found by its words once, not once an article.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.fields import DEFAULT_FIELDS, FIELDS, DocumentKind

TEXT = "text"

#: A frequency of 1 in a field of boost 1; boosts count in halves.
UNIT = 2


@dataclass(frozen=True, slots=True)
class Stream:
    """A name and its fields in the order in which they stand in a document, the longest last."""

    name: str
    fields: tuple[str, ...]

    def weight(self, field: str) -> int:
        """What one occurrence in the field adds to the frequency of a word."""
        return round(FIELDS[field].boost * UNIT)


def streams_of(documents: DocumentKind) -> tuple[Stream, ...]:
    """The streams of this kind of document, the default fields' first."""
    default = DEFAULT_FIELDS[documents]
    texts = tuple(field.name for field in FIELDS.values() if field.kind == "text")
    others = tuple(name for name in texts if name not in default and (documents == "article" or name != "lead"))
    return (Stream(TEXT, default), *(Stream(name, (name,)) for name in others if name != "body"))
