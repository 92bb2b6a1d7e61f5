"""One field of a stream of words, counted as Whoosh counts: each field of a document from its own beginning on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache

import numpy as np
from pyroaring import BitMap

from search.fields import Field
from search.index.whoosh.columnar.bits import changes
from search.index.whoosh.columnar.postings import numbers, sizes_of, starts_of
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_reader import StreamReader
from search.index.whoosh.columnar.weights import MOST
from search.index.whoosh.schema import GAP
from search.index.whoosh.walking import PostingList

_BLOCK = 1 << 10  # terms that are looked at together
_UNKNOWN = 1 << 62


class TextField:
    """The terms of a field and where they stand. `lengths` are the field's, as Whoosh rounds them."""

    def __init__(self, segment: Segment, stream: StreamReader, field: Field, lengths: Array) -> None:
        self._segment = segment
        self._stream = stream
        self._name = field.name
        self._boost = field.boost
        self._lengths = lengths
        self._fields = stream.stream.fields
        self._held = lru_cache(None)(self._held_of)

    def words(self, first: bytes) -> Iterator[bytes]:
        """The terms from one on, ascending."""
        start = bisect_left(self._words, first)
        if len(self._fields) == 1:
            return iter(self._words[start:])
        blocks = range(start // _BLOCK, -(-len(self._words) // _BLOCK))
        return (self._words[index] for block in blocks for index in self._held(block) if index >= start)

    def postings(self, word: bytes) -> PostingList | None:
        """The documents of a term, or None."""
        stream, term = self._stream, self._segment.terms.find(word)
        index = None if term is None else stream.find(term)
        if index is None:
            return None
        places = numbers(self._inside(stream.place_bits(index)))
        return self._grouped(places) if len(places) else None

    def _grouped(self, places: Array) -> PostingList:
        of_place = self._stream.docs_of_ascending(places)
        starts = np.append(np.flatnonzero(changes(of_place)), len(places))
        docs = of_place[starts[:-1]]
        weights = (np.diff(starts) * self._boost).astype(np.float32)
        positions = (self._counted(places) - self._starts[of_place]).astype(np.int32)
        return PostingList(docs, weights, self._lengths[docs], positions, starts)

    @cached_property
    def _starts(self) -> Array:
        """Where the field begins in each document: after the fields before it, which have one text each."""
        starts = self._counted(self._stream.doc_starts[:-1])
        for before in self._fields[: self._fields.index(self._name)]:
            lengths = self._stream.field_lengths[before]
            starts += lengths + GAP * (lengths > 0)
        return starts

    def _counted(self, places: Array) -> Array:
        """Places in the stream without those that texts without words take: they have no positions in Whoosh."""
        counted: Array = places.astype(np.int64) - np.searchsorted(self._wordless, places)
        return counted

    @cached_property
    def _wordless(self) -> Array:
        """The places after texts without words."""
        gaps = self._stream.gaps
        wordless: Array = gaps[np.diff(gaps.astype(np.int64), prepend=-1) == GAP]
        return wordless

    @cached_property
    def _words(self) -> list[bytes]:
        """The terms of the stream: those of the field are among them."""
        return [self._segment.terms[term] for term in self._stream.terms.tolist()]

    def _held_of(self, block: int) -> list[int]:
        """Which of some terms of the stream stand in this field: what weighs least stands in the last one alone.

        Positions are read only where weights don't tell.
        """
        stream, start, end = self._stream, block * _BLOCK, min((block + 1) * _BLOCK, len(self._words))
        words = sizes_of(stream.positions.starts[start : end + 1])
        firsts = starts_of(sizes_of(stream.starts[start : end + 1]))[:-1]
        weights = stream.weight_lists.slice(start, end)
        more = np.add.reduceat(weights, firsts, dtype=np.int64) - words * stream.stream.weight(self._fields[-1])
        more[np.maximum.reduceat(weights, firsts) == MOST] = _UNKNOWN
        known, held = (more < words, True) if self._name == self._fields[-1] else (more == 0, False)
        told = enumerate(known.tolist(), start)
        return [index for index, tells in told if (held if tells else bool(self._inside(stream.place_bits(index))))]

    def _inside(self, places: BitMap) -> BitMap:
        """Those of the places in the stream that lie in this field."""
        return places - self._elsewhere if self._name == self._fields[-1] else places & self._zone

    @cached_property
    def _zone(self) -> BitMap:
        return self._stream.zone(self._name) or BitMap()

    @cached_property
    def _elsewhere(self) -> BitMap:
        """The places of all fields but the last."""
        return BitMap.union(BitMap(), *(self._stream.zone(field) or BitMap() for field in self._fields[:-1]))
