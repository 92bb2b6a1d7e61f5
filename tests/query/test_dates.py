"""Dates as readers give them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.dates import first_day, is_date, last_day


@pytest.mark.parametrize("value", ["2022", "2022-02", "2022-02-04", "2024-02-29", "1899-12-31"])
def test_a_year_a_month_and_a_day_are_dates(value: str) -> None:
    assert is_date(value)


@pytest.mark.parametrize(
    "value", ["", "22", "0000", "2022-13", "2022-00", "2022-2", "2023-02-29", "2022-02-04x", " 2022", "٢٠٢٢", "2022\n"]
)
def test_anything_else_is_not(value: str) -> None:
    assert not is_date(value)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-02-04", "2022-02-04", "2022-02-04"),
    ],
)
def test_a_date_stands_for_its_first_to_its_last_day(value: str, first: str, last: str) -> None:
    assert (first_day(value), last_day(value)) == (first, last)


@given(st.dates())
def test_every_day_lies_in_its_year_and_its_month(day: date) -> None:
    for part in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert is_date(part)
        assert date.fromisoformat(first_day(part)) <= day <= date.fromisoformat(last_day(part))
