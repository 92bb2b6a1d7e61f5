from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.index.whoosh.columnar import ascending
from search.index.whoosh.columnar.bits import Bits, padded

universes = st.one_of(st.integers(1, 40), st.integers(250, 70_000), st.integers(1 << 20, 1 << 32))
kept_lists = st.lists(
    universes.flatmap(
        lambda u: st.tuples(st.just(u), st.sets(st.integers(0, u - 1), min_size=1, max_size=60).map(sorted))
    ),
    max_size=6,
)


@given(kept_lists)
@example([(1, [0]), (1 << 16, [0, 65_535]), (257, list(range(257)))])
def test_lists_come_back_one_by_one_and_all_together(kept: list[tuple[int, list[int]]]) -> None:
    sizes = np.array([len(listed) for _, listed in kept], np.int64)
    bounds = np.array([universe for universe, _ in kept], np.int64)
    values = np.array([number for _, listed in kept for number in listed], np.int64)
    run, taken = ascending.written(sizes, values, bounds)
    bits, starts = Bits(padded(run)), np.cumsum(taken) - taken
    one_by_one = [
        ascending.read(bits, int(start), len(listed), universe).tolist()
        for start, (universe, listed) in zip(starts, kept, strict=True)
    ]
    assert one_by_one == [listed for _, listed in kept]
    assert ascending.read_all(bits, starts, sizes, bounds).tolist() == values.tolist()


def test_a_list_takes_about_three_bits_a_number_more_than_the_gaps_need() -> None:
    values = np.arange(0, 20_000, 20)
    _, taken = ascending.written(np.array([len(values)]), values, np.array([20_000]))
    assert taken[0] * 8 <= len(values) * (np.log2(20) + 3)
