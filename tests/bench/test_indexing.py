"""Engines index in turn, some rounds of them, and the fastest of each counts."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench import indexing
from bench.asking import Ask
from bench.engines.base import Outcome
from bench.generating import articles
from search.articles.model import Article

_ARTICLES = list(articles(5))


class Slow:
    """An engine that takes so many seconds the first time, the second and so on."""

    seconds: tuple[float, ...] = ()
    remarks: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder.parent / f"{folder.name}.log"

    def index(self, found: Iterable[Article]) -> None:
        assert not list(self._folder.iterdir()), "what an earlier round left"
        rounds = len(self._log.read_text()) if self._log.exists() else 0
        self._log.write_text("x" * (rounds + 1))
        time.sleep(dict(enumerate(self.seconds)).get(rounds, 0.0))
        (self._folder / "index").write_text("".join(article.id for article in found))

    def open(self) -> None: ...

    def top10(self, ask: Ask) -> tuple[str, ...]:
        raise NotImplementedError

    def job(self, ask: Ask) -> Outcome:
        raise NotImplementedError

    def stored_bytes(self) -> int:
        return 0


class Hindered(Slow):
    seconds = (0.5, 0.0, 0.5)


class Failing(Slow):
    def stored_bytes(self) -> int:
        raise ValueError("the disk is gone")


def test_engines_take_turns_and_the_fastest_round_of_each_counts(tmp_path: Path) -> None:
    turns: list[str] = []
    found = indexing.index({"slow": Slow, "hindered": Hindered}, tmp_path, "five", _ARTICLES, turns.append)
    assert turns == ["slow", "hindered"] * 3
    assert list(found) == ["slow", "hindered"]
    assert found["hindered"].index_docs_per_s > 2 * len(_ARTICLES) / 0.5


def test_where_engines_take_long_none_has_a_further_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_LONG", 0.4)
    turns: list[str] = []
    indexing.index({"slow": Slow, "hindered": Hindered}, tmp_path, "five", _ARTICLES, turns.append)
    assert turns == ["slow", "hindered"]


def test_an_index_that_was_not_finished_is_made_again(tmp_path: Path) -> None:
    assert _turns(Slow, tmp_path, "five")
    assert not _turns(Slow, tmp_path, "five")
    with pytest.raises(RuntimeError, match="ended early"):
        _turns(Failing, tmp_path, "other five")
    assert _turns(Slow, tmp_path, "five")


def test_what_one_engine_made_is_kept_where_the_next_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended early"):
        indexing.index({"slow": Slow, "failing": Failing}, tmp_path, "five", _ARTICLES, lambda name: None)
    assert not _turns(Slow, tmp_path, "five")


def _turns(engine: type[Slow], folder: Path, archive: str) -> list[str]:
    turns: list[str] = []
    indexing.index({"slow": engine}, folder, archive, _ARTICLES, turns.append)
    return turns
