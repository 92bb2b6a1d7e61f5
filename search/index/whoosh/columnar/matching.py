"""The query tree over one segment: which documents match, and how often each leaf stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from pyroaring import BitMap

from search import analysis
from search.fields import DEFAULT_FIELDS, FIELDS
from search.index.whoosh.columnar.days import NEVER, day_number
from search.index.whoosh.columnar.expanding import Expansion
from search.index.whoosh.columnar.nearness import beginnings
from search.index.whoosh.columnar.postings import bitmap, numbers
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_reader import StreamReader
from search.index.whoosh.columnar.streams import TEXT, UNIT
from search.query.nodes import And, Character, Fuzzy, Leaf, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.words import words_of

_MOST = 255

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of a leaf, its weighted frequency in each, in `UNIT`s, and the stream that lengths are of.

    No weights: once in each. No stream: documents found by a value, whose length says nothing.
    """

    bits: BitMap
    weights: Array | None = None
    stream: StreamReader | None = None


class Matching:
    """Matches trees against one segment. `check` is called before costly steps and may raise."""

    def __init__(self, segment: Segment, expansions: Mapping[Leaf, Expansion], check: Callable[[], None]) -> None:
        self.segment = segment
        self.expansions = expansions
        self.check = check
        self.leaves: dict[Leaf, Found] = {}

    def bits(self, node: Node) -> BitMap:
        """The documents that match, deleted ones among them."""
        match node:
            case And(()):
                return self.segment.live
            case And(children):
                return self._all(children)
            case Or(children):
                return BitMap.union(*map(self.bits, children)) if children else BitMap()
            case Not(child):
                return self.segment.live - self.bits(child)
            case Range(_, start, end):
                return self.days(start, end)
            case _:
                return self.leaf(node).bits

    def days(self, start: str | None, end: str | None) -> BitMap:
        """The dated documents from one ISO day to another; all, undated too, where both are None."""
        if start is None and end is None:
            return self.segment.live
        days = self.segment.days
        first = NEVER + 1 if start is None else day_number(start)
        within = days >= first
        if end is not None:
            within &= days <= day_number(end)
        return bitmap(np.flatnonzero(within))

    def leaf(self, leaf: Leaf) -> Found:
        """What a leaf other than a range finds; kept for scoring."""
        found = self.leaves.get(leaf)
        if found is None:
            self.check()
            found = self.leaves[leaf] = self._find(leaf)
        return found

    def _all(self, children: tuple[Node, ...]) -> BitMap:
        kept = [self.bits(child) for child in children if not isinstance(child, Not)]
        result = BitMap.intersection(*sorted(kept, key=len)) if kept else self.segment.live
        for child in children:
            if isinstance(child, Not):
                result = result - self.bits(child.child)
        return result

    def _find(self, leaf: Leaf) -> Found:
        field = leaf.field
        defaults = DEFAULT_FIELDS[self.segment.documents]
        if field is None:
            return self._in_stream(self.segment.streams[TEXT], None, leaf)
        if field in defaults:
            return self._in_stream(self.segment.streams[TEXT], field if len(defaults) > 1 else None, leaf)
        if FIELDS[field].facet:
            return self._in_facet(field, leaf)
        stream = self.segment.streams.get(field)
        return self._in_stream(stream, None, leaf) if stream else Found(BitMap())

    def _in_facet(self, facet: str, leaf: Leaf) -> Found:
        """The documents of the values that match, by their words or exactly."""
        base, _ = self.segment.facet_range(facet)
        ordinals = numbers(self._in_stream(self.segment.streams[facet], None, leaf).bits) + np.uint32(base)
        if FIELDS[facet].kind == "code" and isinstance(leaf, (Term, Phrase)):
            text = leaf.text if isinstance(leaf, Term) else " ".join(leaf.words)
            exact = self.segment.ordinal(facet, text.strip().casefold())
            ordinals = ordinals if exact is None else np.union1d(ordinals, np.array([exact], np.uint32))
        return Found(self.segment.docs_with(ordinals))

    def _in_stream(self, stream: StreamReader, field: str | None, leaf: Leaf) -> Found:
        match leaf:
            case Term() | Phrase():
                return self._sequence(stream, field, leaf)
            case Near(_, words, distance):
                terms = [term for word in words for term in analysis.terms(word)]
                return self._near(stream, field, terms, distance)
            case Prefix() | Fuzzy() | Character():
                return self._expanded(stream, field, self.expansions[leaf][self.segment])
            case _:
                return Found(BitMap())

    def _sequence(self, stream: StreamReader, field: str | None, leaf: Term | Phrase) -> Found:
        words = words_of(leaf)
        terms = {at: word.text for at, word in enumerate(words) if isinstance(word, Term)}
        found = self._indexes(stream, list(terms.values()))
        if len(found) < len(terms) or not words:
            return Found(BitMap())
        if len(words) == 1 and field is None:
            return Found(stream.docs.bitmap(found[0]), stream.weights(found[0]), stream)
        places = self._following(stream, dict(zip(terms, found, strict=True)))
        ends = [(at, replace(word, field=leaf.field)) for at, word in enumerate(words) if isinstance(word, Character)]
        forms = {at: self.expansions[end][self.segment] for at, end in ends}
        for at in sorted(forms, key=lambda at: len(forms[at])):
            places = self._beside(stream, places, forms[at], at)
        return self._placed(stream, field, places or BitMap())

    def _following(self, stream: StreamReader, found: Mapping[int, int]) -> BitMap | None:
        """Where a phrase begins that has these lists' words in such places, rare ones tried first; None of no words."""
        places: BitMap | None = None
        for at in sorted(found, key=lambda at: stream.docs.size(found[at])):
            self.check()
            shifted = stream.place_bits(found[at]).shift(-at)
            places = shifted if places is None else places & shifted
            if not places:
                return places
        return places

    def _beside(self, stream: StreamReader, places: BitMap | None, forms: Array, at: int) -> BitMap:
        """Those of the beginnings of a phrase that have one of the forms so many words after them."""
        if places is not None and not places:
            return places
        done = np.full(stream.size, places is not None)
        if places is not None:
            done[stream.docs_counted(numbers(places))[0]] = False
        found = [np.empty(0, np.int64)]
        for one in self._lists(stream, forms):
            self.check()
            found.append(stream.places_of_forms(*one, done))
        beside = bitmap(np.sort(np.concatenate(found))).shift(-at)
        return beside if places is None else places & beside

    def _near(self, stream: StreamReader, field: str | None, terms: list[str], distance: int) -> Found:
        if not (needed := Counter(self._indexes(stream, terms))):
            return Found(BitMap())
        return self._counted(stream, field, beginnings(stream, field, needed, len(terms) + distance, self.check))

    def _placed(self, stream: StreamReader, field: str | None, places: BitMap) -> Found:
        if field is not None:
            places = stream.in_field(places, field)
        return self._counted(stream, field, numbers(places))

    def _counted(self, stream: StreamReader, field: str | None, places: Array) -> Found:
        """The documents of these places and how many each has, weighted by the field."""
        if not len(places):
            return Found(BitMap())
        docs, counts = stream.docs_counted(places)
        weight = UNIT if field is None else stream.stream.weight(field)
        return Found(bitmap(docs), np.minimum(counts * weight, _MOST).astype(np.uint8), stream)

    def _expanded(self, stream: StreamReader, field: str | None, forms: Array) -> Found:
        """The documents of some forms, those of the most frequent terms first: most that others have are found then."""
        found, others = np.zeros(stream.size, np.bool_), []
        for index, term, ranks in self._lists(stream, forms):
            if field is not None or len(ranks) < stream.families.counts[term]:
                others.append((index, term, ranks))
            elif not found.all():
                found[stream.docs.numbers(index)] = True
        for some in _doubling(others):
            self.check()
            if not found.all():
                places = np.sort(np.concatenate([stream.places_of_forms(*one, found) for one in some]), kind="stable")
                found[numbers(self._placed(stream, field, bitmap(places)).bits)] = True
        return Found(bitmap(np.flatnonzero(found)), None, stream)

    def _lists(self, stream: StreamReader, forms: Array) -> list[tuple[int, int, Array]]:
        """For each term of the forms, those of most documents first: its list, itself, its forms' ranks among these."""
        terms, ranks = self.segment.families.grouped(forms)
        indexes, sizes = stream.find_all(terms)
        order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)]
        return list(zip(indexes[order].tolist(), terms[order].tolist(), (ranks[at] for at in order), strict=True))

    def _indexes(self, stream: StreamReader, terms: list[str]) -> list[int]:
        """Where the postings of all the terms are; nothing where one has none."""
        found = []
        for term in terms:
            number = self.segment.terms.find(term.encode("utf-8", "surrogatepass"))
            index = None if number is None else stream.find(number)
            if index is None:
                return []
            found.append(index)
        return found


def frequency(segment: Segment, word: str) -> int:
    """How many live documents have a word in the default fields, in any form; nothing is read where none is deleted."""
    stream, terms = segment.streams[TEXT], analysis.terms(word)
    number = segment.terms.find(terms[0].encode("utf-8", "surrogatepass")) if len(terms) == 1 else None
    index = None if number is None else stream.find(number)
    if len(terms) > 1 or (index is not None and segment.deleted):
        bits = Matching(segment, {}, lambda: None).bits(Term(None, word))
        return len(bits) - bits.intersection_cardinality(segment.deleted)
    return 0 if index is None else stream.docs.size(index)


def _doubling(lists: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """One, two, four … of them."""
    taken = 0
    while taken < len(lists):
        yield lists[taken : 2 * taken + 1]
        taken = 2 * taken + 1
