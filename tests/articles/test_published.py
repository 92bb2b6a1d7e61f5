"""The year that datelines leave out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.published import inferred_year, published
from search.articles.wire.dates import Day

_JUNE_4 = Day(6, 4)
_FEBRUARY_4 = Day(2, 4)


def _written(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1e9)


def test_stated_metadata_comes_first() -> None:
    assert published("2020-01-01", Day(6, 4, 2018), ["In 2021"], None) == ("2020-01-01", "stated")


def test_a_dateline_with_its_year_needs_nothing_else() -> None:
    assert published(None, Day(8, 29, 2014), ["In 2021"], None) == ("2014-08-29", "dateline")


def test_a_full_date_near_the_day_settles_the_year() -> None:
    text = "The treaty of 2001 was renewed on June 3, 2018, in Orva."
    assert published(None, _JUNE_4, [text], None) == ("2018-06-04", "inferred")


def test_an_anniversary_settles_nothing() -> None:
    text = "The council rose on June 4, 1989. Trade grew in 2017 and in 2018."
    assert inferred_year(_JUNE_4, [text]) == 2018


def test_the_weekday_picks_among_the_years_mentioned_and_the_next() -> None:
    texts = ["The premier will visit Orva, an aide said on Monday.", "Trade grew in 2017 and in February-March 2018."]
    assert inferred_year(_JUNE_4, texts) == 2018
    assert inferred_year(_JUNE_4, [texts[0].replace("Monday", "Tuesday"), texts[1]]) == 2019


def test_a_report_may_name_the_day_before() -> None:
    assert inferred_year(_JUNE_4, ["An aide said on Wednesday.", "Trade grew in 2019."]) == 2020


def test_a_year_that_is_over_was_last_year() -> None:
    assert inferred_year(_FEBRUARY_4, ["On top of the 50 mln tonnes exported in 2021, it will supply more."]) == 2022


def test_two_years_compared_are_last_year_and_this() -> None:
    assert inferred_year(_FEBRUARY_4, ["Sales rose to 9 mln in 2018 from 8 mln in 2017."]) == 2018


def test_a_year_of_which_something_is_expected_may_be_the_current_one() -> None:
    assert inferred_year(_FEBRUARY_4, ["The mine made 9 tons in 2020. It will make 10 tons in 2021."]) == 2021


@pytest.mark.parametrize(
    "text",
    [
        "The bond is due 2033.",
        "Emissions will fall by 2030.",
        "About 2018 people came.",
        "It cost $2,018.",
        "The 1990s were quiet.",
        "Room 2018-14, box 2017/3.",
    ],
)
def test_years_to_come_and_other_numbers_say_nothing(text: str) -> None:
    assert inferred_year(_JUNE_4, [text]) is None


def test_the_end_of_a_plan_does_not_win() -> None:
    texts = ["An aide said on Monday.", "Trade grew in 2017. They run a program for 2018-2022."]
    assert inferred_year(_JUNE_4, texts) == 2018


def test_the_very_day_with_its_weekday_stands_above_years_to_come() -> None:
    texts = ["The ferries sail from 2029, she said on Monday, June 4, 2018."]
    assert published(None, _JUNE_4, texts, None) == ("2018-06-04", "inferred")


def test_a_year_still_to_come_is_the_current_one_where_the_weekday_says_so() -> None:
    texts = ["The parties agreed on Monday.", "Members vote by June 20, 2018."]
    assert published(None, _JUNE_4, texts, None) == ("2018-06-04", "inferred")


def test_nothing_is_published_after_its_file_was_written() -> None:
    day, how = published(None, Day(11, 20), ["Sales fell in 2020."], _written(2021, 3, 1))
    assert (day, how) == ("2020-11-20", "inferred")


def test_the_file_tells_the_year_where_the_text_does_not() -> None:
    assert published(None, _JUNE_4, ["Ferries stop."], _written(2019, 8, 1)) == ("2019-06-04", "file")
    assert published(None, _JUNE_4, ["Ferries stop."], _written(2019, 5, 1)) == ("2018-06-04", "file")


def test_the_weekday_is_heeded_in_the_files_years_too() -> None:
    assert published(None, _JUNE_4, ["She said on Monday."], _written(2021, 8, 1)) == ("2018-06-04", "file")


def test_a_file_of_one_article_dates_it() -> None:
    modified = _written(2019, 8, 1)
    assert published(None, None, ["Ferries stop."], modified) == ("2019-08-01", "file")
    assert published(None, None, ["Ferries stop."], modified, alone=False) == (None, "unknown")


def test_without_any_sign_the_day_is_unknown() -> None:
    assert published(None, _JUNE_4, ["Ferries stop."], None) == (None, "unknown")


def test_a_leap_day_is_only_ever_one() -> None:
    day, _ = published(None, Day(2, 29), ["In 2019 it rained."], None)
    assert day == "2020-02-29"


@given(st.integers(1, 12), st.integers(1, 28), st.lists(st.text(max_size=200), max_size=4), st.integers(0, 2**62))
def test_any_text_gives_a_day_or_none(month: int, day: int, texts: list[str], modified: int) -> None:
    found, _ = published(None, Day(month, day), texts, modified)
    assert found is None or found[5:] == f"{month:02}-{day:02}"


@pytest.mark.parametrize(
    "hostile", ["2018 " * 200_000, "will " * 200_000 + "2018", "1999-" * 200_000, "June 4, " * 120_000]
)
def test_a_megabyte_is_read_in_one_pass(hostile: str) -> None:
    inferred_year(_JUNE_4, [hostile])
