"""The words that a prefix or a misspelt word stands for, over all segments; the most frequent where they are many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import count

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from search.analysis import FIRST_UNSPACED
from search.fields import DEFAULT_FIELDS
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_reader import StreamReader
from search.index.whoosh.columnar.streams import TEXT
from search.query.nodes import Where

#: How many words a prefix, a fuzzy word and a character stand for at most.
MOST_BEGINNING = 512
MOST_SIMILAR = 128
MOST_HAVING = 8192

_CHUNK = 20_000
_LETTER = 31  # the bits of a byte that tell letters apart
_WIDE = 0x80  # a byte from here on is part of a character that has two, three or four

#: The numbers of some words in each segment.
Expansion = Mapping[Segment, Array]


class Frequencies:
    """Words of a field over all segments, with the number of their documents."""

    def __init__(self, field: str | None) -> None:
        self._field = field
        self._words: list[str] = []
        self._first: dict[str, int] = {}  # where each stands first among the words
        self._found: dict[Segment, tuple[Array, Array]] = {}  # their numbers there, and where each stands first
        self._sizes: list[Array] = []

    def __len__(self) -> int:
        return len(self._first)

    def add(self, segment: Segment, forms: Array) -> None:
        """Count those of the forms that the field has; of each segment once."""
        stream = stream_for(segment, self._field)
        sizes = np.zeros(len(forms), np.int64) if stream is None else form_sizes(segment, stream, forms)
        held = np.flatnonzero(sizes)
        words = _texts(segment, forms[held]) if len(held) else []
        places = map(self._first.setdefault, words, count(len(self._words)))
        self._found[segment] = forms[held], np.fromiter(places, np.int64, len(words))
        self._words += words
        self._sizes.append(sizes[held])

    def counts(self) -> dict[str, int]:
        """The words with their counts."""
        totals = self._totals()
        return {word: int(totals[place]) for word, place in self._first.items()}

    def most_frequent(self, most: int) -> Expansion:
        """The most frequent of the words, of equals the first in the alphabet."""
        totals = self._totals()
        chosen = np.flatnonzero(totals)
        if len(chosen) > most:
            likely = chosen[totals[chosen] >= np.partition(totals[chosen], -most)[-most]].tolist()
            chosen = np.array(nsmallest(most, likely, key=lambda place: (-totals[place], self._words[place])))
        wanted = np.zeros(len(totals), np.bool_)
        wanted[chosen] = True
        return {segment: forms[wanted[places]] for segment, (forms, places) in self._found.items()}

    def _totals(self) -> Array:
        """The count of each word where it stands first, 0 elsewhere."""
        places = [np.empty(0, np.int64), *(places for _, places in self._found.values())]
        sizes = np.concatenate([np.empty(0), *self._sizes])
        return np.bincount(np.concatenate(places), sizes, len(self._words))


def stream_for(segment: Segment, field: str | None) -> StreamReader | None:
    """The stream that a field's words stand in."""
    if field is None or field in DEFAULT_FIELDS[segment.documents]:
        return segment.streams[TEXT]
    return segment.streams.get(field)


def beginning(segments: Sequence[Segment], field: str | None, prefix: str) -> Frequencies:
    """The words of a field that begin so."""
    found = Frequencies(field)
    for segment in segments:
        forms = segment.forms.beginning_with(prefix.encode("utf-8", "surrogatepass")) if prefix else range(0)
        found.add(segment, np.arange(forms.start, forms.stop))
    return found


