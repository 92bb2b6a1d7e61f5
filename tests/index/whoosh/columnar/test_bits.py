from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.bits import Bits, beside, packed, padded, within

WIDTHS = (0, 1, 2, 4, 8, 16, 32)
numbers = st.lists(
    st.sampled_from(WIDTHS).flatmap(
        lambda width: st.tuples(st.just(width), st.lists(st.integers(0, (1 << width) - 1), max_size=20))
    )
)


def read_back(lists: list[tuple[int, list[int]]], more: int = 0) -> tuple[Bits, list[int]]:
    """The lists as they were packed, with so many bits more in each number, and where each begins."""
    values = [number | more << width for width, listed in lists for number in listed]
    sizes = np.array([len(listed) for _, listed in lists], np.int64)
    run, taken = packed(sizes, np.array(values, np.int64), np.array([width for width, _ in lists], np.int64))
    return Bits(padded(run)), (np.cumsum(taken) - taken).tolist()


@given(numbers)
def test_lists_come_back_from_where_they_begin(lists: list[tuple[int, list[int]]]) -> None:
    bits, starts = read_back(lists)
    found = [bits.row(start, len(kept), width).tolist() for start, (width, kept) in zip(starts, lists, strict=True)]
    assert found == [kept for _, kept in lists]


@given(numbers)
def test_numbers_of_different_widths_are_read_together(lists: list[tuple[int, list[int]]]) -> None:
    bits, starts = read_back(lists)
    widths = np.array([width for width, kept in lists for _ in kept], np.int64)
    places = [
        8 * start + n * width for start, (width, kept) in zip(starts, lists, strict=True) for n in range(len(kept))
    ]
    assert bits.at(np.array(places, np.int64), widths).tolist() == [number for _, kept in lists for number in kept]


@given(numbers)
def test_of_too_large_a_number_the_lowest_bits_are_kept(lists: list[tuple[int, list[int]]]) -> None:
    bits, starts = read_back(lists, more=5)
    found = [bits.row(start, len(kept), width).tolist() for start, (width, kept) in zip(starts, lists, strict=True)]
    assert found == [kept for _, kept in lists]


@given(st.integers(0, 9), st.lists(st.integers(0, 255), max_size=20), st.integers(1, 30))
def test_numbers_of_any_width_are_read(start: int, run: list[int], width: int) -> None:
    bits, count = Bits(padded(np.array([*bytes(start), *run], np.uint8))), 8 * len(run) // width
    whole = int.from_bytes(bytes(run), "little")
    assert bits.row(start, count, width).tolist() == [whole >> n * width & ((1 << width) - 1) for n in range(count)]


def test_columns_lie_row_beside_row() -> None:
    first = np.array([1, 2, 3], np.uint8), np.array([2, 0, 1])
    second = np.array([7, 8], np.uint8), np.array([0, 1, 1])
    assert beside(first, second).tolist() == [1, 2, 7, 3, 8]


def test_members_of_runs_are_counted_from_nought() -> None:
    assert within(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]
