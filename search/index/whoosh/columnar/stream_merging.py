"""One stream of several segments -> the arrays of one: lists one after the other, merged for all terms at once."""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.gaps import gap_arrays
from search.index.whoosh.columnar.parting import Words, taken_apart
from search.index.whoosh.columnar.postings import bitmap
from search.index.whoosh.columnar.renumbering import Old
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_arrays import (
    changes,
    docs_arrays,
    narrow,
    packed,
    position_arrays,
    starts_of,
)
from search.index.whoosh.columnar.streams import Stream

_HIGH = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def merged_stream(stream: Stream, olds: list[Old], size: int, form_terms: Array) -> dict[str, Array]:
    """The arrays of a stream of all segments; `size` documents stay."""
    name = stream.name
    taken: list[Words] = []
    extents: list[Array] = []
    end = 0
    for old in olds:
        extent, words = taken_apart(stream, old, end, form_terms)
        extents.append(extent)
        taken.append(words)
        end += int(extent.sum())
    starts = starts_of(np.concatenate(extents))
    made = _postings(name, taken, starts, size) | _forms(stream.name, taken)
    made[f"{name}.doc_starts"] = starts.astype(np.uint32)
    made[f"{name}.gaps"] = packed(bitmap(np.concatenate([words.gaps for words in taken])))
    for field in stream.fields:
        by_old = [old.segment.streams[name].field_lengths[field][old.kept] for old in olds]
        made[f"{field}.lengths"] = narrow(np.concatenate(by_old))
    for field in stream.fields[:-1]:
        made[f"{field}.zone"] = packed(bitmap(np.concatenate([words.zones[field] for words in taken])))
    return made


def _postings(name: str, taken: list[Words], doc_starts: Array, size: int) -> dict[str, Array]:
    terms = np.concatenate([words.terms for words in taken])
    order = np.argsort(terms, kind="stable")  # runs that ascend already: merged, not sorted
    by_term = terms[order]
    starts = np.append(np.flatnonzero(changes(by_term)), len(by_term)).astype(np.uint32)
    docs = np.concatenate([words.docs for words in taken])[order]
    frequencies = np.concatenate([words.frequencies for words in taken])[order]
    made = {
        f"{name}.terms": by_term[starts[:-1]],
        f"{name}.starts": starts,
        f"{name}.frequencies": frequencies,
        **docs_arrays(f"{name}.docs", starts, docs, size),
    }
    word_terms = np.concatenate([words.word_terms for words in taken])
    order = np.argsort(word_terms, kind="stable")
    positions = np.concatenate([words.positions for words in taken])[order].astype(np.int64)
    word_docs = np.concatenate([words.word_docs for words in taken])[order]
    by_word = changes(word_terms[order])
    relative = ((positions - doc_starts[word_docs]) << 1) | (by_word | changes(word_docs))
    word_starts = np.append(np.flatnonzero(by_word), len(positions))
    made[f"{name}.position_starts"] = word_starts.astype(np.uint32)
    return made | position_arrays(f"{name}.positions", word_starts, positions, relative, int(doc_starts[-1]))


def _forms(name: str, taken: list[Words]) -> dict[str, Array]:
    keys = np.sort(np.concatenate([words.forms for words in taken]), kind="stable")
    forms, places = (keys >> _HIGH).astype(np.uint32), (keys & _LOW).astype(np.uint32)
    starts = np.append(np.flatnonzero(changes(forms)), len(keys)).astype(np.uint32)
    made = gap_arrays(f"{name}.form_docs", starts, places)
    return {f"{name}.forms": forms[starts[:-1]], f"{name}.form_starts": starts, **made}
