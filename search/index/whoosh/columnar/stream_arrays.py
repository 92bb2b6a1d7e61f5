"""One stream of words -> its postings: documents, weighted frequencies and positions by term, documents by form.

All words of a segment's stream are numbered one after the other, a position left out after each value, so that no
phrase runs from one value into the next. A word that is rare keeps its positions counted from the beginning of the
document, with the lowest bit set where a document begins; a common one keeps them as a bitmap over the whole stream.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.gaps import gap_arrays
from search.index.whoosh.columnar.postings import bitmap, list_arrays, longest_flat
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import Stream

_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)
_MOST = 255
DOCS_PER_CONTAINER = 4
POSITIONS_PER_CONTAINER = 16
_LEAST = 256  # shorter lists of two bytes a number are made bitmaps in microseconds, and no bitmap is smaller
_LEAST_WIDE = 16


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


class Layout(NamedTuple):
    """Where each word lies: document, position, field; and where each document begins and the last one ends."""

    docs: Array
    positions: Array
    fields: Array
    doc_starts: Array
    gaps: Array


def stream_arrays(stream: Stream, tokens: Tokens, order: _Order) -> dict[str, Array]:
    """The arrays of a stream of a batch of documents."""
    layout = _layout(stream, tokens)
    forms = order.form_rank[tokens.forms]
    terms = order.term_of_form[forms]
    made = _term_arrays(stream, terms, layout) | _form_arrays(stream, forms, terms, order, layout)
    made[f"{stream.name}.doc_starts"] = layout.doc_starts.astype(np.uint32)
    made[f"{stream.name}.gaps"] = packed(bitmap(layout.gaps))
    return made | _field_arrays(stream, tokens, layout)


def _layout(stream: Stream, tokens: Tokens) -> Layout:
    sizes = tokens.value_sizes.astype(np.int64)
    values_of_doc = tokens.field_values.sum(1, dtype=np.int64)
    value_docs = np.repeat(np.arange(len(values_of_doc)), values_of_doc)
    token_values = np.repeat(np.arange(len(sizes)), sizes)
    value_starts = starts_of(sizes + 1)
    fields = np.tile(np.arange(len(stream.fields), dtype=np.uint8), len(values_of_doc))
    return Layout(
        docs=value_docs[token_values].astype(np.uint32),
        positions=np.arange(len(token_values)) + token_values,
        fields=np.repeat(fields, tokens.field_values.ravel())[token_values],
        doc_starts=value_starts[starts_of(values_of_doc)],
        gaps=value_starts[1:] - 1,
    )


def starts_of(sizes: Array) -> Array:
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def _term_arrays(stream: Stream, terms: Array, layout: Layout) -> dict[str, Array]:
    name, weights = stream.name, np.array([stream.weight(field) for field in stream.fields], np.uint16)
    keys = np.sort((terms.astype(np.uint64) << _HIGH) | np.arange(len(terms), dtype=np.uint64))
    token = (keys & _LOW).astype(np.int64)
    by_term = (keys >> _HIGH).astype(np.uint32)
    docs, positions = layout.docs[token], layout.positions[token]
    new_term = changes(by_term)
    new_posting = new_term | changes(docs)
    postings = np.flatnonzero(new_posting)
    frequencies = (
        np.add.reduceat(weights[layout.fields[token]], postings, dtype=np.int64) if len(postings) else postings
    )
    term_starts = np.append(np.flatnonzero(new_term), len(token))
    starts = np.searchsorted(postings, term_starts).astype(np.uint32)
    posting_docs = docs[postings]
    relative = ((positions - layout.doc_starts[docs]) << 1) | new_posting
    return {
        f"{name}.terms": by_term[term_starts[:-1]],
        f"{name}.starts": starts,
        f"{name}.frequencies": np.minimum(frequencies, _MOST).astype(np.uint8),
        **docs_arrays(f"{name}.docs", starts, posting_docs, len(layout.doc_starts) - 1),
        f"{name}.position_starts": term_starts.astype(np.uint32),
        **position_arrays(f"{name}.positions", term_starts, positions, relative, int(layout.doc_starts[-1])),
    }


def docs_arrays(name: str, starts: Array, docs: Array, universe: int) -> dict[str, Array]:
    """Lists of documents, flat ones in two bytes a document where that is enough."""
    narrow_enough = universe <= 1 << 16
    flat = docs.astype(np.uint16 if narrow_enough else np.uint32)
    least = _LEAST if narrow_enough else _LEAST_WIDE
    return list_arrays(name, starts, docs, flat, longest_flat(universe, DOCS_PER_CONTAINER, least))


def position_arrays(name: str, starts: Array, positions: Array, relative: Array, universe: int) -> dict[str, Array]:
    """Lists of positions, flat ones relative and in two bytes where the documents are short enough."""
    flat = relative.astype(np.uint16 if not len(relative) or relative.max() < 1 << 16 else np.uint32)
    return list_arrays(name, starts, positions, flat, longest_flat(universe, POSITIONS_PER_CONTAINER, _LEAST))


def _form_arrays(stream: Stream, forms: Array, terms: Array, order: _Order, layout: Layout) -> dict[str, Array]:
    """The fields of documents (document * fields + field) with each form of a term that has several."""
    name, fields = stream.name, len(stream.fields)
    several = np.bincount(order.term_of_form)[terms] > 1 if len(terms) else np.zeros(0, bool)
    places = layout.docs[several].astype(np.uint64) * np.uint64(fields) + layout.fields[several]
    keys = distinct(np.sort((forms[several].astype(np.uint64) << _HIGH) | places))
    by_form, places = (keys >> _HIGH).astype(np.uint32), (keys & _LOW).astype(np.uint32)
    starts = np.append(np.flatnonzero(changes(by_form)), len(keys)).astype(np.uint32)
    made = gap_arrays(f"{name}.form_docs", starts, places)
    return {f"{name}.forms": by_form[starts[:-1]], f"{name}.form_starts": starts, **made}


def changes(values: Array) -> Array:
    """Whether each value differs from the one before; the first does."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def distinct(ordered: Array) -> Array:
    """Ascending numbers without repetitions."""
    kept: Array = ordered[changes(ordered)]
    return kept


def _field_arrays(stream: Stream, tokens: Tokens, layout: Layout) -> dict[str, Array]:
    """The length of each field of each document, and the zone of each field but the last in a stream of several."""
    words = starts_of(tokens.value_sizes)
    ends = np.cumsum(tokens.field_values.ravel(), dtype=np.int64)
    lengths = np.diff(words[np.concatenate([[0], ends])]).reshape(tokens.field_values.shape)
    made = {f"{name}.lengths": narrow(lengths[:, i]) for i, name in enumerate(stream.fields)}
    for i, name in enumerate(stream.fields[:-1]):
        made[f"{name}.zone"] = packed(bitmap(layout.positions[layout.fields == i]))
    return made


def packed(bits: BitMap) -> Array:
    """A bitmap as an array of bytes, runs kept as runs."""
    bits.run_optimize()
    return np.frombuffer(bits.serialize(), np.uint8)


def narrow(numbers: Array) -> Array:
    """The numbers in the smallest unsigned type that holds them."""
    largest = int(numbers.max()) if len(numbers) else 0
    return numbers.astype(np.uint8 if largest < 1 << 8 else np.uint16 if largest < 1 << 16 else np.uint32)
