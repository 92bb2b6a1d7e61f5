"""Dates as copy and metadata write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.wire.dates import (
    _IN_TEXT,
    Day,
    _dates_in,
    full_dates,
    leading_day,
    may_hold_years,
    month_number,
    stated_date,
    trailing_day,
)


@pytest.mark.parametrize(
    ("word", "number"),
    [("Sept", 9), ("MArch", 3), ("Febuary", 2), ("juil", 7), ("août", 8), ("ene", 1), ("мая", 5), ("Dez", 12)],
)
def test_months_are_known_in_many_spellings(word: str, number: int) -> None:
    assert month_number(word) == number


@pytest.mark.parametrize("word", ["Monday", "Mary", "Port", "percent", "Ju"])
def test_other_words_are_no_months(word: str) -> None:
    assert month_number(word) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ORVA, Feb. 26", Day(2, 26)),
        ("ORVA, 3 JAN 90", Day(1, 3, 1990)),
        ("ORVA, JUNE 11 89", Day(6, 11, 1989)),
        ("ORVA, Aug 29, 2014", Day(8, 29, 2014)),
        ("ORVA, April, 13", Day(4, 13)),
        ("ORVA 2018-06-04", Day(6, 4, 2018)),
        ("ORVA, 5 de mayo de 2011", Day(5, 5, 2011)),
    ],
)
def test_a_text_ends_with_a_day(text: str, day: Day) -> None:
    ending = trailing_day(text)
    assert ending is not None
    assert ending[0] == day
    assert text[: ending[1]].startswith("ORVA")


@pytest.mark.parametrize("text", ["ORVA, Feb 31", "ORVA, Monday 3", "ORVA 26", "in March"])
def test_no_day_is_made_up(text: str) -> None:
    assert trailing_day(text) is None


def test_no_date_is_a_statement_too() -> None:
    assert trailing_day("ORVA, NO DATE") == (None, 6)


def test_a_text_begins_with_a_day() -> None:
    assert leading_day("Jan 30 and more") == (Day(1, 30), 6)


@pytest.mark.parametrize("year", [1600, 1742, 1899, 1987, 2000, 2099])
def test_no_text_with_a_full_date_is_passed_over(year: int) -> None:
    text = f"The ferry line opened on 4 May {year}."
    assert may_hold_years(text)
    assert list(full_dates(text))
    assert not may_hold_years("The ferry line opened on 4 May.")


def test_full_dates_are_found_in_running_text() -> None:
    text = "It was signed on June 4, 2018, after 3 May 2017 and before 2019-01-02; not on June 31, 2018."
    assert [day for day, _ in full_dates(text)] == [Day(6, 4, 2018), Day(5, 3, 2017), Day(1, 2, 2019)]


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2022-02-04", "2022-02-04"),
        ("2022-02-04T23:30:00-05:00", "2022-02-04"),
        ("20140829T134951+0000", "2014-08-29"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("Mon, 04 Jun 2018 10:00:00 +0300", "2018-06-04"),
        ("June 4, 2018", "2018-06-04"),
        ("4.6.2018", "2018-06-04"),
        ("13/6/2018", "2018-06-13"),
        ("6/13/2018", "2018-06-13"),
        (1528100000, "2018-06-04"),
        (1528100000000, "2018-06-04"),
    ],
)
def test_stated_dates_are_read_in_common_forms(value: object, iso: str) -> None:
    assert stated_date(value) == iso


@pytest.mark.parametrize("value", ["4/6/2018", "soon", "", None, True, 2018, "2018-13-40", [2018], float("nan")])
def test_what_states_no_day_is_none(value: object) -> None:
    assert stated_date(value) is None


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_no_value_raises(value: object) -> None:
    assert stated_date(value) is None or len(str(stated_date(value))) == 10


def test_the_nearest_year_is_taken_across_new_year() -> None:
    assert Day(12, 31).near("2019-01-01") == "2018-12-31"
    assert Day(1, 1).near("2018-12-31") == "2019-01-01"


def test_a_leap_day_finds_a_leap_year_only() -> None:
    assert Day(2, 29).near("2020-03-01") == "2020-02-29"
    assert Day(2, 29).iso(2019) is None


@given(st.text(st.sampled_from("1269 June May.,st-x\n"), max_size=40), st.sampled_from(["June 4, 2018", "4 May 1999"]))
def test_a_date_is_found_wherever_a_search_of_the_whole_text_finds_one(around: str, written: str) -> None:
    for text in (f"{around}{written}", f"{written}{around}", f"{around} {written} {around}"):
        whole = [found.span() for found in _IN_TEXT.finditer(text)]
        assert [found.span() for found in _dates_in(text)] == whole
