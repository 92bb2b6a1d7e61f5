from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.index.engine import DamagedIndex
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.segmentfile import Array, SegmentFile

ARRAYS: dict[str, Array] = {
    "days": np.array([3, 1, 2], np.int32),
    "nothing": np.empty(0, np.uint8),
    "starts": np.array([0, 1 << 40], np.uint64),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    segmentfile.write(tmp_path / "one.seg", ARRAYS, {"documents": "article"})
    return tmp_path / "one.seg"


def test_arrays_and_facts_come_back_as_they_were_written(path: Path) -> None:
    file = SegmentFile(path)
    assert file.facts == {"documents": "article"}
    assert {name: array.tolist() for name, array in file.arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }
    assert list(file.damages()) == []


def test_every_array_is_aligned_and_cannot_be_written_to(path: Path) -> None:
    for array in SegmentFile(path).arrays.values():
        assert array.__array_interface__["data"][0] % 64 == 0 or not len(array)
        assert not array.flags.writeable


def test_a_file_is_never_written_over(path: Path) -> None:
    with pytest.raises(FileExistsError):
        segmentfile.write(path, ARRAYS, {})


def test_one_bit_turned_anywhere_is_found_at_opening_or_by_reading_back(path: Path) -> None:
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert damages(path) != [], place


def damages(path: Path) -> list[str]:
    try:
        return list(SegmentFile(path).damages())
    except DamagedIndex as error:
        return [str(error)]


@pytest.mark.parametrize("kept", [0, 7, 40, 200, -1])
def test_a_file_cut_short_is_refused_by_name(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamagedIndex, match=r"one\.seg"):
        SegmentFile(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex, match=r"two\.seg"):
        SegmentFile(tmp_path / "two.seg")
