"""One stream of words -> its arrays: what `encoding` makes of its words by term, and how long documents are.

All words of a segment's stream are numbered one after the other, a position left out after each value, so that no
phrase runs from one value into the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

from search.index.whoosh.columnar.bits import changes
from search.index.whoosh.columnar.encoding import Encoder, Postings, spans
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.postings import bitmap, narrow, packed_bitmap, starts_of
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import Stream
from search.index.whoosh.columnar.weights import MOST

_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)


class Tokens(NamedTuple):
    """The words of a stream in order: the form of each; words by value; values by document and field."""

    forms: Array
    value_sizes: Array
    field_values: Array


class _Order(Protocol):
    @property
    def form_rank(self) -> Array: ...
    @property
    def term_of_form(self) -> Array: ...


class _Layout(NamedTuple):
    """Which value each word is of; the document and field of each value; where each document begins."""

    values: Array
    docs: Array
    fields: Array
    doc_starts: Array
    gaps: Array


def stream_arrays(stream: Stream, tokens: Tokens, order: _Order, families: Families) -> dict[str, Array]:
    """The arrays of a stream of a batch of documents."""
    layout = _layout(stream, tokens)
    encoder = Encoder(stream.name, layout.doc_starts, families)
    for postings in _postings(stream, tokens, layout, order, families):
        encoder.add(postings)
    made = encoder.arrays()
    made[f"{stream.name}.doc_starts"] = layout.doc_starts.astype(np.uint32)
    made[f"{stream.name}.gaps"] = packed_bitmap(bitmap(layout.gaps))
    return made | _field_arrays(stream, tokens, layout)


def _layout(stream: Stream, tokens: Tokens) -> _Layout:
    sizes = tokens.value_sizes.astype(np.int64)
    values_of_doc = tokens.field_values.sum(1, dtype=np.int64)
    value_starts = starts_of(sizes + 1)
    fields = np.tile(np.arange(len(stream.fields), dtype=np.uint8), len(values_of_doc))
    return _Layout(
        values=np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes),
        docs=np.repeat(np.arange(len(values_of_doc), dtype=np.uint32), values_of_doc),
        fields=np.repeat(fields, tokens.field_values.ravel()),
        doc_starts=value_starts[starts_of(values_of_doc)],
        gaps=value_starts[1:] - 1,
    )


def _postings(stream: Stream, tokens: Tokens, layout: _Layout, order: _Order, families: Families) -> Iterator[Postings]:
    """The words sorted by term, some terms at a time."""
    of_form = order.term_of_form[order.form_rank].astype(np.uint64) << _HIGH
    keys = of_form[tokens.forms]
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    firsts = np.flatnonzero(changes(keys >> _HIGH))
    starts = np.append(firsts, len(keys))
    rank_of_form = families.ranks[order.form_rank]
    boosts = np.array([stream.weight(field) for field in stream.fields], np.int64)[layout.fields]
    for span in spans(np.diff(starts)):
        bounds = starts[span.start : span.stop + 1] - starts[span.start]
        chosen = keys[starts[span.start] : starts[span.stop]]
        words = (chosen & _LOW).astype(np.int64)
        values = layout.values[words]
        yield _grouped(
            (chosen[bounds[:-1]] >> _HIGH).astype(np.uint32),
            bounds,
            layout.docs[values],
            boosts[values],
            words + values,
            rank_of_form[tokens.forms[words]],
        )


def _grouped(terms: Array, bounds: Array, docs: Array, boosts: Array, positions: Array, ranks: Array) -> Postings:
    """Words grouped into postings, from the document, boost, position and rank of each."""
    first = changes(docs)
    first[bounds[:-1]] = True
    postings = np.flatnonzero(first)
    weights = np.minimum(np.add.reduceat(boosts, postings), MOST).astype(np.uint8)
    sizes = np.diff(np.searchsorted(postings, bounds))
    return Postings(terms, sizes, docs[postings], weights, np.diff(bounds), first, positions, ranks)


def _field_arrays(stream: Stream, tokens: Tokens, layout: _Layout) -> dict[str, Array]:
    """The length of each field of each document, and the zone of each field but the last in a stream of several."""
    words = starts_of(tokens.value_sizes)
    ends = np.cumsum(tokens.field_values.ravel(), dtype=np.int64)
    lengths = np.diff(words[np.concatenate([[0], ends])]).reshape(tokens.field_values.shape)
    made = {f"{name}.lengths": narrow(lengths[:, i]) for i, name in enumerate(stream.fields)}
    for i, name in enumerate(stream.fields[:-1]):
        inside = np.flatnonzero((layout.fields == i)[layout.values])
        made[f"{name}.zone"] = packed_bitmap(bitmap(inside + layout.values[inside]))
    return made
