from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.index.whoosh.columnar.gaps import GapLists, gap_arrays

numbers = st.one_of(st.integers(0, 300), st.integers(0, 0xFFFF_FFFF))
lists = st.lists(st.sets(numbers, min_size=1, max_size=40).map(sorted), max_size=8)


@given(lists)
@example([])
@example([[0], [127, 254], [128, 0xFFFF_FFFF], [0]])
def test_lists_come_back_one_by_one_and_all_together(kept: list[list[int]]) -> None:
    starts = np.cumsum([0, *map(len, kept)], dtype=np.uint32)
    values = np.array([number for listed in kept for number in listed], np.uint32)
    found = GapLists("x", gap_arrays("x", starts, values), starts)
    assert [found.numbers(n).tolist() for n in range(len(kept))] == kept
    assert found.all().tolist() == values.tolist()


def test_numbers_close_together_take_a_byte_each() -> None:
    values = np.arange(100, 10_000, 99, dtype=np.uint32)
    starts = np.array([0, len(values)], np.uint32)
    assert len(gap_arrays("x", starts, values)["x.gaps"]) == len(values)
