from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from search.articles.model import SourceFile
from search.web.keeping import kept, recent
from tests.archive import EMPTY, HARVEST
from tests.conftest import SiteOf


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
