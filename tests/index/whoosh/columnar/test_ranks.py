from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.ranks import Ranks, RanksWritten

lists = st.lists(
    st.sampled_from((0, 1, 2, 4, 8)).flatmap(
        lambda w: st.tuples(st.just(w), st.lists(st.integers(0, (1 << w) - 1), min_size=1, max_size=30))
    ),
    max_size=8,
)


@given(lists)
def test_ranks_come_back_one_by_one_and_all_together(kept: list[tuple[int, list[int]]]) -> None:
    widths = np.array([width for width, _ in kept], np.int64)
    sizes = np.array([len(listed) for _, listed in kept], np.int64)
    every = np.array([number for _, listed in kept for number in listed], np.int64)
    written = RanksWritten("x")
    written.add(sizes, every, widths)
    found = Ranks("x", written.arrays(), np.append(0, np.cumsum(sizes)))
    assert [found.read(n, width).tolist() for n, (width, _) in enumerate(kept)] == [listed for _, listed in kept]
    assert found.slice(0, len(kept), widths).tolist() == every.tolist()


def test_forms_are_ranked_within_their_term() -> None:
    families = Families(np.array([1, 0, 1, 1, 0]), 2)
    assert families.ranks.tolist() == [0, 0, 1, 2, 1]
    assert families.order.tolist() == [1, 4, 0, 2, 3]
    assert families.widths(np.array([0, 1])).tolist() == [families.width(0), families.width(1)] == [1, 2]


@pytest.mark.parametrize(
    ("forms", "width"), [(1, 0), (2, 1), (4, 2), (5, 4), (16, 4), (17, 8), (257, 16), (65_537, 32)]
)
def test_a_term_of_so_many_forms_needs_so_many_bits(forms: int, width: int) -> None:
    families = Families(np.zeros(forms, np.uint32), 1)
    assert families.width(0) == width
    assert families.widths(np.array([0])).tolist() == [width]
