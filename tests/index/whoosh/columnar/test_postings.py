from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.postings import Lists, bitmap, list_arrays, numbers

lists = st.lists(st.sets(st.integers(0, 200_000), min_size=1, max_size=40).map(sorted), max_size=8)


@given(lists, st.integers(0, 40))
def test_lists_come_back_whether_they_are_kept_flat_or_as_bitmaps(kept: list[list[int]], longest: int) -> None:
    starts = np.cumsum([0, *map(len, kept)], dtype=np.uint32)
    values = np.array([number for listed in kept for number in listed], np.uint32)
    found = Lists("x", list_arrays("x", starts, values, values, longest), starts)
    assert [found.numbers(n).tolist() for n in range(len(found))] == kept
    assert [list(found.bitmap(n)) for n in range(len(found))] == kept
    assert found.all(found.flat).tolist() == values.tolist()
    assert found.is_long().tolist() == [len(listed) > longest for listed in kept]


@given(st.sets(st.integers(0, 0xFFFF_FFFF)))
def test_a_bitmap_gives_back_its_numbers(kept: set[int]) -> None:
    assert numbers(bitmap(np.array(sorted(kept), np.uint32))).tolist() == sorted(kept)
