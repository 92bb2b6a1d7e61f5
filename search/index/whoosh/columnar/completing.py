"""Names and headlines by the beginnings of their words, from the words that the facets and the text have already.

A beginning of few words is looked up in the dictionary of words; one of many is found among the most frequent names
soon enough. Nothing is read but the names told and the articles whose headlines are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest

import numpy as np

from search.index.completing import NAMED, begins, headline_node
from search.index.whoosh.columnar.expanding import form_sizes
from search.index.whoosh.columnar.matching import Expansion, Matching
from search.index.whoosh.columnar.places import Place
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.searching import Searcher
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import TEXT
from search.query.nodes import EVERYTHING
from search.query.results import CompletionKind, Question

Check = Callable[[], None]
Ranges = dict[str, list[range]]  # for each word typed, where the words that begin so stand in each segment

MOST_FORMS = 5  # that the beginning of a headline's word stands for

_MOST_LISTS = 100  # of one word; with more, the most frequent names are looked through
_MOST_LISTS_OF_SEVERAL = 3_000
_ALL = 1 << 31


class Completing:
    """Completes over one kind of document; may be shared by threads. `labels` names codes."""

    def __init__(self, searcher: Searcher, labels: Mapping[str, str]) -> None:
        self._searcher = searcher
        self._labels = labels

    def ranges(self, words: Sequence[str]) -> Ranges:
        """Where the words are that begin with each of these, to be found once for all kinds."""
        encoded = {word: word.encode("utf-8", "surrogatepass") for word in words}
        segments = self._searcher.segments
        return {word: [one.forms.beginning_with(begin) for one in segments] for word, begin in encoded.items()}

    def named(
        self, facet: CompletionKind, words: Sequence[str], ranges: Ranges, limit: int
    ) -> Iterator[tuple[str, str, int]]:
        """Values of a facet with their labels and counts, the most frequent first."""
        counted = self._counted[facet]
        found = self._looked_up(facet, ranges)
        for rank in range(len(counted)) if found is None else sorted(found):
            value, count = counted[rank]
            label = self._labels.get(value, value)
            if begins(words, label):
                yield value, label, count
                limit -= 1
            if limit <= 0:
                return

    def headlines(self, words: Sequence[str], ranges: Ranges, limit: int, check: Check) -> list[Place]:
        """The newest documents whose headlines have the words."""
        if (node := headline_node(words)) is None:
            return []
        expansion = Expansion(self._most_frequent(ranges[words[-1]]))
        best: list[tuple[int, bytes, Place]] = []
        for segment in self._searcher.segments:
            check()
            matching = Matching(segment, {node.children[-1]: expansion}, check)  # type: ignore[dict-item]
            docs = numbers(matching.bits(node) & segment.live)
            for doc in _newest(segment, docs, limit):
                best.append((-int(segment.days[doc]), segment.id_of(doc), Place(segment, doc, 0.0)))
        return [place for _, _, place in nsmallest(limit, best, key=lambda one: one[:2])]

    @cached_property
    def _counted(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """All values of each facet with their counts, the most frequent first: made once for a generation."""
        asked = Question(documents=self._searcher.documents, node=EVERYTHING, limit=0, facets=NAMED, facet_limit=_ALL)
        return dict(self._searcher.answer(asked, lambda: None).facets)

    @cached_property
    def _ranks(self) -> dict[str, dict[str, int]]:
        """Where each value stands among all of its facet."""
        return {
            facet: {value: rank for rank, (value, _) in enumerate(counted)} for facet, counted in self._counted.items()
        }

    def _looked_up(self, facet: str, ranges: Ranges) -> set[int] | None:
        """The ranks of values that have the rarest of the words, or None where there are too many to look up."""
        segments = self._searcher.segments
        lists = {
            word: [_forms(segment, facet, forms) for segment, forms in zip(segments, of, strict=True)]
            for word, of in ranges.items()
        }
        sizes = {word: sum(map(len, found)) for word, found in lists.items()}
        rarest = min(sizes, key=sizes.__getitem__)
        if sizes[rarest] > (_MOST_LISTS if len(ranges) == 1 else _MOST_LISTS_OF_SEVERAL):
            return None
        ranks, found = self._ranks[facet], set()
        for segment, forms in zip(segments, lists[rarest], strict=True):
            for value in _values(segment, facet, forms):
                if (rank := ranks.get(value)) is not None:
                    found.add(rank)
        return found

    def _most_frequent(self, ranges: Sequence[range]) -> tuple[bytes, ...]:
        """The most frequent of the words."""
        found: dict[bytes, int] = {}
        for segment, forms in zip(self._searcher.segments, ranges, strict=True):
            sizes = form_sizes(segment, segment.streams[TEXT], np.arange(forms.start, forms.stop))
            for at in _largest(sizes, MOST_FORMS):
                word = segment.forms[forms.start + at]
                found[word] = found.get(word, 0) + int(sizes[at])
        return tuple(nsmallest(MOST_FORMS, found, key=lambda word: (-found[word], word)))


def _forms(segment: Segment, facet: str, forms: range) -> Array:
    """Those of the words that stand in names of the facet."""
    every = np.arange(forms.start, forms.stop)
    return every[form_sizes(segment, segment.streams[facet], every) > 0]


def _values(segment: Segment, facet: str, forms: Array) -> Iterable[str]:
    """The values whose names have one of the words."""
    stream = segment.streams[facet]
    base, _ = segment.facet_range(facet)
    grouped = segment.families.grouped(forms)
    found = {doc for term, ranks in grouped for doc in stream.docs_of_forms(term, ranks).tolist()}
    return (segment.values[base + doc].decode("utf-8", "surrogatepass") for doc in found)


def _largest(sizes: Array, most: int) -> list[int]:
    held = np.flatnonzero(sizes)
    if len(held) > most:
        held = held[np.argpartition(-sizes[held], most)[:most]]
    return [int(at) for at in held]


def _newest(segment: Segment, docs: Array, limit: int) -> list[int]:
    """The newest of the documents, and all of the same day as the last of them."""
    days = segment.days[docs]
    if len(docs) > limit:
        docs = docs[days >= np.partition(days, -limit)[-limit]]
    return [int(doc) for doc in docs]
