"""Facets, filters and months, counted."""

from __future__ import annotations

from search.index.engine import Engine
from search.query.nodes import Term
from search.query.results import MonthCount, Question
from tests.index.contract.archive import counts, ids
from tests.index.making import ECONOMY, LABELS, TRADE


def test_the_counts_of_a_facet_ignore_its_own_filter_and_obey_all_others(engine: Engine) -> None:
    results = engine.search(Question(filters={"speaker": ("Bo Ray",), "agency": ("Norwire",)}))
    assert ids(results) == {"tariff"}
    assert counts(results, "speaker") == {"Ada Brandt": 2, "Bo Ray": 1}
    assert counts(results, "agency") == {"Norwire": 1}
    assert counts(results, "place") == {"Northport": 1, "Southby": 1}


def test_the_counts_obey_the_dates(engine: Engine) -> None:
    results = engine.search(Question(date_from="2022-01-01", filters={"speaker": ("Bo Ray",)}))
    assert counts(results, "speaker") == {"Ada Brandt": 1, "Bo Ray": 1}
    assert counts(results, "agency") == {"Norwire": 1}


def test_values_of_one_facet_are_alternatives(engine: Engine) -> None:
    assert ids(engine.search(Question(filters={"agency": ("Norwire", "Midpress")}))) == {"ferry", "tariff", "strike"}


def test_filters_of_two_facets_must_both_match(engine: Engine) -> None:
    assert ids(engine.search(Question(filters={"agency": ("Norwire",), "place": ("Southby",)}))) == {"tariff"}


def test_an_excluded_value_is_absent_from_the_results_and_every_count(engine: Engine) -> None:
    results = engine.search(Question(excluded={"speaker": ("Bo Ray",)}, limit=100))
    assert ids(results) == {"ferry", "weather", "strike"}
    assert counts(results, "speaker") == {"Ada Brandt": 1, "Bo Ray": 0}
    (excluded,) = [count for count in results.facets["speaker"] if count.excluded]
    assert excluded.value == "Bo Ray"


def test_a_chosen_value_is_listed_even_where_nothing_has_it(engine: Engine) -> None:
    results = engine.search(Question(filters={"place": ("Atlantis",)}, facet_limit=1))
    assert results.total == 0
    assert [(c.value, c.count) for c in results.facets["place"] if c.selected] == [("Atlantis", 0)]
    assert len(results.facets["place"]) == 2
    assert results.facet_sizes["place"] == 2


def test_values_come_most_frequent_first_and_codes_with_their_labels(engine: Engine) -> None:
    results = engine.search(Question())
    assert [(c.value, c.count) for c in results.facets["speaker"]] == [("Ada Brandt", 2), ("Bo Ray", 1)]
    assert {c.value: c.label for c in results.facets["topic"]} == {ECONOMY: LABELS[ECONOMY], TRADE: LABELS[TRADE]}


def test_only_the_facets_asked_for_are_counted(engine: Engine) -> None:
    assert set(engine.search(Question(facets=("place",))).facets) == {"place"}


def test_the_histogram_counts_every_dated_result_by_month(engine: Engine) -> None:
    assert engine.search(Question(limit=0)).histogram == (MonthCount("2021-05", 1), MonthCount("2022-02", 2))
    assert engine.search(Question(node=Term(None, "rain"))).histogram == ()
