"""Damage is found, and its file named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search.index.whoosh import WhooshEngine, folder
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
    (generation(path) / folder.FILES).unlink()
    folder.seal(generation(path), None)


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
        middle = len(content) // 2
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        if file.name != folder.FILES:
            assert found(path) == [file.name]
        else:
            assert found(path) != []
        file.write_bytes(content)


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
