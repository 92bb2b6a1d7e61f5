from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.state import BadParameter
from search.web.pages import pages


def test_the_first_the_last_and_the_pages_around_are_offered() -> None:
    assert pages(1000, 50, 10).numbers == (1, None, 48, 49, 50, 51, 52, None, 100)


def test_nothing_found_is_one_page_without_hits() -> None:
    empty = pages(0, 1, 10)
    assert (empty.last, empty.first_hit, empty.last_hit, empty.previous, empty.next) == (1, 0, 0, None, None)


def test_the_last_page_may_be_short() -> None:
    last = pages(11, 2, 10)
    assert (last.first_hit, last.last_hit, last.previous, last.next) == (11, 11, 1, None)


def test_a_page_beyond_the_last_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadParameter, match=r"^page=12 is beyond the list: the last page is 11\.$"):
        pages(101, 12, 10, of="list")


@given(st.integers(1, 10**9), st.integers(1, 100), st.data())
def test_a_thousand_pages_or_a_million_the_list_stays_short(total: int, size: int, data: st.DataObject) -> None:
    page = data.draw(st.integers(1, -(-total // size)))
    made = pages(total, page, size)
    assert page in made.numbers
    assert {1, made.last} <= set(made.numbers)
    assert len(made.numbers) <= 9
