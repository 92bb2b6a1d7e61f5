"""A stream of a segment read back as postings with the numbers of the segment that it is merged into."""

from __future__ import annotations

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.bits import changes, within
from search.index.whoosh.columnar.encoding import Postings
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.postings import numbers, sizes_of, starts_of
from search.index.whoosh.columnar.renumbering import GONE, Old
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import Stream


class Parted:
    """The stream from the position `start` of the new segment on; `families` are the new segment's."""

    def __init__(self, stream: Stream, old: Old, start: int, families: Families) -> None:
        self._old = old
        self._reader = reader = old.segment.streams[stream.name]
        self._doc_starts = reader.doc_starts.astype(np.int64)
        self._extents = sizes_of(self._doc_starts)
        self._families = old.segment.families
        self._new_ranks = families.ranks[old.forms[self._families.order]]
        self.extents = self._extents[old.kept]
        self._shift = np.zeros(reader.size, np.int64)
        self._shift[old.kept] = start + starts_of(self.extents)[:-1] - self._doc_starts[old.kept]
        self.terms = old.terms[reader.terms]
        self.word_sizes = sizes_of(reader.positions.starts)
        self.gaps = self._moved(reader.gaps)
        self.zones = {field: self._moved(numbers(reader.zone(field) or BitMap())) for field in stream.fields[:-1]}

    def lengths(self, field: str) -> Array:
        """The lengths of a field of the documents that stay."""
        return self._reader.field_lengths[field][self._old.kept]

    def postings(self, first: int, end: int) -> Postings:
        """The postings of the new terms from `first` to `end`, deleted documents left out."""
        start, stop = np.searchsorted(self.terms, (first, end)).tolist()
        reader, word_sizes = self._reader, self.word_sizes[start:stop]
        sizes = sizes_of(reader.starts[start : stop + 1])
        docs = reader.docs.slice(start, stop, np.full(stop - start, reader.size))
        words, word_docs = self._words(start, stop, docs, starts_of(sizes))
        moved = self._old.docs[docs]
        first_words = changes(word_docs)
        first_words[starts_of(word_sizes)[:-1]] = True
        found = Postings(
            self.terms[start:stop],
            sizes,
            moved,
            reader.weight_lists.slice(start, stop),
            word_sizes,
            first_words,
            words + self._shift[word_docs],
            self._ranks(start, stop),
        )
        return _without(found, moved != GONE, self._old.docs[word_docs] != GONE)

    def _words(self, start: int, stop: int, docs: Array, starts: Array) -> tuple[Array, Array]:
        """The old positions of the words of some lists, and their old documents."""
        extents = self._extents[docs]
        ends = np.cumsum(extents)
        before = np.append(0, ends)[starts]
        positions = self._reader.positions
        places = positions.slice(start, stop, np.diff(before))
        is_long = np.repeat(positions.are_long(start, stop), self.word_sizes[start:stop])
        places += np.where(is_long, 0, np.repeat(before[:-1], self.word_sizes[start:stop]))
        posting = np.empty(len(places), np.int64)
        posting[~is_long] = np.searchsorted(ends, places[~is_long], "right")
        word_docs = np.empty(len(places), np.int64)
        word_docs[~is_long] = docs[posting[~is_long]]
        word_docs[is_long] = np.searchsorted(self._doc_starts, places[is_long], "right") - 1
        shift = self._doc_starts[docs] - (ends - extents)
        places[~is_long] += shift[posting[~is_long]]
        return places, word_docs

    def _ranks(self, start: int, stop: int) -> Array:
        """The new ranks of the words of some lists."""
        terms = self._reader.terms[start:stop]
        ranks = self._reader.ranks.slice(start, stop, self._families.widths(terms))
        ranks += np.repeat(self._families.starts[terms], self.word_sizes[start:stop])
        return self._new_ranks[ranks]

    def _moved(self, places: Array) -> Array:
        """Positions where they go; those in deleted documents left out."""
        docs = self._reader.docs_of(places)
        moved = places.astype(np.int64) + self._shift[docs]
        stay: Array = moved[self._old.docs[docs] != GONE]
        return stay


def _without(some: Postings, stay: Array, words_stay: Array) -> Postings:
    """Postings without those that go."""
    if stay.all():
        return some
    sizes = np.add.reduceat(stay, starts_of(some.sizes)[:-1], dtype=np.int64)
    word_sizes = np.add.reduceat(words_stay, starts_of(some.word_sizes)[:-1], dtype=np.int64)
    left = sizes > 0
    return Postings(
        some.terms[left],
        sizes[left],
        some.docs[stay],
        some.weights[stay],
        word_sizes[left],
        some.first[words_stay],
        some.positions[words_stay],
        some.ranks[words_stay],
    )


def joined(parts: list[Postings]) -> Postings:
    """The postings of several segments, whose documents and positions follow one another, as those of one."""
    terms, sizes, word_sizes = (_together(parts, name) for name in ("terms", "sizes", "word_sizes"))
    order = np.argsort(terms, kind="stable")
    firsts = np.flatnonzero(changes(terms[order]))
    postings, words = _gathered(sizes, order), _gathered(word_sizes, order)
    return Postings(
        terms[order][firsts],
        np.add.reduceat(sizes[order], firsts) if len(firsts) else firsts,
        _together(parts, "docs")[postings],
        _together(parts, "weights")[postings],
        np.add.reduceat(word_sizes[order], firsts) if len(firsts) else firsts,
        _together(parts, "first")[words],
        _together(parts, "positions")[words],
        _together(parts, "ranks")[words],
    )


def _together(parts: list[Postings], name: str) -> Array:
    return np.concatenate([getattr(part, name) for part in parts])


def _gathered(sizes: Array, order: Array) -> Array:
    """Where the members of lists of these sizes are, in another order of the lists."""
    chosen = sizes[order]
    found: Array = np.repeat(starts_of(sizes)[:-1][order], chosen) + within(chosen)
    return found
