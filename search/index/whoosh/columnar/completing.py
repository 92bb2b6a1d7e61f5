"""Names and headlines by the beginnings of their words, from the words that the facets and the text have already.

The names that have words so beginning are found as numbers, that of the most frequent name the lowest; of text, only
the names told are read and the articles whose headlines are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import islice

import numpy as np

from search.index.completing import NAMED, begins, headline_node
from search.index.whoosh.columnar.bits import changes
from search.index.whoosh.columnar.expanding import Expansion, form_sizes
from search.index.whoosh.columnar.matching import Matching
from search.index.whoosh.columnar.places import Place
from search.index.whoosh.columnar.postings import numbers, sizes_of
from search.index.whoosh.columnar.searching import Searcher
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import TEXT
from search.query.nodes import EVERYTHING, And, Leaf, Node
from search.query.results import CompletionKind, Question

Check = Callable[[], None]
Ranges = dict[str, list[range]]  # for each word typed, where the words that begin so stand in each segment

MOST_FORMS = 3  # that the beginning of a headline's word stands for

_FEW = 40  # lists of names that are read one by one; of more, those between are read too, and left out
_LOOKED_AT = 2_000  # names whose words are compared one by one: more can only differ in which word is meant by which
_READ = 24  # headlines that have the words before the last
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
        for rank in islice(self._having_all(facet, ranges), _LOOKED_AT):
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
        *whole, last = node.children
        if not whole:
            expansion = self._most_frequent(ranges[words[-1]])
            return list(self._newest(last, {last: expansion}, limit, check))  # type: ignore[dict-item]
        found = self._newest(And(tuple(whole)), {}, _READ, check)
        return list(islice((place for place in found if _begins_in(words[-1], place)), limit))

    def _newest(self, node: Node, expansions: dict[Leaf, Expansion], limit: int, check: Check) -> Iterator[Place]:
        """The newest documents that match, those of one day in the order of their ids."""
        best: list[tuple[int, bytes, Place]] = []
        for segment in self._searcher.segments:
            check()
            docs = numbers(Matching(segment, expansions, check).bits(node) & segment.live)
            for doc in _newest(segment, docs, limit):
                best.append((-int(segment.days[doc]), segment.id_of(doc), Place(segment, doc, 0.0)))
        return (place for _, _, place in nsmallest(limit, best, key=lambda one: one[:2]))

    @cached_property
    def _counted(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """All values of each facet with their counts, the most frequent first: made once for a generation."""
        asked = Question(documents=self._searcher.documents, node=EVERYTHING, limit=0, facets=NAMED, facet_limit=_ALL)
        return dict(self._searcher.answer(asked, lambda: None).facets)

    @cached_property
    def _ranks(self) -> dict[str, list[Array]]:
        """For each facet and segment, where each value stands among all: the most frequent first, -1 for none."""
        segments = self._searcher.segments
        return {
            facet: [_ranks({value: rank for rank, (value, _) in enumerate(counted)}, facet, one) for one in segments]
            for facet, counted in self._counted.items()
        }

    def _having_all(self, facet: str, ranges: Ranges) -> Iterator[int]:
        """The ranks of the values whose names have words of the same stems as each beginning's, ascending."""
        held = np.ones(len(self._counted[facet]) + 1, np.bool_)
        for of in ranges.values():
            held &= self._having(facet, of)
        return map(int, np.flatnonzero(held[:-1]))

    def _having(self, facet: str, ranges: Sequence[range]) -> Array:
        """Whether the value of each rank has one of the words; the last is for values that have no rank."""
        held = np.zeros(len(self._counted[facet]) + 1, np.bool_)
        for segment, forms, ranks in zip(self._searcher.segments, ranges, self._ranks[facet], strict=True):
            held[ranks[_values(segment, facet, forms)]] = True
        return held

    def _most_frequent(self, ranges: Sequence[range]) -> Expansion:
        """The most frequent of the words."""
        found: dict[bytes, int] = {}
        for segment, forms in zip(self._searcher.segments, ranges, strict=True):
            sizes = form_sizes(segment, segment.streams[TEXT], np.arange(forms.start, forms.stop))
            for at in _largest(sizes, MOST_FORMS):
                word = segment.forms[forms.start + at]
                found[word] = found.get(word, 0) + int(sizes[at])
        words = nsmallest(MOST_FORMS, found, key=lambda word: (-found[word], word))
        numbered = {one: map(one.forms.find, words) for one in self._searcher.segments}
        return {one: np.array([n for n in forms if n is not None], np.int64) for one, forms in numbered.items()}


def _ranks(ranks: Mapping[str, int], facet: str, segment: Segment) -> Array:
    values = segment.values.slice(*segment.facet_range(facet))
    return np.array([ranks.get(value.decode("utf-8", "surrogatepass"), -1) for value in values], np.int64)


def _values(segment: Segment, facet: str, forms: range) -> Array:
    """The values of a facet whose names have a word of the same stem as one of the words."""
    stream = segment.streams[facet]
    terms = np.sort(segment.families.form_terms[forms.start : forms.stop])
    terms = terms[changes(terms)]
    at = np.searchsorted(stream.terms, terms)
    held = at < len(stream.terms)
    at = at[held][stream.terms[at[held]] == terms[held]]
    if len(at) <= _FEW:
        return np.concatenate([np.empty(0, np.int64), *map(stream.docs.numbers, at.tolist())])
    first, last = int(at[0]), int(at[-1]) + 1
    wanted = np.zeros(last - first, np.bool_)
    wanted[at - first] = True
    sizes = sizes_of(stream.starts[first : last + 1])
    found: Array = stream.docs.slice(first, last, np.full(last - first, stream.size))[np.repeat(wanted, sizes)]
    return found


def _begins_in(word: str, place: Place) -> bool:
    """Whether a word of the document's headline begins so."""
    return begins((word,), json.loads(place.segment.stored(place.doc))["headline"])


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
