"""An update changes a small file of its own, and looks nothing up by reading all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from search.index.engine import DamagedIndex
from search.index.whoosh import layers, manifest, names, sealing
from search.index.whoosh.layers import Layers, Table

LAYERS = Layers(
    "fruit", (Table("fruit", "name TEXT, colour TEXT", key=("name",), gone="colour = ''", lookup="colour"),)
)
ADDED = "INSERT OR REPLACE INTO main.fruit VALUES (?, ?)"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "1").mkdir()
    write(tmp_path / "1", ("apple", "red"), ("plum", "blue"))
    return tmp_path / "1"


def write(generation: Path, *rows: tuple[str, str]) -> None:
    with closing(LAYERS.opened(generation)) as sqlite:
        sqlite.executemany(ADDED, rows)
    sealing.seal(generation, None)


def updated(before: Path, *rows: tuple[str, str]) -> Path:
    after = before.with_name(str(int(before.name) + 1))
    after.mkdir()
    LAYERS.carry_on(before, after)
    write(after, *rows)
    return after


def read(generation: Path) -> dict[str, str]:
    with closing(LAYERS.opened(generation, readonly=True)) as sqlite:
        return dict(sqlite.execute("SELECT name, colour FROM fruit ORDER BY name"))


def files(generation: Path) -> list[str]:
    return sorted(path.name for path in generation.glob("*.sqlite"))


def test_a_build_writes_one_file(built: Path) -> None:
    assert files(built) == ["fruit.sqlite"]
    assert read(built) == {"apple": "red", "plum": "blue"}


def test_an_update_links_the_whole_and_writes_what_it_changes(built: Path) -> None:
    content = (built / "fruit.sqlite").read_bytes()
    second = updated(built, ("apple", "green"), ("plum", ""), ("pear", "green"))
    third = updated(second, ("plum", "yellow"))
    assert read(second) == {"apple": "green", "pear": "green"}
    assert read(third) == {"apple": "green", "pear": "green", "plum": "yellow"}
    assert read(built) == {"apple": "red", "plum": "blue"}
    assert files(third) == ["fruit.changes.sqlite", "fruit.sqlite"]
    assert (third / "fruit.sqlite").samefile(built / "fruit.sqlite")
    assert not (third / "fruit.changes.sqlite").samefile(second / "fruit.changes.sqlite")
    assert (built / "fruit.sqlite").read_bytes() == content


def test_changes_that_have_grown_become_one_with_the_whole(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second = updated(built, ("apple", ""), ("pear", "green"))
    monkeypatch.setattr(layers, "_FEW", 0)
    third = updated(second, ("plum", "black"))
    assert not (third / "fruit.sqlite").samefile(built / "fruit.sqlite")
    sqlite = sqlite3.connect(third / "fruit.sqlite")
    assert sqlite.execute("SELECT * FROM fruit ORDER BY name").fetchall() == [("pear", "green"), ("plum", "blue")]
    assert read(third) == {"pear": "green", "plum": "black"}
    assert read(second) == {"pear": "green", "plum": "blue"}


@pytest.mark.parametrize(("few", "name"), [(1 << 20, "changes"), (0, "changes"), (0, "whole")])
def test_what_is_copied_or_made_one_is_compared_with_its_checksum(
    built: Path, few: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = updated(built, ("pear", "green"))
    damaged = dict(zip(("whole", "changes"), LAYERS.files(second), strict=True))[name]
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    monkeypatch.setattr(layers, "_FEW", few)
    with pytest.raises(DamagedIndex, match=damaged.name):
        updated(second)


@pytest.mark.parametrize(
    ("of", "query"),
    [
        (manifest.LAYERS, "SELECT digest FROM held WHERE article = ? AND shown"),
        (manifest.LAYERS, "SELECT article FROM held WHERE source = ?"),
        (manifest.LAYERS, "SELECT digest FROM held WHERE article = ? AND source = 3"),
        (manifest.LAYERS, "SELECT id FROM sources WHERE path = ?"),
        (manifest.LAYERS, "SELECT path FROM sources WHERE id = ?"),
        (names.LAYERS, "SELECT name, role FROM told WHERE block = ?"),
        (names.LAYERS, "SELECT name FROM variant WHERE block = ?"),
        (names.LAYERS, "SELECT one, other FROM apart WHERE block = ?"),
    ],
)
def test_nothing_is_looked_up_by_reading_all(tmp_path: Path, of: Layers, query: str) -> None:
    before, after = tmp_path / "1", tmp_path / "2"
    for generation in (before, after):
        generation.mkdir()
        if generation == after:
            of.carry_on(before, after)
        sqlite = of.opened(generation)
        for statement in (statement for table in of.tables for statement in table.indexed("main")):
            sqlite.execute(statement)
    plan = [row[3] for row in sqlite.execute(f"EXPLAIN QUERY PLAN {query}", ("x",))]
    assert sum(step.startswith("SEARCH") for step in plan) >= 2
    assert [step for step in plan if step.startswith(("SCAN", "MATERIALIZE"))] == []
