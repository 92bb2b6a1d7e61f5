from __future__ import annotations

from math import inf

import pytest
from flask import Flask

from search.query.state import SearchState, from_args
from search.web import days
from search.web.answers import ask
from search.web.charts import Chart
from search.web.days import day_counts, timeline


@pytest.fixture(autouse=True)
def all_the_time_in_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "PATIENCE", inf)


def _chart(site: Flask, **params: str) -> Chart:
    engine = site.extensions["engine"]
    state = from_args((name.rstrip("_"), value) for name, value in params.items())
    drawn = timeline(engine, state, ask(engine, state).results)
    assert drawn
    return drawn


def test_a_search_within_a_month_is_charted_by_day(site: Flask) -> None:
    drawn = _chart(site, q="wheat", from_="2020-05", to="2020-05")
    assert drawn.unit == "day"
    assert (drawn.start, drawn.end) == ("1 May 2020", "31 May 2020")
    assert [(bar.label, bar.count, bar.url) for bar in drawn.bars] == [
        ("1 May 2020", 1, "/search?q=wheat&from=2020-05-01&to=2020-05-01"),
        ("2 May 2020", 1, "/search?q=wheat&from=2020-05-02&to=2020-05-02"),
    ]


def test_days_outside_the_dates_of_a_search_are_not_charted(site: Flask) -> None:
    drawn = _chart(site, from_="2020-05-02", to="2020-05-20")
    assert [bar.start for bar in drawn.bars] == ["2020-05-02"]
    assert (drawn.start, drawn.end) == ("2 May 2020", "20 May 2020")


@pytest.mark.parametrize(("start", "end"), [("2020", "2020"), ("2020-04", "2020-05"), ("2020-05-02", "2020-05-02")])
def test_other_searches_are_charted_by_month(site: Flask, start: str, end: str) -> None:
    assert _chart(site, from_=start, to=end).unit == "month"


def test_days_that_take_too_long_are_summed_by_month(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "PATIENCE", -1.0)
    drawn = _chart(site, from_="2020-05", to="2020-05")
    assert (drawn.unit, drawn.peak) == ("month", 2)


def test_days_of_a_month_add_up_to_it(site: Flask) -> None:
    counts = day_counts(site.extensions["engine"], SearchState(), "2019-02")
    assert counts
    assert len(counts) == 28
    assert (
        sum(counts.values())
        == ask(site.extensions["engine"], SearchState(date_from="2019-02", date_to="2019-02")).results.total
    )


def test_the_page_writes_the_days_out_as_a_table(site: Flask) -> None:
    text = site.test_client().get("/search?from=2020-05&to=2020-05").text
    assert "Articles by day" in text
    assert "1 May 2020</th>" in text
