"""What a question finds in one segment, facet filters apart: a facet's counts ignore its own filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from search.index.whoosh.columnar.faceting import Faceting
from search.index.whoosh.columnar.matching import Matching
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.query.nodes import Leaf
from search.query.results import Question


class Part:
    """A segment with what is derived from it once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    @cached_property
    def faceting(self) -> Faceting:
        return Faceting(self.segment)


@dataclass(frozen=True, slots=True)
class Results:
    """The results in one segment, as a bitmap and as numbers; for each filtered facet, those that ignore its filter."""

    part: Part
    matching: Matching
    bits: BitMap
    docs: Array
    ignoring: Mapping[str, BitMap]

    def held(self, leaf: Leaf) -> int:
        """How many live documents of the segment a leaf finds."""
        bits, deleted = self.matching.leaf(leaf).bits, self.part.segment.deleted
        return len(bits) - bits.intersection_cardinality(deleted) if deleted else len(bits)


def results_in(part: Part, question: Question, matching: Matching) -> Results:
    """The results of a question in a segment."""
    bits = _unfiltered(question, matching)
    allowed = {facet: _having(part.segment, facet, values) for facet, values in question.filters.items() if values}
    within = BitMap.intersection(bits, *allowed.values()) if allowed else bits
    ignoring = {
        facet: BitMap.intersection(bits, *(docs for other, docs in allowed.items() if other != facet))
        for facet in allowed
    }
    return Results(part, matching, within, numbers(within), ignoring)


def _unfiltered(question: Question, matching: Matching) -> BitMap:
    """The live documents that match, dates and excluded values heeded, chosen values not."""
    segment = matching.segment
    bits = matching.bits(question.node)
    if segment.deleted:
        bits = bits & segment.live
    if question.date_from is not None or question.date_to is not None:
        bits = bits & matching.days(question.date_from, question.date_to)
    for facet, values in question.excluded.items():
        bits = bits - _having(segment, facet, values)
    return bits


def _having(segment: Segment, facet: str, values: Sequence[str]) -> BitMap:
    ordinals = {segment.ordinal(facet, value) for value in values}
    return segment.docs_with([ordinal for ordinal in ordinals if ordinal is not None])
