from __future__ import annotations

from pathlib import Path

import pytest

from search.fields import FACETS
from search.index.whoosh.columnar.facet_values import FacetValues
from search.index.whoosh.columnar.segment import Segment
from tests.index.making import article
from tests.index.whoosh.columnar.making import segment


@pytest.fixture
def segments(tmp_path: Path) -> list[Segment]:
    return [
        segment(tmp_path / "one", article("a", places=("Lorne",)), article("b", places=("Åby",))),
        segment(tmp_path / "two", article("c", places=("Bergen",)), article("d", places=("Lorne",))),
    ]


def test_values_of_several_segments_are_numbered_together_ascending(segments: list[Segment]) -> None:
    listed = FacetValues(segments)
    assert [listed.text(number) for number in range(*listed.range("place"))] == ["Bergen", "Lorne", "Åby"]


def test_a_value_has_one_number_in_whichever_segment(segments: list[Segment]) -> None:
    listed = FacetValues(segments)
    for one, ordinals in zip(segments, listed.ordinals, strict=True):
        assert ordinals is not None
        ordinal = one.ordinal("place", "Lorne")
        assert ordinal is not None
        assert ordinals[ordinal] == listed.find("place", "Lorne")


def test_a_single_segment_keeps_its_own_numbers(segments: list[Segment]) -> None:
    listed = FacetValues(segments[:1])
    assert listed.ordinals == [None]
    assert listed.find("place", "Åby") == segments[0].ordinal("place", "Åby")


def test_what_no_segment_has_is_not_found(segments: list[Segment]) -> None:
    for known in (segments, segments[:1], []):
        assert FacetValues(known).find("place", "Nowhere") is None
        assert FacetValues(known).find("agency", "Lorne") is None


def test_without_segments_no_facet_has_values() -> None:
    listed = FacetValues([])
    assert {listed.range(facet) for facet in FACETS} == {(0, 0)}
    assert listed.ordinals == []
