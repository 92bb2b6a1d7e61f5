"""Which documents stand on the wanted page: the best of each segment, put in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from search.fields import FACETS
from search.index.whoosh.columnar.days import NEVER
from search.index.whoosh.columnar.places import NOWHERE, Places
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.results import Results
from search.index.whoosh.columnar.scoring import Scoring, best, rarity
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.query.nodes import Leaf, Node, Range, positive_leaves
from search.query.results import Question


class Ranking:
    """Puts the results in all segments in order."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._size = sum(len(segment.live) for segment in segments)

    def page(self, question: Question, results: list[Results]) -> Places:
        """The documents of the wanted page."""
        if question.limit <= 0:
            return NOWHERE
        worth = self._worth(question.node, results) if question.sort == "relevance" else {}
        end = question.offset + question.limit
        return _ordered(question, [self._candidates(question, r, worth, end) for r in results if r.bits])

    def _worth(self, node: Node, results: list[Results]) -> dict[Leaf, float]:
        """The rarity of each leaf that can score, in their order: sums of scores are rounded alike in every process."""
        leaves = [leaf for leaf in dict.fromkeys(positive_leaves(node)) if not isinstance(leaf, Range)]
        return {leaf: rarity(self._size, sum(result.held(leaf) for result in results)) for leaf in leaves}

    def _candidates(
        self, question: Question, result: Results, worth: Mapping[Leaf, float], end: int
    ) -> tuple[Segment, Array, Array]:
        """The documents of a segment that can be among the first `end`, with their scores."""
        segment, docs = result.part.segment, result.docs
        if question.sort == "relevance" and worth:
            leaves = [(result.matching.leaf(leaf), value) for leaf, value in worth.items()]
            scores = self._scoring[segment].scores(docs, leaves)
            kept = best(scores, end)
            return segment, docs[kept], scores[kept]
        days = segment.days[docs]
        keys = -np.where(days == NEVER, np.iinfo(np.int32).max, days) if question.sort == "oldest" else days
        kept = best(keys, end)
        return segment, docs[kept], np.zeros(len(kept), np.float32)

    @cached_property
    def _scoring(self) -> dict[Segment, Scoring]:
        return {segment: Scoring(segment, self._means) for segment in self._segments}

    @cached_property
    def _means(self) -> dict[str, float]:
        """The mean length of each stream over the live documents that have it."""
        means = {}
        for name in self._segments[0].streams if self._segments else ():
            total, count = 0.0, 0
            for segment in self._segments:
                lengths = segment.streams[name].lengths
                if name not in FACETS and segment.deleted:
                    lengths = lengths[numbers(segment.live)]
                total += float(lengths.sum(dtype=np.float64))
                count += int(np.count_nonzero(lengths))
            means[name] = total / count if count else 1.0
        return means


def _ordered(question: Question, found: list[tuple[Segment, Array, Array]]) -> Places:
    """The wanted page: best first, then newest, undated last, then by id."""
    if not found:
        return NOWHERE
    docs = np.concatenate([docs for _, docs, _ in found])
    scores = np.concatenate([scores for _, _, scores in found])
    days = np.concatenate([segment.days[docs] for segment, docs, _ in found])
    if question.sort == "oldest":
        days = -np.where(days == NEVER, np.iinfo(np.int32).max, days)
    which = np.repeat(np.arange(len(found)), [len(docs) for _, docs, _ in found])
    order = np.lexsort((-days, -scores))
    start, end = min(question.offset, len(order)), min(question.offset + question.limit, len(order))
    if start < end:
        tied = np.append(True, (np.diff(scores[order]) != 0) | (np.diff(days[order]) != 0))
        firsts = np.append(np.flatnonzero(tied), len(order))
        first = firsts[np.searchsorted(firsts, start, "right") - 1]
        last = firsts[np.searchsorted(firsts, end - 1, "right")]
        part = order[first:last]
        ids = _id_order([segment for segment, _, _ in found], which[part], docs[part])
        group = np.cumsum(tied[first:last])
        order = part[np.lexsort((ids, group))][start - first : end - first]
    else:
        order = order[:0]
    return Places([segment for segment, _, _ in found], which[order], docs[order], scores[order])


def _id_order(segments: Sequence[Segment], which: Array, docs: Array) -> Array:
    """The order of the documents' ids, over several segments."""
    if len(segments) == 1:
        return segments[0].id_ranks[docs]
    ids = [segments[number].id_of(doc) for number, doc in zip(which.tolist(), docs.tolist(), strict=True)]
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return ranks
