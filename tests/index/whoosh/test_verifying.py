"""Damage is found, and its file named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from search.index.engine import DamagedIndex
from search.index.whoosh import WhooshEngine, sealing
from search.index.whoosh.columnar.segmentfile import SegmentFile
from tests.index.conftest import IndexOf
from tests.index.making import article, source
from tests.index.whoosh.making import generation

ARCHIVE = [
    article(f"a{n}", "Boats sail.", said={f"We sail {n}": "Ada Brandt"}, published="2022-02-04", places=("Northport",))
    for n in range(5)
]


@pytest.fixture
def path(index_of: IndexOf, tmp_path: Path) -> Path:
    return index_of(ARCHIVE, tmp_path / "index")


def found(path: Path) -> list[str]:
    return [Path(problem.path).name for problem in WhooshEngine(path).verify()]


def resealed(path: Path) -> None:
    """Damage that no checksum shows: the list of files is made anew."""
    (generation(path) / sealing.FILES).unlink()
    sealing.seal(generation(path), None)


def test_a_whole_index_has_no_problem(path: Path) -> None:
    assert found(path) == []


@pytest.mark.parametrize("updates", [0, 1])
def test_one_bit_turned_anywhere_is_found_in_its_file(path: Path, updates: int) -> None:
    for _ in range(updates):
        with WhooshEngine(path).update() as writer:
            writer.put(source("more.txt"), [article("more", "More boats.", said={"We sail on": "Bo Ray"})])
            writer.commit()
    assert len(list(generation(path).glob("*.changes.sqlite"))) == 2 * updates
    for file in sorted(generation(path).iterdir()):
        content = file.read_bytes()
        for at in {number * len(content) // 8 for number in range(8)}:
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert found(path) == [file.name]
        file.write_bytes(content)


@pytest.mark.parametrize("left", [0, 1, -2, -1])
def test_a_file_cut_short_is_found(path: Path, left: int) -> None:
    for file in sorted(generation(path).iterdir()):
        content = file.read_bytes()
        file.write_bytes(content[:left])
        assert found(path) == [file.name]
        file.write_bytes(content)


def test_a_missing_and_a_foreign_file_are_found(path: Path) -> None:
    segment = next(generation(path).glob("MAIN_*.seg"))
    segment.rename(segment.with_name("other.seg"))
    assert found(path) == [segment.name, "other.seg"]


def test_an_array_that_is_not_what_was_written_is_named(path: Path) -> None:
    file = next(generation(path).glob("MAIN_*.seg"))
    days = SegmentFile(file).arrays["days"].tobytes()
    file.write_bytes(file.read_bytes().replace(days, days[:-1] + b"\x7f"))
    resealed(path)
    (problem,) = WhooshEngine(path).verify()
    assert (Path(problem.path).name, "array days" in problem.message) == (file.name, True)


def test_a_manifest_of_another_archive_is_named(path: Path, index_of: IndexOf, tmp_path: Path) -> None:
    other = index_of(ARCHIVE[:2], tmp_path / "other")
    shutil.copy(generation(other) / "manifest.sqlite", generation(path))
    resealed(path)
    assert "manifest.sqlite" in found(path)


@pytest.mark.parametrize("change", [{"kind": "blake2b"}, {"kind": None}])
def test_a_list_of_files_of_another_version_is_refused(path: Path, change: dict[str, object]) -> None:
    file = generation(path) / sealing.FILES
    file.write_text(json.dumps(json.loads(file.read_bytes()) | change), "utf-8")
    with pytest.raises(DamagedIndex, match=r"files\.json .* another version's; build the index again"):
        WhooshEngine(path).status()
