from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.weights import Weights, WeightsWritten

lists = st.lists(
    st.lists(st.one_of(st.sampled_from([2, 4]), st.integers(1, 20), st.integers(1, 255)), min_size=1, max_size=40),
    max_size=8,
)


def read_back(*calls: list[list[int]]) -> Weights:
    written = WeightsWritten("x")
    for kept in calls:
        sizes = np.array([len(listed) for listed in kept], np.int64)
        written.add(sizes, np.array([number for listed in kept for number in listed], np.uint8))
    starts = np.cumsum([0, *(len(listed) for kept in calls for listed in kept)], dtype=np.uint32)
    return Weights("x", written.arrays(), starts)


@given(lists.filter(bool), lists.filter(bool))
def test_weights_come_back_one_by_one_and_all_together(first: list[list[int]], second: list[list[int]]) -> None:
    found, kept = read_back(first, second), first + second
    assert [found.read(index).tolist() for index in range(len(kept))] == kept
    assert found.slice(1, len(kept)).tolist() == [number for listed in kept[1:] for number in listed]


def test_lists_of_the_most_frequent_weight_take_nothing() -> None:
    written = WeightsWritten("x")
    written.add(np.array([500, 3]), np.array([2] * 500 + [2, 9, 2], np.uint8))
    arrays = written.arrays()
    assert np.diff(arrays["x.run_starts"]).tolist() == [0, 2]


def test_no_weights_are_no_lists() -> None:
    assert read_back().slice(0, 0).tolist() == []
