"""The word that was probably meant where the archive has none such."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from search import analysis
from search.fields import DEFAULT_FIELDS
from search.index.whoosh.columnar import expanding
from search.index.whoosh.columnar.segment import Segment

Check = Callable[[], None]


def nearest(segments: Sequence[Segment], fields: Sequence[str], text: str, check: Check) -> str | None:
    """The word that was probably meant by the first that the fields don't have, or None.

    The fewest edits (at most 2, 1 for short words), then the most frequent.
    """
    for token in analysis.tokens(text) if segments else ():
        if not any(_knows(segment, field, token.term) for segment in segments for field in fields):
            return _nearest(segments, fields, token.folded, check)
    return None


def _nearest(segments: Sequence[Segment], fields: Sequence[str], word: str, check: Check) -> str | None:
    defaults = DEFAULT_FIELDS[segments[0].documents]
    found = expanding.Frequencies()
    for field in dict.fromkeys(None if f in defaults else f for f in fields):
        found += expanding.similar(segments, field, word, 2 if len(word) > 4 else 1, check)
    words = {form.decode("utf-8", "surrogatepass"): count for form, count in found.items()}
    nearest = min(words, key=lambda other: (Levenshtein.distance(word, other), -words[other], other), default=None)
    return nearest if nearest != word else None


def _knows(segment: Segment, field: str, term: str) -> bool:
    """Whether the field has the term."""
    stream = expanding.stream_for(segment, field)
    number = segment.terms.find(term.encode("utf-8", "surrogatepass"))
    return stream is not None and number is not None and stream.find(number) is not None
