from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.postings import DocumentLists, ListsWritten, bitmap, narrow, numbers

_DOCUMENTS = 200_000

lists = st.lists(st.sets(st.integers(0, _DOCUMENTS - 1), min_size=1, max_size=40).map(sorted), min_size=1, max_size=8)


def read_back(*calls: list[list[int]], longest: int) -> DocumentLists:
    written = ListsWritten("x")
    for kept in calls:
        sizes = np.array([len(listed) for listed in kept], np.int64)
        values = np.array([number for listed in kept for number in listed], np.int64)
        written.add(sizes, values, np.full(len(kept), _DOCUMENTS), sizes > longest)
    starts = np.cumsum([0, *(len(listed) for kept in calls for listed in kept)], dtype=np.uint32)
    return DocumentLists("x", written.arrays(), starts, _DOCUMENTS)


@given(lists, lists, st.integers(0, 40))
def test_lists_come_back_whether_they_are_split_or_bitmaps(
    first: list[list[int]], second: list[list[int]], longest: int
) -> None:
    found, kept = read_back(first, second, longest=longest), first + second
    assert [found.numbers(n).tolist() for n in range(len(found))] == kept
    assert [list(found.bitmap(n)) for n in range(len(found))] == kept
    assert found.slice(1, len(kept), np.full(len(kept) - 1, _DOCUMENTS)).tolist() == [
        number for listed in kept[1:] for number in listed
    ]
    assert found.are_long(0, len(kept)).tolist() == [len(listed) > longest for listed in kept]


@given(st.sets(st.integers(0, 0xFFFF_FFFF)))
def test_a_bitmap_gives_back_its_numbers(kept: set[int]) -> None:
    assert numbers(bitmap(np.array(sorted(kept), np.uint32))).tolist() == sorted(kept)


def test_numbers_are_kept_in_the_smallest_type_that_holds_them() -> None:
    kinds = [narrow(np.array(found, np.int64)).dtype for found in ([], [255], [256], [65_536])]
    assert kinds == [np.uint8, np.uint8, np.uint16, np.uint32]
