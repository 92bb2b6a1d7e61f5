"""The postings of a stream, term after term, on their way into the arrays of a segment.

A term has its documents, its weight in each, its positions, and with each position the rank of the form that stands
there among the forms of the term. Positions are counted in a text of those documents alone that have the term: a rare
term's are small, however long the stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.postings import (
    ListsWritten,
    bitmap,
    narrow,
    packed_bitmap,
    sizes_of,
    starts_of,
)
from search.index.whoosh.columnar.ranks import RanksWritten
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.weights import WeightsWritten

#: Words that are encoded at once: what this takes of memory is about a hundred bytes for each.
AT_ONCE = 1 << 19

_MOST_SPLIT = 4096  # documents: longer lists are bitmaps where they hold a good part of all
_PART = 4
_POSITIONS_PER_CONTAINER = 16
_LEAST = 256
_CONTAINER = 1 << 16


@dataclass(frozen=True)
class Postings:
    """Some terms of a stream, ascending, with how many documents and words each has, and these one after the other.

    `first` says of each word whether its document has none of the term before it; `ranks` which form of its term it is.
    """

    terms: Array
    sizes: Array
    docs: Array
    weights: Array
    word_sizes: Array
    first: Array
    positions: Array
    ranks: Array


class Encoder:
    """Takes postings, terms ascending, and gives the arrays."""

    def __init__(self, name: str, doc_starts: Array, families: Families) -> None:
        self._name = name
        self._doc_starts = doc_starts.astype(np.int64)
        self._extents = sizes_of(doc_starts)
        self._families = families
        self._terms: list[Array] = [np.empty(0, np.uint32)]
        self._sizes: list[Array] = [np.empty(0, np.int64)]
        self._word_sizes: list[Array] = [np.empty(0, np.int64)]
        self._docs = ListsWritten(f"{name}.docs")
        self._positions = ListsWritten(f"{name}.positions")
        self._weights = WeightsWritten(f"{name}.weights")
        self._ranks = RanksWritten(f"{name}.ranks")

    def add(self, some: Postings) -> None:
        """Postings of terms after those added before."""
        if not len(some.terms):
            return
        self._terms.append(some.terms)
        self._sizes.append(some.sizes)
        self._word_sizes.append(some.word_sizes)
        documents = len(self._extents)
        is_long = (some.sizes > _MOST_SPLIT) & (some.sizes * _PART > documents)
        self._docs.add(some.sizes, some.docs, np.full(len(some.terms), documents), is_long)
        self._weights.add(some.sizes, some.weights)
        self._add_positions(some)
        self._ranks.add(some.word_sizes, some.ranks, self._families.widths(some.terms))

    def arrays(self, form_sizes: Array) -> dict[str, Array]:
        """The arrays of all that was added, in which each form stands so often."""
        name, families = self._name, self._families
        several = np.flatnonzero((form_sizes > 0) & (families.counts[families.form_terms] > 1))
        return {
            f"{name}.terms": np.concatenate(self._terms).astype(np.uint32),
            f"{name}.starts": starts_of(np.concatenate(self._sizes)).astype(np.uint32),
            f"{name}.word_starts": starts_of(np.concatenate(self._word_sizes)).astype(np.uint32),
            **self._docs.arrays(),
            **self._positions.arrays(),
            **self._weights.arrays(),
            **self._ranks.arrays(),
            f"{name}.forms": packed_bitmap(bitmap(several)),
            f"{name}.form_sizes": narrow(form_sizes[several]),
        }

    def _add_positions(self, some: Postings) -> None:
        posting = np.cumsum(some.first) - 1
        extents = self._extents[some.docs]
        before = np.cumsum(extents) - extents
        bases = before[starts_of(some.sizes)[:-1]]
        shift = before - np.repeat(bases, some.sizes) - self._doc_starts[some.docs]
        universes = np.append(bases[1:], before[-1] + extents[-1]) - bases
        longest = max(_LEAST, _POSITIONS_PER_CONTAINER * -(-int(self._doc_starts[-1]) // _CONTAINER))
        is_long = some.word_sizes > longest
        shift[np.repeat(is_long, some.sizes)] = 0
        kept = shift[posting]
        kept += some.positions
        self._positions.add(some.word_sizes, kept, universes, is_long)


def spans(word_sizes: Array, at_once: int = AT_ONCE) -> Iterator[slice]:
    """Lists of about so many words together, at least one."""
    ends = np.cumsum(word_sizes)
    start = 0
    while start < len(ends):
        before = ends[start - 1] if start else 0
        end = max(int(np.searchsorted(ends, before + at_once)), start + 1)
        yield slice(start, end)
        start = end
