"""The postings of one stream of a segment, read from its map. Immutable, shared by all threads."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.bits import changes, within
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.postings import DocumentLists, Lists, bitmap, numbers, read_bitmap
from search.index.whoosh.columnar.ranks import Ranks
from search.index.whoosh.columnar.segmentfile import Array, SegmentFile
from search.index.whoosh.columnar.streams import UNIT, Stream
from search.index.whoosh.columnar.weights import Weights

_FEWER = 4  # times fewer documents than a term has: places are looked up for these alone


class StreamReader:
    """The postings of one stream."""

    def __init__(self, stream: Stream, file: SegmentFile, families: Families) -> None:
        arrays, name = file.arrays, stream.name
        self.stream = stream
        self.families = families
        self.terms = arrays[f"{name}.terms"]
        self._terms = self.terms.data
        self.starts = arrays[f"{name}.starts"]
        self.doc_starts = arrays[f"{name}.doc_starts"]
        self.docs = DocumentLists(f"{name}.docs", arrays, self.starts, self.size)
        self.positions = Lists(f"{name}.positions", arrays, arrays[f"{name}.word_starts"])
        self.weight_lists = Weights(f"{name}.weights", arrays, self.starts)
        self.ranks = Ranks(f"{name}.ranks", arrays, self.positions.starts)
        self.field_lengths = {field: arrays[f"{field}.lengths"] for field in stream.fields}
        self._gaps = arrays[f"{name}.gaps"].data
        self._form_bits = arrays[f"{name}.forms"].data
        self._form_sizes = arrays[f"{name}.form_sizes"]
        self._zones = {field: arrays[f"{field}.zone"].data for field in stream.fields[:-1]}

    @property
    def size(self) -> int:
        """How many documents the stream has."""
        return len(self.doc_starts) - 1

    def find(self, term: int) -> int | None:
        """Where the postings of a term are, or None."""
        at = bisect_left(self._terms, term)
        return at if at < len(self._terms) and self._terms[at] == term else None

    def find_all(self, terms: Array) -> tuple[Array, Array]:
        """Where the postings of each of the terms are, and of how many documents; of 0 where there are none."""
        if not len(self.terms):
            return np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
        at = np.searchsorted(self.terms, terms)
        at[at == len(self.terms)] = 0
        return at, np.where(self.terms[at] == terms, self.starts[1:][at] - self.starts[at], 0).astype(np.int64)

    @cached_property
    def _forms(self) -> Array:
        """The forms that stand in the stream, of terms that have several."""
        return numbers(read_bitmap(self._form_bits))

    def form_sizes(self, forms: Array) -> Array:
        """How often each of the forms stands in the stream."""
        places = np.searchsorted(self._forms, forms)
        places[places == len(self._forms)] = 0
        found = self._forms[places] == forms if len(self._forms) else np.zeros(len(forms), bool)
        return np.where(found, self._form_sizes[places], 0) if len(self._forms) else found.astype(np.int64)

    def places_of_forms(self, index: int, term: int, ranks: Array, known: Array) -> Array:
        """The positions of some forms of a term, told by their ranks among its forms, in documents not yet known.

        Where most of them are not, positions in others are among these.
        """
        docs = self.docs.numbers(index)
        lacking = docs[~known[docs]]
        if not len(lacking):
            return lacking
        places = self.places(index, docs)
        of: Array | slice = slice(None)
        if _FEWER * len(lacking) < len(docs):
            firsts, ends = np.searchsorted(places, [self.doc_starts[lacking], self.doc_starts[1:][lacking]])
            of = np.repeat(firsts, ends - firsts) + within(ends - firsts)
        wanted = np.zeros(self.families.counts[term], np.bool_)
        wanted[ranks] = True
        return places[of] if wanted.all() else places[of][wanted[self.ranks.read(index, self.families.width(term))[of]]]

    def weights(self, index: int) -> Array:
        """The weighted frequency in each document of a list, in `UNIT`s."""
        return self.weight_lists.read(index)

    def places(self, index: int, docs: Array | None = None) -> Array:
        """The positions of a term in the whole stream, ascending; `docs` are its documents, where they are known."""
        bits = self.positions.long(index)
        if bits is not None:
            return numbers(bits)
        docs = self.docs.numbers(index) if docs is None else docs
        starts = self.doc_starts[docs].astype(np.int64)
        extents = self.doc_starts[1:][docs] - starts
        ends = np.cumsum(extents)
        within = self.positions.short(index, int(ends[-1]))
        places: Array = within + (starts - ends + extents)[np.searchsorted(ends, within, "right")]
        return places

    def place_bits(self, index: int) -> BitMap:
        """The positions of a term in the whole stream."""
        return self.positions.long(index) or bitmap(self.places(index))

    def zone(self, field: str) -> BitMap | None:
        """The positions that belong to a field; None for the last field, which has the rest."""
        return read_bitmap(self._zones[field]) if field in self._zones else None

    def in_field(self, places: BitMap, field: str) -> BitMap:
        """Those of the places that lie in a field of the stream."""
        if (zone := self.zone(field)) is not None:
            return places & zone
        for other in self.stream.fields[:-1]:
            places = places - read_bitmap(self._zones[other])
        return places

    @property
    def gap_bits(self) -> BitMap:
        """The position after each value."""
        return read_bitmap(self._gaps)

    @property
    def gaps(self) -> Array:
        """The same as an array, ascending."""
        return numbers(self.gap_bits)

    def docs_of(self, places: Array) -> Array:
        """The document of each place."""
        return (np.searchsorted(self.doc_starts, places, "right") - 1).astype(np.uint32)

    def docs_of_ascending(self, places: Array) -> Array:
        """The document of each of the ascending places."""
        return np.repeat(*self.docs_counted(places))

    def docs_counted(self, places: Array) -> tuple[Array, Array]:
        """The documents of ascending places and how many each has: where they are many, documents are looked up."""
        if len(places) < self.size:
            docs = self.docs_of(places)
            firsts = np.flatnonzero(changes(docs))
            return docs[firsts], np.diff(firsts, append=len(docs))
        counts = np.diff(np.searchsorted(places, self.doc_starts))
        docs = np.flatnonzero(counts).astype(np.uint32)
        return docs, counts[docs]

    @cached_property
    def lengths(self) -> Array:
        """The length of each document in words of boost 1."""
        total = np.zeros(self.size, np.float32)
        for field, lengths in self.field_lengths.items():
            total += lengths * np.float32(self.stream.weight(field) / UNIT)
        return total
