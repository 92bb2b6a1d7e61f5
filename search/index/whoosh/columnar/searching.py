"""A question put to all segments of one kind of document: totals, the page's documents, true counts by facet and month.

Each segment is asked for its documents as a bitmap and for its best; numbers of segments are added up by value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from pyroaring import BitMap
from rapidfuzz.distance import Levenshtein

from search import analysis
from search.fields import DEFAULT_FIELDS, FACETS, DocumentKind
from search.index.whoosh.columnar import expanding
from search.index.whoosh.columnar.days import NEVER, month_name
from search.index.whoosh.columnar.faceting import Faceting
from search.index.whoosh.columnar.matching import Expansion, Found, Matching, union
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.scoring import Scoring, best, rarity
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.query.nodes import Fuzzy, Leaf, Node, Prefix, Range, positive_leaves
from search.query.results import Diagnostic, MonthCount, Question

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A document of the wanted page: its segment, its number there, its score."""

    segment: Segment
    doc: int
    score: float


@dataclass(frozen=True, slots=True)
class Places:
    """Documents in order: for each the number of its segment among `segments`, its number there, its score."""

    segments: Sequence[Segment]
    which: Array
    docs: Array
    scores: Array

    def __iter__(self) -> Iterator[Place]:
        for which, doc, score in zip(self.which, self.docs, self.scores, strict=True):
            yield Place(self.segments[which], int(doc), float(score))


