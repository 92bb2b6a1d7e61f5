from __future__ import annotations

from pathlib import Path

import numpy as np

from search.index.whoosh.columnar.spool import Spool


def test_numbers_come_back_in_the_order_in_which_they_were_added(tmp_path: Path) -> None:
    spool = Spool(tmp_path, np.uint64)
    spool.add(np.array([3, 1], np.uint32))
    spool.add(np.array([1 << 40], np.uint64))
    assert spool.array().tolist() == [3, 1, 1 << 40]
    assert spool.size == 3


def test_nothing_comes_back_as_nothing(tmp_path: Path) -> None:
    assert Spool(tmp_path, np.uint8).array().tolist() == []


def test_no_file_is_left_that_a_crash_could_leave(tmp_path: Path) -> None:
    spool = Spool(tmp_path, np.uint8)
    spool.add(np.arange(10))
    assert list(tmp_path.iterdir()) == []
