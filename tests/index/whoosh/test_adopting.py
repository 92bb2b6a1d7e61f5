"""Generations that are made ready before they are served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search.index.engine import Engine, NoIndex
from search.index.whoosh import WhooshEngine
from tests.index.making import LABELS, article, fill


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    made = WhooshEngine(tmp_path / "index", label=LABELS.get)
    fill(made, [article("a", "Boats sail.")])
    return made


def publish(engine: WhooshEngine, number: int) -> None:
    """As another process does it."""
    fill(WhooshEngine(engine.path, label=LABELS.get), [article(f"b{n}", "Boats sail.") for n in range(number)])


def test_a_generation_is_served_once_it_has_been_made_ready(engine: WhooshEngine) -> None:
    seen: list[tuple[int, int]] = []

    def prepare(ahead: Engine) -> None:
        seen.append((ahead.status().articles, engine.status().articles))

    assert engine.adopt(prepare)
    publish(engine, 3)
    assert engine.status().articles == 1
    assert engine.adopt(prepare)
    assert not engine.adopt(prepare)
    assert engine.status().articles == 3
    assert seen == [(1, 1), (3, 1)]


def test_a_generation_that_could_not_be_made_ready_is_served_at_once(engine: WhooshEngine) -> None:
    engine.adopt(lambda ahead: None)
    publish(engine, 3)
    with pytest.raises(ZeroDivisionError):
        engine.adopt(lambda ahead: print(1 // 0))
    assert engine.status().articles == 3
    publish(engine, 2)
    assert engine.status().articles == 2


def test_an_index_that_is_gone_is_told_of_at_once(engine: WhooshEngine) -> None:
    engine.adopt(lambda ahead: None)
    shutil.rmtree(engine.path)
    with pytest.raises(NoIndex):
        engine.adopt(lambda ahead: None)
    with pytest.raises(NoIndex):
        engine.status()