#: A facet's value and how many of the results have it.
ValueCount = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the arrays say: the page's documents in order, values of each facet by count, and how many there are."""

    total: int
    places: tuple[Place, ...]
    facets: Mapping[str, tuple[ValueCount, ...]]
    facet_sizes: Mapping[str, int]
    histogram: tuple[MonthCount, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Results:
    """The results in one segment, and for each filtered facet the documents that ignore its filter."""

    part: _Part
    matching: Matching
    bits: BitMap
    ignoring: Mapping[str, BitMap]


class _Part:
    """A segment with what is derived from it once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    @cached_property
    def faceting(self) -> Faceting:
        return Faceting(self.segment)


class Searcher:
    """Answers questions about one kind of document from immutable segments; may be shared by threads."""

    def __init__(self, documents: DocumentKind, segments: Sequence[Segment]) -> None:
        self.documents = documents
        self.segments = tuple(segments)
        self._parts = [_Part(segment) for segment in segments]
        self.size = sum(len(segment.live) for segment in segments)

    def answer(self, question: Question, check: Check) -> Answer:
        """`check` is called before costly steps and may raise."""
        expansions, diagnostics = self._expansions(question.node, check)
        results = [self._results(part, question, expansions, check) for part in self._parts]
        check()
        places = self._page(question, results)
        check()
        facets = {facet: self._facet(facet, question, counts) for facet, counts in self._counts(question, results)}
        return Answer(
            total=sum(len(result.bits) for result in results),
            places=tuple(places),
            facets={facet: values for facet, (values, _) in facets.items()},
            facet_sizes={facet: size for facet, (_, size) in facets.items()},
            histogram=self._histogram(results),
            diagnostics=tuple(diagnostics),
        )

    def every(self, question: Question, check: Check) -> tuple[int, Places, tuple[Diagnostic, ...]]:
        """How many results there are, all of them from the offset on, and remarks."""
        expansions, diagnostics = self._expansions(question.node, check)
        results = [self._results(part, question, expansions, check) for part in self._parts]
        check()
        total = sum(len(result.bits) for result in results)
        return total, self._page(replace(question, limit=total), results), tuple(diagnostics)

    def page(self, question: Question, check: Check) -> Places:
        """The documents of the wanted page alone."""
        expansions, _ = self._expansions(question.node, check)
        return self._page(question, [self._results(part, question, expansions, check) for part in self._parts])

    def everything(self) -> Iterator[Place]:
        """Every live document."""
        return (Place(segment, doc, 0.0) for segment in self.segments for doc in segment.live)

    def find(self, document_id: str) -> Place | None:
        """The live document of an id."""
        wanted = document_id.encode("utf-8", "surrogatepass")
        for segment in self.segments:
            if (doc := segment.find(wanted)) is not None:
                return Place(segment, doc, 0.0)
        return None

    def nearest(self, fields: Sequence[str], text: str, check: Check) -> str | None:
        """The word that was probably meant by the first that the fields don't have, or None.

        The fewest edits (at most 2, 1 for short words), then the most frequent.
        """
        for token in analysis.tokens(text):
            if not any(_knows(segment, field, token.term) for segment in self.segments for field in fields):
                return self._nearest(fields, token.folded, check)
        return None

    def _nearest(self, fields: Sequence[str], word: str, check: Check) -> str | None:
        found = expanding.Frequencies()
        for field in dict.fromkeys(None if f in DEFAULT_FIELDS[self.documents] else f for f in fields):
            found += expanding.similar(self.segments, field, word, 2 if len(word) > 4 else 1, check)
        words = {form.decode("utf-8", "surrogatepass"): count for form, count in found.items()}
        nearest = min(words, key=lambda other: (Levenshtein.distance(word, other), -words[other], other), default=None)
        return nearest if nearest != word else None

    def values_of(self, facet: str) -> Sequence[str]:
        """All values of a facet, ascending."""
        start, end = self._range(facet)
        return self._texts[start:end]

    def _results(self, part: _Part, question: Question, expansions: dict[Leaf, Expansion], check: Check) -> _Results:
        segment = part.segment
        matching = Matching(segment, expansions, check)
        bits = matching.bits(question.node)
        if segment.deleted:
            bits = bits & segment.live
        if question.date_from is not None or question.date_to is not None:
            bits = bits & matching.days(question.date_from, question.date_to)
        for facet, values in question.excluded.items():
            bits = bits - _having(segment, facet, values)
        allowed = {facet: _having(segment, facet, values) for facet, values in question.filters.items() if values}
        within = BitMap.intersection(bits, *allowed.values()) if allowed else bits
        ignoring = {
            facet: BitMap.intersection(bits, *(docs for other, docs in allowed.items() if other != facet))
            for facet in allowed
        }
        return _Results(part, matching, within, ignoring)

    def _page(self, question: Question, results: list[_Results]) -> Places:
        if question.limit <= 0:
            return _NOWHERE
        worth = self._worth(question.node, results) if question.sort == "relevance" else {}
        end = question.offset + question.limit
        return self._ordered(question, [self._candidates(question, r, worth, end) for r in results if r.bits])

    def _worth(self, node: Node, results: list[_Results]) -> dict[Leaf, float]:
        """The rarity of each leaf that can score."""
        leaves = {leaf for leaf in positive_leaves(node) if not isinstance(leaf, Range)}
        return {leaf: rarity(self.size, sum(_held(result, leaf) for result in results)) for leaf in leaves}

    def _candidates(
        self, question: Question, result: _Results, worth: Mapping[Leaf, float], end: int
    ) -> tuple[Segment, Array, Array]:
        """The documents of a segment that can be among the first `end`, with their scores."""
        segment, docs = result.part.segment, numbers(result.bits)
        if question.sort == "relevance" and worth:
            leaves = [(result.matching.leaf(leaf), value) for leaf, value in worth.items()]
            scores = self._scoring(segment).scores(docs, leaves)
            kept = best(scores, end)
            return segment, docs[kept], scores[kept]
        days = segment.days[docs]
        keys = -np.where(days == NEVER, np.iinfo(np.int32).max, days) if question.sort == "oldest" else days
        kept = best(keys, end)
        return segment, docs[kept], np.zeros(len(kept), np.float32)

    def _ordered(self, question: Question, found: list[tuple[Segment, Array, Array]]) -> Places:
        """The wanted page: best first, then newest, undated last, then by id."""
        if not found:
            return _NOWHERE
        docs = np.concatenate([docs for _, docs, _ in found])
        scores = np.concatenate([scores for _, _, scores in found])
        days = np.concatenate([segment.days[docs] for segment, docs, _ in found])
        if question.sort == "oldest":
            days = -np.where(days == NEVER, np.iinfo(np.int32).max, days)
        which = np.repeat(np.arange(len(found)), [len(docs) for _, docs, _ in found])
        ids = found[0][0].id_ranks[docs] if len(found) == 1 else _id_order(found)
        order = np.lexsort((ids, -days, -scores))[question.offset : question.offset + question.limit]
        return Places([segment for segment, _, _ in found], which[order], docs[order], scores[order])

    def _scoring(self, segment: Segment) -> Scoring:
        return Scoring(segment, self._means)

    @cached_property
    def _means(self) -> dict[str, float]:
        """The mean length of each stream over the live documents that have it."""
        means = {}
        for name in self.segments[0].streams if self.segments else ():
            total, count = 0.0, 0
            for segment in self.segments:
                lengths = segment.streams[name].lengths
                if name not in FACETS and segment.deleted:
                    lengths = lengths[numbers(segment.live)]
                total += float(lengths.sum(dtype=np.float64))
                count += int(np.count_nonzero(lengths))
            means[name] = total / count if count else 1.0
        return means

    def _expansions(self, node: Node, check: Check) -> tuple[dict[Leaf, Expansion], list[Diagnostic]]:
        found: dict[Leaf, Expansion] = {}
        diagnostics: list[Diagnostic] = []
        for leaf in _expanded_leaves(node):
            if leaf in found:
                continue
            word = analysis.fold(leaf.text)
            if isinstance(leaf, Prefix):
                words, most = expanding.beginning(self.segments, leaf.field, word), expanding.MOST_BEGINNING
                written, what = f"{leaf.text}*", "begin so"
            else:
                words = expanding.similar(self.segments, leaf.field, word, leaf.distance, check)
                most, written, what = expanding.MOST_SIMILAR, f"{leaf.text}~", "are spelt much like it"
            if len(words) > most:
                message = f"{len(words):,} words {what}: “{written}” stands for the {most} most frequent of them."
                diagnostics.append(Diagnostic(message, 0, 0))
            chosen = sorted(words.items(), key=lambda item: (-item[1], item[0]))[:most]
            found[leaf] = Expansion(tuple(word for word, _ in chosen))
        return found, diagnostics

    @cached_property
    def _values(self) -> list[bytes]:
        """All values of all facets, facet after facet, ascending within each."""
        listed: list[bytes] = []
        for facet in FACETS:
            if len(self.segments) == 1:
                listed += self.segments[0].values.slice(*self.segments[0].facet_range(facet))
            else:
                listed += sorted(set().union(*(s.values.slice(*s.facet_range(facet)) for s in self.segments)))
            self._bases.append(len(listed))
        return listed

    @cached_property
    def _bases(self) -> list[int]:
        return [0]

    @cached_property
    def _texts(self) -> list[str]:
        return [value.decode("utf-8", "surrogatepass") for value in self._values]

    def _range(self, facet: str) -> tuple[int, int]:
        _ = self._values
        at = FACETS.index(facet)
        return self._bases[at], self._bases[at + 1]

    @cached_property
    def _ordinals(self) -> list[Array | None]:
        """For each segment the number of each of its values among all; None where they are the same."""
        if len(self.segments) == 1:
            return [None]
        found: list[Array | None] = []
        numbered = []
        for facet in FACETS:
            start, end = self._range(facet)
            numbered.append({value: start + i for i, value in enumerate(self._values[start:end])})
        for segment in self.segments:
            of = [
                known[value]
                for known, facet in zip(numbered, FACETS, strict=True)
                for value in segment.values.slice(*segment.facet_range(facet))
            ]
            found.append(np.array(of, np.int64))
        return found

    def _counts(self, question: Question, results: list[_Results]) -> list[tuple[str, Array]]:
        """The counts of each wanted facet over all its values."""
        if not question.facets:
            return []
        whole = self._added(results, lambda result: result.bits)
        counted = []
        for facet in question.facets:
            start, end = self._range(facet)
            counts = whole
            if any(facet in result.ignoring for result in results):
                counts = self._added(results, lambda result, facet=facet: result.ignoring[facet])  # type: ignore[misc]
            counted.append((facet, counts[start:end]))
        return counted

    def _added(self, results: list[_Results], bits_of: Callable[[_Results], BitMap]) -> Array:
        total = np.zeros(len(self._values), np.int64)
        for result, ordinals in zip(results, self._ordinals, strict=True):
            if bits := bits_of(result):
                counts = result.part.faceting.counts(bits, numbers(bits))
                if ordinals is None:
                    return counts
                total[ordinals] += counts
        return total

    def _facet(self, facet: str, question: Question, counts: Array) -> tuple[tuple[ValueCount, ...], int]:
        """The values most frequent first, ties ascending, those chosen always among them; and how many there are."""
        start, _ = self._range(facet)
        held = np.flatnonzero(counts)
        listed: dict[str, int] = {}
        texts = self._texts
        for place in _most(counts, held, question.facet_limit).tolist():
            listed[texts[start + place]] = int(counts[place])
        for value in (*question.filters.get(facet, ()), *question.excluded.get(facet, ())):
            if value not in listed:
                listed[value] = self._count_of(facet, value, counts)
        return tuple(listed.items()), len(held)

    def _count_of(self, facet: str, value: str, counts: Array) -> int:
        start, end = self._range(facet)
        wanted = value.encode("utf-8", "surrogatepass")
        at = bisect_left(self._values, wanted, start, end)
        return int(counts[at - start]) if at < end and self._values[at] == wanted else 0

    def _histogram(self, results: list[_Results]) -> tuple[MonthCount, ...]:
        months: dict[int, int] = {}
        for result in results:
            if not result.bits:
                continue
            faceting = result.part.faceting
            counts = faceting.months(result.bits, numbers(result.bits))
            for place in np.flatnonzero(counts).tolist():
                if place:
                    month = faceting.first_month + place - 1
                    months[month] = months.get(month, 0) + int(counts[place])
        return tuple(MonthCount(month_name(month), months[month]) for month in sorted(months))


_NOWHERE = Places((), np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.float32))


def _knows(segment: Segment, field: str, term: str) -> bool:
    """Whether the field has the term."""
    stream = expanding.stream_for(segment, field)
    number = segment.terms.find(term.encode("utf-8", "surrogatepass"))
    return stream is not None and number is not None and stream.find(number) is not None


def _expanded_leaves(node: Node) -> list[Prefix | Fuzzy]:
    """Every prefix and fuzzy word of a tree, those under a `Not` too."""
    if isinstance(node, (Prefix, Fuzzy)):
        return [node]
    children = getattr(node, "children", None) or ((node.child,) if hasattr(node, "child") else ())
    return [leaf for child in children for leaf in _expanded_leaves(child)]


def _having(segment: Segment, facet: str, values: Sequence[str]) -> BitMap:
    ordinals = {segment.ordinal(facet, value) for value in values}
    return union(segment.docs_with(ordinal) for ordinal in ordinals if ordinal is not None)


def _held(result: _Results, leaf: Leaf) -> int:
    found: Found = result.matching.leaf(leaf)
    deleted = result.part.segment.deleted
    return len(found.bits) - found.bits.intersection_cardinality(deleted) if deleted else len(found.bits)


def _id_order(found: list[tuple[Segment, Array, Array]]) -> Array:
    """The order of the documents' ids over several segments."""
    ids = [segment.id_of(doc) for segment, docs, _ in found for doc in docs.tolist()]
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return ranks


def _most(counts: Array, held: Array, limit: int) -> Array:
    """The most frequent of the held values, ties ascending."""
    if limit <= 0:
        return held[:0]
    if len(held) > limit:
        kept = counts[held]
        held = held[kept >= np.partition(kept, -limit)[-limit]]
    return held[np.argsort(-counts[held], kind="stable")][:limit]
