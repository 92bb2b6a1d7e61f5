"""One stream of words -> its arrays: what `encoding` makes of its words by term, and how long documents are.

All words of a segment's stream are numbered one after the other, a position left out after each value, so that no
phrase runs from one value into the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from search.index.whoosh.columnar.bits import changes, within
from search.index.whoosh.columnar.encoding import Encoder, Postings, spans
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.postings import bitmap, narrow, packed_bitmap, starts_of
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import Stream
from search.index.whoosh.columnar.weights import MOST
from search.index.whoosh.columnar.word_keys import WordKeys, forms_of

_AT_ONCE = 1 << 22  # words that are sorted at once, eight bytes each
_BLOCK = 1 << 16


class Tokens(NamedTuple):
    """The words of a stream in order, as `words_of` gives them; words by value; values by document and field."""

    words: Array
    value_sizes: Array
    field_values: Array


class _Order(Protocol):
    @property
    def form_rank(self) -> Array: ...
    @property
    def term_of_form(self) -> Array: ...


class _Layout(NamedTuple):
    """The document and field of each value; where each document begins, and the position after each value."""

    docs: Array
    fields: Array
    doc_starts: Array
    gaps: Array


def stream_arrays(stream: Stream, tokens: Tokens, order: _Order, families: Families) -> dict[str, Array]:
    """The arrays of a stream of a batch of documents."""
    layout = _layout(stream, tokens)
    encoder = Encoder(stream.name, layout.doc_starts, families)
    form_sizes = np.zeros(len(families.order), np.int64)
    form_sizes[order.form_rank] = _counted(tokens.words, len(order.form_rank))
    sizes = np.add.reduceat(form_sizes[families.order], families.starts[:-1]) if len(form_sizes) else form_sizes
    for postings in _postings(stream, tokens, layout, order, families, sizes):
        encoder.add(postings)
    made = encoder.arrays(form_sizes)
    made[f"{stream.name}.doc_starts"] = layout.doc_starts.astype(np.uint32)
    made[f"{stream.name}.gaps"] = packed_bitmap(bitmap(layout.gaps))
    return made | _field_arrays(stream, tokens, layout)


def _layout(stream: Stream, tokens: Tokens) -> _Layout:
    sizes = tokens.value_sizes.astype(np.int64)
    values_of_doc = tokens.field_values.sum(1, dtype=np.int64)
    value_starts = starts_of(sizes + 1)
    fields = np.tile(np.arange(len(stream.fields), dtype=np.uint8), len(values_of_doc))
    return _Layout(
        docs=np.repeat(np.arange(len(values_of_doc), dtype=np.uint32), values_of_doc),
        fields=np.repeat(fields, tokens.field_values.ravel()),
        doc_starts=value_starts[starts_of(values_of_doc)],
        gaps=value_starts[1:] - 1,
    )


def _postings(
    stream: Stream, tokens: Tokens, layout: _Layout, order: _Order, families: Families, counts: Array
) -> Iterator[Postings]:
    """The words sorted by term, some terms at a time; `counts` is how many each has."""
    boosts = np.array([stream.weight(field) for field in stream.fields], np.uint8)
    keys = WordKeys(layout.docs, layout.fields, layout.doc_starts, families.ranks[order.form_rank])
    for sizes, found in _sorted(tokens.words, order.term_of_form[order.form_rank], counts, keys):
        terms = np.flatnonzero(sizes)
        starts = starts_of(sizes[terms])
        for span in spans(sizes[terms]):
            bounds = starts[span.start : span.stop + 1]
            docs, positions, fields, ranks = keys.read(found[bounds[0] : bounds[-1]])
            yield _grouped(
                terms[span].astype(np.uint32), bounds - bounds[0], docs, boosts.take(fields), positions, ranks
            )


def _counted(words: Array, forms: int) -> Array:
    """How many of the words are each form."""
    counts = np.zeros(forms, np.int64)
    for _, block in _blocks(words):
        counts += np.bincount(forms_of(block), minlength=forms)
    return counts


def _sorted(words: Array, term_of_form: Array, counts: Array, keys: WordKeys) -> Iterator[tuple[Array, Array]]:
    """How many words each term has, and the key of each word; some terms at a time.

    The keys ascend, so that the words stand term after term; of terms not yet or no longer looked at there are none.
    They are those of the next terms once these are asked for.
    """
    parts = list(_parts(counts, keys.most_terms))
    part_of_word = _parts_of(words, term_of_form, [part.stop - part.start for part in parts])
    room = np.empty(max((int(counts[part].sum()) for part in parts), default=0), np.uint64)
    for number, part in enumerate(parts):
        sizes, end = np.zeros_like(counts), 0
        sizes[part] = counts[part]
        of_form = keys.of_forms(term_of_form, part.start)
        for start, block in _blocks(words):
            places = np.flatnonzero(part_of_word[start : start + _BLOCK] == number)
            keys.write(block.take(places), places + start, of_form, room[end : end + len(places)])
            end += len(places)
        found = room[:end]
        found.sort()
        yield sizes, found


def _parts(counts: Array, most_terms: int) -> Iterator[slice]:
    """Terms of so many words, or not more than so many terms, together."""
    for part in spans(counts, _AT_ONCE):
        for start in range(part.start, part.stop, most_terms):
            yield slice(start, min(start + most_terms, part.stop))


def _parts_of(words: Array, term_of_form: Array, sizes: Sequence[int]) -> Array:
    """Which part each word belongs to, where so many terms, and so many after these, are parts."""
    part_of_form = narrow(np.repeat(np.arange(len(sizes)), sizes))[term_of_form]
    parts = np.empty(len(words), part_of_form.dtype)
    for start, block in _blocks(words):
        parts[start : start + _BLOCK] = part_of_form.take(forms_of(block))
    return parts


def _blocks(words: Array) -> Iterator[tuple[int, Array]]:
    """The words in order, as many at once as fit a processor's cache, and the place of the first."""
    for start in range(0, len(words), _BLOCK):
        yield start, words[start : start + _BLOCK]


def _grouped(terms: Array, bounds: Array, docs: Array, boosts: Array, positions: Array, ranks: Array) -> Postings:
    """Words grouped into postings, from the document, boost, position and rank of each."""
    first = changes(docs)
    first[bounds[:-1]] = True
    postings = np.flatnonzero(first)
    weights = np.minimum(np.add.reduceat(boosts, postings, dtype=np.int64), MOST).astype(np.uint8)
    sizes = np.diff(np.searchsorted(postings, bounds))
    return Postings(terms, sizes, docs[postings], weights, np.diff(bounds), first, positions, ranks)


def _field_arrays(stream: Stream, tokens: Tokens, layout: _Layout) -> dict[str, Array]:
    """The length of each field of each document, and the zone of each field but the last in a stream of several."""
    words = starts_of(tokens.value_sizes)
    ends = np.cumsum(tokens.field_values.ravel(), dtype=np.int64)
    lengths = np.diff(words[np.concatenate([[0], ends])]).reshape(tokens.field_values.shape)
    made = {f"{name}.lengths": narrow(lengths[:, i]) for i, name in enumerate(stream.fields)}
    for i, name in enumerate(stream.fields[:-1]):
        inside = np.flatnonzero(layout.fields == i)
        sizes = tokens.value_sizes[inside].astype(np.int64)
        made[f"{name}.zone"] = packed_bitmap(bitmap(np.repeat(layout.gaps[inside] - sizes, sizes) + within(sizes)))
    return made
