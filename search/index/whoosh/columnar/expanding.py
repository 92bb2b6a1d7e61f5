"""The words that a prefix or a misspelt word stands for, over all segments; the most frequent where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from search.fields import DEFAULT_FIELDS
from search.index.whoosh.columnar.segment import Segment, StreamReader
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import TEXT

#: How many words a prefix and a fuzzy word stand for at most.
MOST_BEGINNING = 512
MOST_SIMILAR = 128

_CHUNK = 20_000
_WIDE = 0x80  # a byte from here on is part of a character that has two, three or four

Frequencies = Counter[bytes]


def stream_for(segment: Segment, field: str | None) -> StreamReader | None:
    """The stream that a field's words stand in."""
    if field is None or field in DEFAULT_FIELDS[segment.documents]:
        return segment.streams[TEXT]
    return segment.streams.get(field)


def beginning(segments: Sequence[Segment], field: str | None, prefix: str) -> Frequencies:
    """The words of a field that begin so, with the number of their documents."""
    found: Frequencies = Counter()
    if not prefix:
        return found
    for segment in segments:
        forms = segment.forms.beginning_with(_encoded(prefix))
        _count(found, segment, field, np.arange(forms.start, forms.stop))
    return found


def similar(
    segments: Sequence[Segment], field: str | None, word: str, distance: int, check: Callable[[], None]
) -> Frequencies:
    """The words of a field within so many edits, with the number of their documents."""
    found: Frequencies = Counter()
    for segment in segments:
        near: list[int] = []
        for numbers in _of_like_length(segment, word, distance):
            check()
            words = _texts(segment, numbers)
            matches = process.extract(word, words, scorer=Levenshtein.distance, score_cutoff=distance, limit=None)
            near += numbers[[at for _, _, at in matches]].tolist()
        _count(found, segment, field, np.array(sorted(near), np.int64))
    return found


def _of_like_length(segment: Segment, word: str, distance: int) -> Iterator[Array]:
    """Forms of as many bytes as the word has characters, give or take the edits; wide characters have up to four."""
    starts = segment.arrays["forms.starts"].astype(np.int64)
    lengths, most = np.diff(starts), len(word) + distance
    wide = np.searchsorted(starts, np.flatnonzero(segment.arrays["forms.blob"] >= _WIDE), "right") - 1
    like = lengths <= most
    like[wide] = lengths[wide] <= 4 * most
    numbers = np.flatnonzero(like & (lengths >= len(word) - distance))
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]


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


def _count(found: Frequencies, segment: Segment, field: str | None, forms: Array) -> None:
    stream = stream_for(segment, field)
    if stream is None or not len(forms):
        return
    sizes = form_sizes(segment, stream, forms)
    held = np.flatnonzero(sizes)
    if len(held):
        for text, size in zip(_texts(segment, forms[held]), sizes[held].tolist(), strict=True):
            found[text.encode("utf-8", "surrogatepass")] += size


def form_sizes(segment: Segment, stream: StreamReader, forms: Array) -> Array:
    """In about how many documents of a stream each of the forms is."""
    terms = segment.form_terms[forms]
    of_term = _sizes(stream.terms, stream.starts, terms)
    return np.where(segment.families.counts[terms] == 1, of_term, stream.form_sizes(forms))


def _sizes(keys: Array, starts: Array, wanted: Array) -> Array:
    """The sizes of the lists of the wanted keys; 0 for those that have none."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return np.where(keys[at] == wanted, np.diff(starts.astype(np.int64))[at], 0)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
