"""The word that was probably meant where the archive has none such, or hardly any.

Two neighbouring letters that changed places are one edit (optimal string alignment): nothing is mistyped more often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rapidfuzz.distance import OSA

from search import analysis
from search.fields import DEFAULT_FIELDS
from search.index.whoosh.columnar import expanding
from search.index.whoosh.columnar.segment import Segment

Check = Callable[[], None]

RARE = 3  # documents: a word of so few may be misspelt there too
_TIMES = 20  # how much more frequent a word spelt much like it must be


def nearest(segments: Sequence[Segment], fields: Sequence[str], text: str, check: Check) -> str | None:
    """The word that was probably meant by the first that the fields don't have, or None.

    The fewest edits (at most 2, 1 for short words), then what begins alike, for a first letter is seldom mistaken, then
    the most frequent. For a word that is hardly there, one edit away and far more frequent.
    """
    for token in analysis.tokens(text) if segments else ():
        held = sum(max(_held(segment, field, token.term) for field in fields) for segment in segments)
        if not held:
            return _nearest(segments, fields, token.folded, check)
        if held <= RARE and (meant := _more_frequent(segments, fields, token, held, check)):
            return meant
    return None


def _nearest(segments: Sequence[Segment], fields: Sequence[str], word: str, check: Check) -> str | None:
    words = _similar(segments, fields, word, 2 if len(word) > 4 else 1, check)
    edits = {other: OSA.distance(word, other) for other in words}
    nearest = min(words, key=lambda other: (edits[other], other[:1] != word[:1], -words[other], other), default=None)
    return nearest if nearest != word else None


def _more_frequent(
    segments: Sequence[Segment], fields: Sequence[str], token: analysis.Token, held: int, check: Check
) -> str | None:
    """The most frequent word one edit away, where it is far more frequent and no other form of this one."""
    words = _similar(segments, fields, token.folded, 1, check) if len(token.folded) > 4 else {}
    others = [word for word, count in words.items() if count >= _TIMES * held and analysis.terms(word) != [token.term]]
    return min(others, key=lambda other: (-words[other], other), default=None)


def _similar(
    segments: Sequence[Segment], fields: Sequence[str], word: str, distance: int, check: Check
) -> dict[str, int]:
    """The words within so many edits with the number of their documents."""
    defaults = DEFAULT_FIELDS[segments[0].documents]
    found: Counter[str] = Counter()
    for field in dict.fromkeys(None if f in defaults else f for f in fields):
        found.update(expanding.similar(segments, field, word, distance, check, OSA.distance).counts())
    return found


def _held(segment: Segment, field: str, term: str) -> int:
    """In how many documents of its stream a field's term is; fields that share a stream count alike."""
    stream = expanding.stream_for(segment, field)
    number = segment.terms.find(term.encode("utf-8", "surrogatepass"))
    index = None if stream is None or number is None else stream.find(number)
    return 0 if stream is None or index is None else stream.docs.size(index)
