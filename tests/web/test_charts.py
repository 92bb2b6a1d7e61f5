from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.results import MonthCount
from search.web.charts import Chart, chart
from search.web.dates import month_name


def _chart(*months: tuple[str, int]) -> Chart:
    made = chart([MonthCount(month, count) for month, count in months], lambda start, end: f"{start}..{end}")
    assert made
    return made


def test_an_empty_histogram_has_no_chart() -> None:
    assert chart([], lambda start, end: "") is None


def test_a_bar_stands_for_a_month_and_narrows_to_it() -> None:
    made = _chart(("2021-12", 2), ("2022-02", 8))
    assert made.unit == "month"
    assert [(bar.label, bar.count, bar.url) for bar in made.bars] == [
        ("December 2021", 2, "2021-12..2021-12"),
        ("February 2022", 8, "2022-02..2022-02"),
    ]
    assert made.bars[1].height == 100
    assert made.bars[0].height == 25


def test_many_years_are_summed_by_year() -> None:
    made = _chart(("2001-01", 1), ("2001-05", 2), ("2019-07", 4))
    assert made.unit == "year"
    assert [(bar.label, bar.count, bar.url) for bar in made.bars] == [
        ("2001", 3, "2001..2001"),
        ("2019", 4, "2019..2019"),
    ]


def test_centuries_are_summed_by_decade() -> None:
    made = _chart(("1851-01", 1), ("1987-05", 2), ("1989-07", 4))
    assert [(bar.label, bar.count, bar.url) for bar in made.bars] == [
        ("1850–1859", 1, "1850..1859"),
        ("1980–1989", 6, "1980..1989"),
    ]


def test_a_single_month_does_not_fill_the_chart() -> None:
    bar = _chart(("2022-02", 1)).bars[0]
    assert bar.width < 10
    assert bar.height == 50


def test_years_are_written_where_they_begin() -> None:
    assert [tick.label for tick in _chart(("2018-11", 1), ("2021-03", 1)).ticks] == ["2019", "2020", "2021"]


def test_few_months_are_named() -> None:
    assert [tick.label for tick in _chart(("2019-11", 1), ("2020-01", 1)).ticks] == ["Nov 2019", "Jan 2020"]


@pytest.mark.parametrize("count", range(2, 24))
def test_names_of_months_have_room(count: int) -> None:
    last = f"{2020 + count // 13}-{(count - 1) % 12 + 1:02d}"
    ticks = _chart(("2020-01", 1), (last, 1)).ticks
    assert min(after.x - tick.x for tick, after in pairwise(ticks)) > 12 if len(ticks) > 1 else count < 3


def test_the_axis_reaches_as_far_as_the_bars() -> None:
    assert _chart(("2022-02", 1)).reach == pytest.approx(100 / 12, abs=0.01)
    chart = _chart(("2018-11", 1), ("2021-03", 1))
    assert chart.reach == 100
    assert chart.bars[-1].x + chart.bars[-1].width <= chart.reach


months = st.dictionaries(st.integers(12, 9999 * 12 - 1).map(month_name), st.integers(1, 999), min_size=1, max_size=30)


@given(months)
def test_bars_lie_inside_the_chart_and_hold_every_article(counts: dict[str, int]) -> None:
    made = _chart(*counts.items())
    assert sum(bar.count for bar in made.bars) == sum(counts.values())
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.1 and 0 < bar.height <= 100 for bar in made.bars)
