from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from search.articles.model import SourceFile
from search.index.engine import Engine
from search.web.keeping import kept, let_go, recent
from tests.archive import EMPTY, HARVEST
from tests.conftest import SiteOf
from tests.index.naive import NaiveEngine


def test_what_is_kept_is_made_anew_for_each_generation(site_of: SiteOf) -> None:
    site = site_of([HARVEST])
    engine = site.extensions["engine"]
    made: list[int] = []

    def count() -> int:
        made.append(engine.status().articles)
        return made[-1]

    with site.app_context():
        assert [kept(engine, "articles", count), kept(engine, "articles", count)] == [1, 1]
        with engine.update() as writer:
            writer.put(SourceFile("more.jsonl", 1, 1), [EMPTY])
            writer.commit()
        assert [kept(engine, "articles", count), kept(engine, "articles", count)] == [2, 2]
    assert made == [1, 2]


def test_of_many_keys_the_last_ones_are_kept(site_of: SiteOf) -> None:
    site = site_of([HARVEST])
    made: list[str] = []

    def ask(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return recent(site.extensions["engine"], "letters", key, 2, make)

    with site.app_context():
        assert [ask(key) for key in "abacab"] == list("ABACAB")
    assert made == list("abcab")


def test_who_comes_while_something_is_being_made_waits_for_it(site_of: SiteOf) -> None:
    site = site_of([HARVEST])
    begun, finish = Event(), Event()
    made: list[str] = []

    def make() -> str:
        made.append("once")
        begun.set()
        finish.wait(30)
        return "once"

    def ask() -> str:
        with site.app_context():
            return kept(site.extensions["engine"], "slow", make)

    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(ask)
        begun.wait(30)
        second = readers.submit(ask)
        with suppress(TimeoutError):
            second.result(0.1)
        finish.set()
        assert [first.result(30), second.result(30)] == ["once", "once"]
    assert made == ["once"]


def test_two_generations_are_kept_until_the_one_before_is_let_go(site_of: SiteOf) -> None:
    site = site_of([HARVEST])
    made: list[int] = []

    def ask(of: Engine) -> int:
        def count() -> int:
            made.append(of.status().articles)
            return made[-1]

        return kept(of, "articles", count)

    with site.app_context():
        before, served = _engine(1), _engine(2)
        assert [ask(before), ask(served), ask(before), ask(served)] == [1, 2, 1, 2]
        assert made == [1, 2]
        let_go(served)
        assert [ask(served), ask(before)] == [2, 1]
        assert made == [1, 2, 1]


def _engine(number: int) -> Engine:
    engine = NaiveEngine(str)
    with engine.build() as writer:
        writer.put(SourceFile("archive.jsonl", 1, 1), [HARVEST, EMPTY][:number])
        writer.commit()
    return engine
