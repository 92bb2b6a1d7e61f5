from __future__ import annotations

import gc
from threading import Event, Thread

import pytest
from flask import Flask

from app import create_app
from search.articles.model import SourceFile
from search.web import warming
from search.web.directory import directory
from search.web.warming import keep_warm, settle, warm
from tests.archive import ARTICLES, HARVEST
from tests.index.naive import NaiveEngine


def fill(engine: NaiveEngine, number: int) -> None:
    with engine.build() as writer:
        writer.put(SourceFile("archive.jsonl", 1, 1), ARTICLES[:number])
        writer.commit()


def made(app: Flask) -> set[str]:
    return set(app.extensions.get("kept", {}))


def test_what_pages_need_of_a_generation_is_made_at_once() -> None:
    engine = NaiveEngine(str)
    fill(engine, 3)
    app = create_app(engine=engine)
    with app.app_context():
        warm()
    lists = {
        "directory of speakers",
        "directory of places",
        "directory of agencies",
        "tree of topics",
        "alphabet of topic",
    }
    assert lists <= made(app)
    before = dict(app.extensions["kept"])
    assert app.test_client().get("/speakers").status_code == app.test_client().get("/topics").status_code == 200
    assert all(app.extensions["kept"][name] is before[name] for name in lists)


def test_a_new_generation_is_warmed_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, warmed, stop = NaiveEngine(str), Event(), Event()
    app = create_app(engine=engine)

    def told() -> None:
        warm()
        warmed.set()

    monkeypatch.setattr(warming, "warm", told)
    thread = Thread(target=keep_warm, args=(app, stop, 0.01), daemon=True)
    thread.start()  # where there is no index yet
    fill(engine, 1)
    assert warmed.wait(30)
    warmed.clear()
    fill(engine, len(ARTICLES))
    assert warmed.wait(30)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    with app.app_context():
        assert HARVEST.quotes[0].speaker in [entry.name for entry in directory(engine, "speaker").entries]


def test_what_has_been_made_is_left_out_of_garbage_collections() -> None:
    kept = [object()]
    settle()
    try:
        assert gc.get_freeze_count() > 1_000
        assert not any(one is kept for one in gc.get_objects())
    finally:
        gc.unfreeze()
