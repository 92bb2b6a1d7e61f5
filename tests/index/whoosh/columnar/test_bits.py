from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.bits import Bits, packed, padded, within

WIDTHS = (0, 1, 2, 3, 4, 5, 8, 13, 16, 31, 57)


@given(st.sampled_from(WIDTHS), st.integers(0, 9), st.data())
def test_a_row_of_numbers_comes_back_from_where_it_begins(width: int, start: int, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.integers(0, (1 << width) - 1), max_size=70))
    places = 8 * start + np.arange(len(kept)) * width
    size = start + (len(kept) * width + 7 >> 3)
    bits = Bits(padded(packed(np.array(kept, np.int64), places, size)))
    assert bits.row(start, len(kept), width).tolist() == kept


@given(st.lists(st.integers(0, 57).flatmap(lambda w: st.tuples(st.just(w), st.integers(0, (1 << w) - 1)))))
def test_numbers_of_different_widths_lie_side_by_side(kept: list[tuple[int, int]]) -> None:
    widths = np.array([width for width, _ in kept], np.int64)
    places = np.cumsum(widths) - widths
    bits = Bits(padded(packed(np.array([n for _, n in kept], np.int64), places, int(widths.sum()) + 7 >> 3)))
    assert bits.at(places, widths).tolist() == [number for _, number in kept]


def test_members_of_runs_are_counted_from_nought() -> None:
    assert within(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]
