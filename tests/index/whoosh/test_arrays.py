"""A file of arrays gives back what was written, and refuses what was not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.index.engine import DamagedIndex
from search.index.whoosh import arrays

KEPT: dict[str, arrays.Array] = {
    "days": np.array([1, -2, 3], np.int32),
    "live": np.array([True, False]),
    "ids": np.array([b"one", b"three"]),
    "mean": np.array([0.5], np.float64),
    "none": np.empty(0, np.int64),
}


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    arrays.write(tmp_path / "a", KEPT)
    found = arrays.read(tmp_path / "a")
    assert list(found) == list(KEPT)
    for name, array in KEPT.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)


def test_arrays_that_are_read_cannot_be_written_to(tmp_path: Path) -> None:
    arrays.write(tmp_path / "a", KEPT)
    with pytest.raises(ValueError, match="read-only"):
        arrays.read(tmp_path / "a")["days"][0] = 9


@pytest.mark.parametrize(
    "content",
    [b"", b"short", b"BFARRAY1" + b"\xff" * 8, b"OTHERMAG" + bytes(100), b"BFARRAY1\x40" + bytes(7) + b"[" * 64],
)
def test_what_is_no_file_of_arrays_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "article.arrays").write_bytes(content)
    with pytest.raises(DamagedIndex, match=r"article\.arrays"):
        arrays.read(tmp_path / "article.arrays")


def test_an_array_of_objects_is_refused(tmp_path: Path) -> None:
    header = b'[["x", "|O", 1, 0]]'.ljust(48)
    (tmp_path / "a").write_bytes(b"BFARRAY1" + len(header).to_bytes(8, "little") + header + bytes(64))
    with pytest.raises(DamagedIndex, match="type"):
        arrays.read(tmp_path / "a")
