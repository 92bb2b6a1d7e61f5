from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.query.results import FacetCount, Results
from search.query.state import SearchState
from search.web.facets import Panel, chips, panels

TEXTS = st.text("xy &=%é\ud800", min_size=1, max_size=6)
VALUES = st.dictionaries(st.sampled_from(["place", "speaker"]), st.lists(TEXTS, min_size=1, max_size=3).map(tuple))


def _panel(counts: list[FacetCount], size: int = 0, state: SearchState | None = None) -> Panel:
    results = Results(total=1, facets={"place": tuple(counts)}, facet_sizes={"place": size})
    (panel,) = panels(state or SearchState(), results)
    return panel


def _places(number: int) -> list[FacetCount]:
    return [FacetCount(f"Town {n}", f"Town {n}", 100 - n) for n in range(number)]


def test_a_facet_without_values_has_no_panel() -> None:
    assert panels(SearchState(), Results(total=0, facets={"place": ()})) == []


def test_a_few_values_are_all_shown() -> None:
    panel = _panel(_places(8))
    assert len(panel.shown) == 8
    assert panel.more == ()


def test_more_values_are_folded_away() -> None:
    panel = _panel(_places(16), size=40)
    assert [choice.label for choice in panel.shown] == [f"Town {n}" for n in range(6)]
    assert [choice.label for choice in panel.more] == [f"Town {n}" for n in range(6, 16)]
    assert panel.size == 40


def test_chosen_and_excluded_values_are_never_folded_away() -> None:
    chosen = FacetCount("Lorne", "Lorne", 0, selected=True)
    excluded = FacetCount("Ostmark", "Ostmark", 0, excluded=True)
    panel = _panel([*_places(16), chosen, excluded])
    assert [choice.label for choice in panel.shown[6:]] == ["Lorne", "Ostmark"]


def test_bars_show_the_share_of_the_commonest_value() -> None:
    panel = _panel([FacetCount("A", "A", 8), FacetCount("B", "B", 2)])
    assert [choice.share for choice in panel.shown] == [100.0, 25.0]


def test_a_value_is_added_taken_off_excluded_and_allowed_again() -> None:
    state = SearchState(filters={"place": ("A",)}, excluded={"place": ("C",)})
    counts = [FacetCount("A", "A", 2, selected=True), FacetCount("B", "B", 1), FacetCount("C", "C", 0, excluded=True)]
    added, offered, excluded = _panel(counts, state=state).shown
    assert added.url == "/search?not_place=C"
    assert offered.url == "/search?place=A&place=B&not_place=C"
    assert offered.exclude_url == "/search?place=A&not_place=C&not_place=B"
    assert excluded.url == excluded.exclude_url == "/search?place=A"
    assert added.exclude_url == "/search?not_place=C&not_place=A"


@given(st.builds(SearchState, q=TEXTS, filters=VALUES, excluded=VALUES, date_from=st.none() | st.just("2022")), TEXTS)
def test_the_addresses_of_values_are_those_of_the_changed_searches(state: SearchState, value: str) -> None:
    selected, excluded = (value in side.get("place", ()) for side in (state.filters, state.excluded))
    (one,) = _panel([FacetCount(value, value, 1, selected, excluded)], state=state).shown
    if selected or excluded:
        assert one.url == state.without_value("place", value).url()
    else:
        assert one.url == state.with_value("place", value).url()
    assert one.exclude_url == (one.url if excluded else state.excluding("place", value).url())


def test_chips_name_topics_by_what_the_results_or_the_table_call_them() -> None:
    results = Results(total=1, facets={"topic": (FacetCount("t:1", "sport", 1),)})
    state = SearchState(filters={"topic": ("t:1", "t:2", "t:3")}, excluded={"speaker": ("t:2",)})
    labels = {"t:2": "weather"}
    assert [(chip.name, chip.label, chip.excluded) for chip in chips(state, results, labels.get)] == [
        ("Topic", "sport", False),
        ("Topic", "weather", False),
        ("Topic", "t:3", False),
        ("Speaker", "t:2", True),
    ]


def test_dates_are_chips_of_their_own() -> None:
    both = chips(SearchState(date_from="2022", date_to="2022-06"), Results(total=0), str)
    assert [(chip.name, chip.label, chip.url) for chip in both] == [
        ("From", "2022", "/search?to=2022-06"),
        ("To", "June 2022", "/search?from=2022"),
    ]
    (one,) = chips(SearchState(date_from="2022-02", date_to="2022-02"), Results(total=0), str)
    assert (one.name, one.label, one.url) == ("Date", "February 2022", "/search")
