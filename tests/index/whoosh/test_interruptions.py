"""Writers that are killed, or run out of space, at any moment: the last complete generation is served."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from search.articles.model import Article
from search.index.engine import EngineError, IndexLocked, Writer
from search.index.whoosh import WhooshEngine
from search.index.whoosh.columnar.workers import Workers
from tests.index.conftest import IndexOf
from tests.index.making import LABELS, article, source
from tests.index.whoosh.archive import OLD, opened, rebuild, states, update, with_many_segments
from tests.index.whoosh.interrupting import AtChange, copies, fail, in_child, kill


@pytest.fixture
def engine(index_of: IndexOf, tmp_path: Path) -> WhooshEngine:
    index_of(OLD, tmp_path / "index")
    return opened(tmp_path)


def update_when_free(engine: WhooshEngine) -> None:
    """The lock of a killed writer is free when the last of its processes has ended."""
    for _ in range(6000):
        try:
            update(engine)
            break
        except IndexLocked:
            time.sleep(0.01)


@pytest.mark.parametrize("act", [kill, fail], ids=["killed", "out of space"])
@pytest.mark.parametrize(("work", "after"), [(update, (2, 1)), (rebuild, (0, 1))], ids=["update", "build"])
def test_a_writer_that_ends_anywhere_leaves_the_last_complete_generation(
    engine: WhooshEngine,
    tmp_path: Path,
    work: Callable[[WhooshEngine], None],
    after: tuple[int, int],
    act: Callable[[], None],
) -> None:
    seen = []
    for number, place in copies(tmp_path / "index", 2000):

        def interrupted(number: int = number, place: Path = place) -> None:
            change = AtChange(number, act)
            sys.addaudithook(change)
            work(WhooshEngine(place, label=LABELS.get))
            os._exit(0 if change.acted else 77)

        ended = in_child(interrupted)
        fresh = WhooshEngine(place, label=LABELS.get)
        seen.append(states(fresh))
        assert seen[-1] in ((3, 0), after)
        assert list(fresh.verify()) == []
        work(fresh)
        assert states(fresh) == after
        assert len(list((place / "generations").iterdir())) <= 2
        if ended == 77:
            break
    assert ended == 77
    assert {(3, 0), after} == set(seen)
    assert len(seen) > 10


def test_merging_that_is_killed_anywhere_leaves_all_that_was_served(engine: WhooshEngine, tmp_path: Path) -> None:
    with_many_segments(engine)
    found, generations = states(engine), set()
    for number, place in copies(tmp_path / "index", 2000):

        def interrupted(number: int = number, place: Path = place) -> None:
            change = AtChange(number, kill)
            sys.addaudithook(change)
            WhooshEngine(place, label=LABELS.get).compact()
            os._exit(77)

        ended = in_child(interrupted)
        fresh = WhooshEngine(place, label=LABELS.get)
        generations.add(fresh.status().generation)
        assert states(fresh) == found
        assert list(fresh.verify()) == []
        if ended == 77:
            break
    assert ended == 77
    assert len(generations) == 2


def test_the_next_writer_sweeps_what_a_killed_one_left(engine: WhooshEngine, tmp_path: Path) -> None:
    def killed() -> None:
        with opened(tmp_path).build():
            kill()

    assert in_child(killed) == -signal.SIGKILL
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 2
    with engine.update():
        pass
    assert [path.name for path in (tmp_path / "index" / "generations").iterdir()] == ["000001"]


def test_a_dead_holder_of_the_lock_blocks_nobody(engine: WhooshEngine, tmp_path: Path) -> None:
    def killed() -> None:
        with opened(tmp_path).update():
            kill()

    in_child(killed)
    update(engine)
    assert states(engine) == (2, 1)


def put_and_commit(writer: Writer, articles: list[Article]) -> None:
    for one in articles:
        writer.put(source(), [one])
    writer.commit()


@pytest.mark.parametrize("moment", ["inverting", "merging"])
def test_a_writer_of_several_processes_that_is_killed_leaves_nobody_writing(
    engine: WhooshEngine, tmp_path: Path, moment: str
) -> None:
    def killed() -> None:
        with opened(tmp_path, memory=24_000).build() as writer:
            for number in range(12):
                writer.put(source("new.txt"), [article(f"new{number}", "Barges sail.")])
            if moment == "inverting":
                kill()
            Workers.finish = lambda workers: kill()  # type: ignore[assignment, method-assign]  # in this process alone
            writer.commit()

    assert in_child(killed) == -signal.SIGKILL
    assert states(engine) == (3, 0)
    update_when_free(engine)
    assert states(engine) == (2, 1)
    assert list(engine.verify()) == []
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 2


@pytest.mark.parametrize("all_of_them", [True, False], ids=["all processes", "one of them"])
def test_a_build_that_loses_processes_at_any_change_one_of_them_makes_is_never_served(
    engine: WhooshEngine, tmp_path: Path, all_of_them: bool
) -> None:
    ends = []
    for number, place in copies(tmp_path / "index", 100):

        def interrupted(number: int = number, place: Path = place) -> None:
            os.setpgid(0, 0)
            parent = os.getpid()
            change = AtChange(number, lambda: os.killpg(parent, signal.SIGKILL) if all_of_them else kill())
            sys.addaudithook(lambda event, args: None if os.getpid() == parent else change(event, args))
            with suppress(EngineError), WhooshEngine(place, label=LABELS.get, memory=24_000).build() as writer:
                put_and_commit(writer, [article(f"new{n}", "Barges sail.", said={"We": "Bo Ray"}) for n in range(12)])
                os._exit(77)

        ends.append(in_child(interrupted))
        fresh = WhooshEngine(place, label=LABELS.get)
        if ends[-1] == 77:
            break
        assert states(fresh) == (3, 0)
        update_when_free(fresh)
        assert states(fresh) == (2, 1)
        assert list(fresh.verify()) == []
        assert len(list((place / "generations").iterdir())) == 2
    assert set(ends[:-1]) == {-signal.SIGKILL if all_of_them else 0}
    assert ends[-1] == 77


def test_a_process_that_fails_spoils_the_build_alone(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("search.index.whoosh.columnar.segmentfile.write", lambda *_: fail())
    with opened(tmp_path, memory=20_000).build() as writer, pytest.raises(EngineError, match="writes the index"):
        put_and_commit(writer, [article(f"a{number}", "Barges sail.") for number in range(20)])
    assert "No space left" in capfd.readouterr().err
    assert states(engine) == (3, 0)
