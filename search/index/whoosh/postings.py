"""Whoosh's posting lists as arrays. The only place that knows how Whoosh's own codec lays out a block.

A reader of Whoosh seeks in shared files, so reading is done under a lock; what comes back is immutable and kept, the
least recently used given up first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

_KEPT = 64 << 20  # bytes of decoded postings kept for each kind of document

#: A position in the text of all documents: the document in the upper 32 bits, the position in the lower.
Places = npt.NDArray[np.int64]
DOCUMENT_BITS = 32


class Postings(NamedTuple):
    """Documents in ascending order and how often each has the word."""

    documents: npt.NDArray[np.int32]
    frequencies: npt.NDArray[np.float32]


_NONE = Postings(np.empty(0, np.int32), np.empty(0, np.float32))
_NOWHERE: Places = np.empty(0, np.int64)


class PostingsReader:
    """Reads from one immutable Whoosh reader; deleted documents are not left out."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, bool], Any] = OrderedDict()
        self._size = 0

    def postings(self, field: str, word: str) -> Postings:
        """The documents whose field has this folded word."""
        with self._lock:
            found = self._recall((field, word, False))
            if found is None:
                found = self._keep((field, word, False), self._read(field, word))
            return found  # type: ignore[no-any-return]

    def places(self, field: str, word: str) -> Places:
        """Where this folded word stands in the field, in ascending order."""
        with self._lock:
            found = self._recall((field, word, True))
            if found is None:
                found = self._keep((field, word, True), self._read_places(field, word))
            return found  # type: ignore[no-any-return]

    def inverted(self, field: str) -> Iterator[tuple[str, npt.NDArray[np.int32]]]:
        """Every value of a field in ascending order, with its documents."""
        if field not in self.reader.schema or not self.leaves():
            return
        with self._lock:
            for term in self.reader.lexicon(field):
                value = term.decode()
                yield value, self._read(field, value).documents

    def stored(self, document: int) -> bytes:
        """What is stored for a document."""
        with self._lock:
            return self.reader.stored_fields(document)["stored"]  # type: ignore[no-any-return]

    def leaves(self) -> list[tuple[IndexReader, int]]:
        """The reader of each segment, with the number of its first document."""
        return list(self.reader.leaf_readers()) if self.reader.doc_count_all() else []

    def _recall(self, key: tuple[str, str, bool]) -> Any:
        if found := self._kept.get(key):
            self._kept.move_to_end(key)
        return found and found[0]

    def _keep(self, key: tuple[str, str, bool], found: Any) -> Any:
        size = 200 + (found.nbytes if isinstance(found, np.ndarray) else sum(part.nbytes for part in found))
        self._kept[key] = (found, size)
        self._size += size
        while self._size > _KEPT and len(self._kept) > 1:
            self._size -= self._kept.popitem(last=False)[1][1]
        return found

    def _read(self, field: str, word: str) -> Postings:
        documents, frequencies = [], []
        for matcher, base in self._matchers(field, word):
            for block in _blocks(matcher):
                documents.append(np.fromiter(block._ids, np.int64) + base)
                block._read_weights()
                frequencies.append(np.asarray(block._weights, np.float32))
        if not documents:
            return _NONE
        return Postings(np.concatenate(documents).astype(np.int32), np.concatenate(frequencies))

    def _read_places(self, field: str, word: str) -> Places:
        places = []
        for matcher, base in self._matchers(field, word):
            for block in _blocks(matcher):
                block._read_values()
                lengths = [len(value) >> 2 for value in block._values]
                documents = np.repeat(np.fromiter(block._ids, np.int64) + base, lengths)
                positions = np.frombuffer(b"".join(block._values), "<u4").astype(np.int64)
                places.append((documents << DOCUMENT_BITS) + positions)
        return np.concatenate(places) if places else _NOWHERE

    def _matchers(self, field: str, word: str) -> Iterator[tuple[Matcher, int]]:
        for leaf, base in self.leaves():
            try:
                matcher = leaf.postings(field, word.encode())
            except TermNotFound:
                continue
            while hasattr(matcher, "child"):  # the wrapper that leaves out deleted documents, one at a time
                matcher = matcher.child
            yield matcher, base


def _blocks(matcher: Matcher) -> Iterator[Matcher]:
    """The matcher itself, standing in each block of its list in turn."""
    while not matcher._atend:
        matcher._read_ids()
        yield matcher
        matcher._next_block()


def joined(places: list[Places]) -> Places:
    """Several words' places as one."""
    return places[0] if len(places) == 1 else np.sort(np.concatenate(places)) if places else _NOWHERE


def following(words: list[Places]) -> Places:
    """Where each word stands directly after the one before: the places of the last."""
    found = words[0]
    for _, word in pairwise(words):
        found = word[_contains(found, word - 1)]
    return found


def near(words: list[Places], distance: int) -> Places:
    """The first places of windows of `len(words) + distance` positions that hold all the words, in any order."""
    window = len(words) + distance
    needed: dict[int, int] = {}
    distinct: list[Places] = []
    for word in words:
        index = next((i for i, other in enumerate(distinct) if other is word or np.array_equal(other, word)), None)
        if index is None:
            index = len(distinct)
            distinct.append(word)
        needed[index] = needed.get(index, 0) + 1
    starts = joined(distinct)
    for index, word in enumerate(distinct):
        held = np.searchsorted(word, starts + window) - np.searchsorted(word, starts)
        starts = starts[held >= needed[index]]
    return starts


def _contains(sorted_places: Places, wanted: Places) -> npt.NDArray[np.bool_]:
    at = np.searchsorted(sorted_places, wanted)
    at[at == len(sorted_places)] = 0
    return sorted_places[at] == wanted if len(sorted_places) else np.zeros(len(wanted), np.bool_)
