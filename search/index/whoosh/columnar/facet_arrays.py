"""The values of all facets of a segment, numbered together, and which documents have them.

One numbering for all facets, facet after facet and ascending within each, lets one pass count them all. Forward: the
ordinals of each document. Inverted: the documents of each ordinal, flat where they are few, a row of bits where they
are many: whichever is smaller.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np

from search.fields import FACETS
from search.index.whoosh.columnar.lexicon import lexicon_arrays
from search.index.whoosh.columnar.segmentfile import Array

_WORD = 64
_HALF = np.uint64(32)


def facet_arrays(
    values: Mapping[str, Mapping[str, int]], ordinals: Mapping[str, array[int]], counts: Mapping[str, array[int]]
) -> dict[str, Array]:
    """The arrays of the facets, from numbered values and, document by document, their numbers and how many."""
    listed: list[bytes] = []
    bases, columns, docs = [0], [], []
    for facet in FACETS:
        rank, ordered = _ranked(values[facet])
        count = np.array(counts[facet], np.int64)
        columns.append(rank[np.array(ordinals[facet], np.int64)] + bases[-1])
        docs.append(np.repeat(np.arange(len(count)), count))
        listed += ordered
        bases.append(len(listed))
    made = {"facet_bases": np.array(bases, np.uint32), **lexicon_arrays("values", listed)}
    size = len(counts[FACETS[0]])
    return made | column_arrays(np.concatenate(docs), np.concatenate(columns), size, len(listed))


def _ranked(values: Mapping[str, int]) -> tuple[Array, list[bytes]]:
    rank = np.zeros(len(values), np.int64)
    ordered = sorted(values)  # as their bytes in UTF-8 would be
    rank[np.array([values[value] for value in ordered], np.int64)] = np.arange(len(values))
    return rank, [value.encode() for value in ordered]


def column_arrays(docs: Array, ordinals: Array, size: int, values: int) -> dict[str, Array]:
    """Forward and inverted columns of `size` documents and `values` ordinals, from pairs in any order."""
    inverted = _ordered(ordinals, docs)
    counts = np.bincount(ordinals, minlength=values)
    dense = np.flatnonzero(counts > max(size // 32, 1))
    is_dense = np.zeros(values, bool)
    is_dense[dense] = True
    return {
        "facet_starts": np.concatenate([[0], np.cumsum(np.bincount(docs, minlength=size))]).astype(np.uint32),
        "facet_ordinals": _ordered(docs, ordinals).astype(np.uint16 if values <= 1 << 16 else np.uint32),
        "facet_counts": counts.astype(np.uint32),
        "facet_dense": dense.astype(np.uint32),
        "facet_rows": _rows(inverted, _bounds(counts), dense, size),
        "facet_docs": inverted[~np.repeat(is_dense, counts)].astype(np.uint32),
    }


def _ordered(keys: Array, numbers: Array) -> Array:
    """The numbers in the order of their keys, ascending where these are the same; both have at most 32 bits."""
    pairs = keys.astype(np.uint64) << _HALF
    pairs |= numbers.astype(np.uint64)
    pairs.sort()
    return pairs.astype(np.uint32)  # the lower half


def _bounds(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)])


def _rows(docs: Array, bounds: Array, dense: Array, size: int) -> Array:
    """A row of bits for each dense ordinal, one after the other: bit d says whether document d has it."""
    width = -(-size // _WORD) * _WORD
    rows = np.zeros((len(dense), width // 8), np.uint8)
    for row, ordinal in zip(rows, dense.tolist(), strict=True):
        bits = np.zeros(width, bool)
        bits[docs[bounds[ordinal] : bounds[ordinal + 1]]] = True
        row[:] = np.packbits(bits, bitorder="little")
    return rows.reshape(-1).view(np.uint64)
