from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.web.dates import in_words, month_name, month_number


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2022-02-04", "4 February 2022"),
        ("2022-02-04T10:00:00Z", "4 February 2022"),
        ("2022-12", "December 2022"),
        ("2022", "2022"),
        (None, "undated"),
        ("", "undated"),
        ("soon", "soon"),
        ("2022-13-01", "2022-13-01"),
    ],
)
def test_dates_are_written_out(iso: str | None, words: str) -> None:
    assert in_words(iso) == words


@given(st.integers(12, 9999 * 12))
def test_months_can_be_counted_and_named(number: int) -> None:
    assert month_number(month_name(number)) == number
