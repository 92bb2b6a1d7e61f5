from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    assert listed.texts(range(*listed.range("place"))) == ["Bergen", "Lorne", "Åby"]


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


_PLACES = st.lists(st.sampled_from(["Åby", "Bergen", "Lorne", "Norrby", "Oslo", "Ys"]), max_size=3, unique=True)
_ARCHIVES = st.lists(st.tuples(_PLACES, _PLACES), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(_ARCHIVES, st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_segments_that_came_and_went_are_numbered_as_if_all_were_numbered_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    archives: list[tuple[list[str], list[str]]],
    first: set[int],
    then: set[int],
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    made = [
        segment(folder / str(n), article(f"a{n}", places=tuple(places), said={name: name for name in names}))
        for n, (places, names) in enumerate(archives)
    ]
    before, now = ([made[n] for n in sorted(chosen) if n < len(made)] for chosen in (first, then))
    at_once, extended = FacetValues(now), FacetValues(now)
    if len(now) > 1:
        extended._extend(FacetValues(before), now)
    assert (list(extended.values), extended.bases) == (list(at_once.values), at_once.bases)
    for one, other in zip(extended.ordinals, at_once.ordinals, strict=True):
        assert (one is None) == (other is None)
        assert one is None or other is None or one.tolist() == other.tolist()


def test_a_small_segment_among_large_ones_is_numbered_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = segment(tmp_path / "large", *(article(f"a{n}", places=(f"Place {n}",)) for n in range(20)))
    small = segment(tmp_path / "small", article("b", places=("Place 11a",)))
    monkeypatch.setattr(FacetValues, "_number", lambda *_: pytest.fail("all were numbered again"))
    listed = FacetValues([large, small], FacetValues([large]))
    assert listed.texts([listed.find("place", "Place 11a") or 0]) == ["Place 11a"]
    assert len(listed.values) == 21


def test_segments_that_are_gone_take_their_values_with_them(segments: list[Segment], tmp_path: Path) -> None:
    other = segment(tmp_path / "three", article("e", places=("Oslo",)))
    listed = FacetValues([segments[0], other], FacetValues(segments))
    assert listed.texts(range(*listed.range("place"))) == ["Lorne", "Oslo", "Åby"]


def test_without_segments_no_facet_has_values() -> None:
    listed = FacetValues([])
    assert {listed.range(facet) for facet in FACETS} == {(0, 0)}
    assert listed.ordinals == []