def having(
    segments: Sequence[Segment], field: str | None, character: str, where: Where, check: Callable[[], None]
) -> Frequencies:
    """The words of Han, Kana or Hangul in a field that have a character, anywhere or as their first or last."""
    found = Frequencies(field)
    for segment in segments:
        check()
        first = segment.forms.first(FIRST_UNSPACED.encode())
        starts = segment.arrays["forms.starts"][first:].astype(np.int64)
        written = segment.arrays["forms.blob"][starts[0] :].tobytes()
        spans = [match.span() for match in re.finditer(re.escape(character.encode()), written)]
        begins, ends = np.array(spans, np.int64).reshape(-1, 2).T + starts[0]
        forms = np.searchsorted(starts, begins, "right") - 1
        if where != "anywhere":
            forms = forms[starts[forms] == begins if where == "first" else starts[forms + 1] == ends]
        found.add(segment, first + np.unique(forms))
    return found


def similar(
    segments: Sequence[Segment],
    field: str | None,
    word: str,
    distance: int,
    check: Callable[[], None],
    edits: Callable[..., int] = Levenshtein.distance,
) -> Frequencies:
    """The words of a field within so many edits; `edits` says what is one."""
    found = Frequencies(field)
    for segment in segments:
        near: list[int] = []
        for numbers in _like(segment, word, distance):
            check()
            words = _texts(segment, numbers)
            matches = process.extract(word, words, scorer=edits, score_cutoff=distance, limit=None)
            near += numbers[[at for _, _, at in matches]].tolist()
        found.add(segment, np.array(sorted(near), np.int64))
    return found


def _like(segment: Segment, word: str, distance: int) -> Iterator[Array]:
    """Forms that may lie within the edits, told by bytes alone, some at a time.

    They have as many bytes as the word has characters, give or take the edits, and an edit brings and takes one letter
    at most. Of forms with wide characters, which have up to four bytes, the length alone is looked at.
    """
    starts, blob = segment.arrays["forms.starts"].astype(np.int64), segment.arrays["forms.blob"]
    lengths, most = np.diff(starts), len(word) + distance
    wide = np.zeros(len(lengths), np.bool_)
    wide[np.searchsorted(starts, np.flatnonzero(blob >= _WIDE), "right") - 1] = True
    like = (lengths >= len(word) - distance) & (lengths <= np.where(wide, 4 * most, most))
    numbers = np.flatnonzero(like)
    if word.isascii() and len(numbers):
        own = np.bitwise_or.reduce(_bits(np.frombuffer(word.encode(), np.uint8)))
        others = np.bitwise_count(_letters(blob, starts, numbers) ^ own)
        numbers = numbers[wide[numbers] | (others <= 2 * distance)]
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]


def _letters(blob: Array, starts: Array, numbers: Array) -> Array:
    """Which letters each of the forms has."""
    first, last = starts[numbers[0]], starts[numbers[-1] + 1]
    bounds = np.stack([starts[numbers], starts[numbers + 1]], axis=1).ravel() - first
    letters: Array = np.bitwise_or.reduceat(_bits(blob[first:last]), bounds[:-1])[::2]
    return letters


def _bits(letters: Array) -> Array:
    """A bit for each letter; some share one."""
    bits: Array = np.left_shift(np.uint32(1), letters & _LETTER, dtype=np.uint32)
    return bits


def _texts(segment: Segment, numbers: Array) -> list[str]:
    """The forms of ascending numbers; those of plain letters are decoded all at once."""
    starts = segment.arrays["forms.starts"].astype(np.int64)
    first, last = int(starts[numbers[0]]), int(starts[numbers[-1] + 1])
    written = segment.arrays["forms.blob"][first:last].tobytes()
    bounds = zip((starts[numbers] - first).tolist(), (starts[numbers + 1] - first).tolist(), strict=True)
    if written.isascii():
        text = written.decode("ascii")
        return [text[start:end] for start, end in bounds]
    return [written[start:end].decode("utf-8", "surrogatepass") for start, end in bounds]


def form_sizes(segment: Segment, stream: StreamReader, forms: Array) -> Array:
    """In about how many documents of a stream each of the forms is."""
    terms = segment.form_terms[forms]
    _, of_term = stream.find_all(terms)
    return np.where(segment.families.counts[terms] == 1, of_term, stream.form_sizes(forms))
