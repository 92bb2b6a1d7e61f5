"""Engines index in turn, some rounds of them, and the fastest of each counts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from bench import indexing
from bench.asking import Ask
from bench.engines.base import Outcome
from bench.generating import articles
from search.articles.model import Article

_ARTICLES = list(articles(5))


class Engine:
    """Writes down how often it has indexed."""

    remarks: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder.parent / f"{folder.name}.log"

    def index(self, found: Iterable[Article]) -> None:
        assert not list(self._folder.iterdir()), "what an earlier round left"
        self._log.write_text("x" * (self.rounds + 1))
        (self._folder / "index").write_text("".join(article.id for article in found))

    @property
    def rounds(self) -> int:
        return len(self._log.read_text()) if self._log.exists() else 0

    def open(self) -> None: ...

    def top10(self, ask: Ask) -> tuple[str, ...]:
        raise NotImplementedError

    def job(self, ask: Ask) -> Outcome:
        raise NotImplementedError

    def stored_bytes(self) -> int:
        return 0


class Failing(Engine):
    def stored_bytes(self) -> int:
        raise ValueError("the disk is gone")


def test_engines_take_turns_and_the_fastest_round_of_each_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def indexed(make: type[Engine], folder: Path, found: Iterable[Article]) -> indexing.Indexed:
        engine = make(folder)
        engine.index(found)
        round_ = engine.rounds
        return indexing.Indexed({1: 10.0, 2: 30.0, 3: 20.0}[round_], round_, round_, round_)

    monkeypatch.setattr(indexing, "_indexed", indexed)
    turns: list[str] = []
    found = indexing.index({"one": Engine, "other": Engine}, tmp_path, "five", _ARTICLES, turns.append)
    assert turns == ["one", "other"] * 3
    assert found == dict.fromkeys(["one", "other"], indexing.Indexed(30.0, 3, 3, 3))  # sizes are of what is kept
    assert found == indexing.index({"one": Engine, "other": Engine}, tmp_path, "five", _ARTICLES, turns.append)


def test_where_engines_take_long_none_has_a_further_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_LONG", -1.0)
    turns: list[str] = []
    indexing.index({"one": Engine, "other": Engine}, tmp_path, "five", _ARTICLES, turns.append)
    assert turns == ["one", "other"]


def test_an_index_that_was_not_finished_is_made_again(tmp_path: Path) -> None:
    assert _turns(Engine, tmp_path, "five")
    assert not _turns(Engine, tmp_path, "five")
    with pytest.raises(RuntimeError, match="ended early"):
        _turns(Failing, tmp_path, "other five")
    assert _turns(Engine, tmp_path, "five")


def test_what_one_engine_made_is_kept_where_the_next_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended early"):
        indexing.index({"one": Engine, "failing": Failing}, tmp_path, "five", _ARTICLES, lambda name: None)
    assert not _turns(Engine, tmp_path, "five")


def _turns(engine: type[Engine], folder: Path, archive: str) -> list[str]:
    turns: list[str] = []
    indexing.index({"one": engine}, folder, archive, _ARTICLES, turns.append)
    return turns
