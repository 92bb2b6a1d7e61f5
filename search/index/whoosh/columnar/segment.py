"""The arrays of one segment by their meaning. Immutable, shared by all threads."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from pyroaring import BitMap

from search.articles.identity import folded
from search.fields import FACETS, DocumentKind
from search.index.whoosh.columnar.bits import within
from search.index.whoosh.columnar.days import months_of
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.lexicon import lexicon_of
from search.index.whoosh.columnar.postings import bitmap
from search.index.whoosh.columnar.segmentfile import Array, SegmentFile
from search.index.whoosh.columnar.stored import decompressed
from search.index.whoosh.columnar.stream_reader import StreamReader
from search.index.whoosh.columnar.streams import Stream, streams_of


class Segment:
    """One segment of one kind of documents. `deleted` are the documents that no longer count."""

    def __init__(self, path: Path, documents: DocumentKind, deleted: BitMap | None = None) -> None:
        self.file = SegmentFile(path)
        self.documents = documents
        arrays = self.arrays = self.file.arrays
        self.days = arrays["days"]
        self.size = len(self.days)
        self.deleted = deleted or BitMap()
        self.terms = lexicon_of("terms", arrays)
        self.forms = lexicon_of("forms", arrays)
        self.form_terms = arrays["form_terms"]
        self.values = lexicon_of("values", arrays)
        self.facet_bases = arrays["facet_bases"].tolist()
        self.ids = lexicon_of("ids", arrays)
        self.owners = lexicon_of("owners", arrays)
        self._stored = arrays["stored.blob"].data
        self._stored_starts = arrays["stored.starts"].data
        self._facet_counts = arrays["facet_counts"].data
        self.families = Families(self.form_terms, len(self.terms))
        streams = (*streams_of(documents), *(Stream(facet, (facet,)) for facet in FACETS))
        self.streams = {stream.name: StreamReader(stream, self.file, self.families) for stream in streams}

    def without(self, deleted: BitMap) -> Segment:
        """The same segment with these documents deleted: it shares its map and all that was derived from it."""
        other = copy.copy(self)
        other.__dict__.pop("live", None)
        other.deleted = deleted
        return other

    @cached_property
    def live(self) -> BitMap:
        """The documents that count."""
        return BitMap(range(self.size)) - self.deleted

    @cached_property
    def months(self) -> Array:
        """The month of each document; 0 for undated ones."""
        return months_of(self.days)

    @cached_property
    def id_ranks(self) -> Array:
        """The place of each document among all in the order of their ids."""
        ranks = np.empty(self.size, np.uint32)
        ranks[self.arrays["id_docs"]] = np.arange(self.size, dtype=np.uint32)
        return ranks

    def find(self, document_id: bytes) -> int | None:
        """The live document of that id, or None."""
        return next(iter(self.with_id(document_id)), None)

    def with_id(self, document_id: bytes) -> list[int]:
        """The live documents of that id: several only until all versions but one are deleted."""
        return self._live("id_docs", self.ids.all_of(document_id))

    def owned_by(self, owner: bytes) -> list[int]:
        """The live documents that an article owns."""
        return self._live("owner_docs", self.owners.all_of(owner))

    def _live(self, column: str, places: range) -> list[int]:
        docs: list[int] = self.arrays[column][places.start : places.stop].tolist()
        return [doc for doc in docs if doc not in self.deleted]

    def id_of(self, doc: int) -> bytes:
        """The id of a document."""
        return self.ids[int(self.id_ranks[doc])]

    def stored(self, doc: int) -> bytes:
        """What is stored for a document."""
        return decompressed(self._stored[self._stored_starts[doc] : self._stored_starts[doc + 1]])

    def facet_range(self, facet: str) -> tuple[int, int]:
        """Where the values of a facet begin and end among all."""
        at = FACETS.index(facet)
        return self.facet_bases[at], self.facet_bases[at + 1]

    def values_of(self, facet: str, doc: int) -> list[str]:
        """The values of a facet that a document has."""
        start, end = self.facet_range(facet)
        begin, stop = self.arrays["facet_starts"][doc : doc + 2].tolist()
        ordinals = self.arrays["facet_ordinals"][begin:stop].tolist()
        return [self.values[o].decode("utf-8", "surrogatepass") for o in ordinals if start <= o < end]

    def ordinal(self, facet: str, value: str) -> int | None:
        """The number of a facet's value, or None where no document has it."""
        return self.values.find(value.encode("utf-8", "surrogatepass"), *self.facet_range(facet))

    def count(self, facet: str, value: str) -> int:
        """How many live documents have this very value."""
        ordinal = self.ordinal(facet, value)
        return 0 if ordinal is None else self.live_count(ordinal)

    def live_count(self, ordinal: int) -> int:
        """How many live documents have the value of that number."""
        return len(self.docs_with([ordinal]) & self.live) if self.deleted else int(self._facet_counts[ordinal])

    @cached_property
    def value_hashes(self) -> Array:
        """For each facet value a hash without case, accents and punctuation, 0 where nothing is left, and a whole one.

        They hold in this process alone.
        """
        hashes = ((hash(folded(value.decode("utf-8", "surrogatepass"))), hash(value)) for value in self.values)
        return np.fromiter(hashes, np.dtype((np.int64, 2)), len(self.values))

    @cached_property
    def facet_rows(self) -> Array:
        """The rows of bits of the ordinals in `facet_dense`."""
        dense = len(self.arrays["facet_dense"])
        return self.arrays["facet_rows"].reshape(dense, -1) if dense else np.empty((0, 0), np.uint64)

    @cached_property
    def sparse_starts(self) -> Array:
        """Where the documents of each ordinal begin in `facet_docs`; dense ordinals have none there."""
        counts = self.arrays["facet_counts"].astype(np.int64)
        counts[self.arrays["facet_dense"]] = 0
        return np.concatenate([[0], np.cumsum(counts)])

    def docs_with(self, ordinals: Sequence[int] | Array) -> BitMap:
        """The documents that have any of these values of facets."""
        ordinals, dense = np.asarray(ordinals, np.int64), self.arrays["facet_dense"]
        sizes = self.sparse_starts[ordinals + 1] - self.sparse_starts[ordinals]
        docs = self.arrays["facet_docs"][np.repeat(self.sparse_starts[ordinals], sizes) + within(sizes)]
        found = bitmap(docs if len(ordinals) == 1 else np.sort(docs))
        if not sizes.all():
            rows = self.facet_rows[np.isin(dense, ordinals[sizes == 0])]
            bits = np.unpackbits(np.bitwise_or.reduce(rows, axis=0).view(np.uint8), bitorder="little")
            found |= bitmap(np.flatnonzero(bits.view(np.bool_)))
        return found
