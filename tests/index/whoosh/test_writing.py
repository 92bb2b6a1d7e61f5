"""Publishing: whatever happens to a writer, the last complete generation is served."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from search.articles.model import Article
from search.index.engine import DamagedIndex, EngineError, IndexLocked, Writer
from search.index.whoosh import WhooshEngine, compacting
from search.index.whoosh.columnar.segmentfile import SegmentFile
from search.index.whoosh.columnar.workers import Workers
from search.index.whoosh.writing import MEMORY
from search.query.nodes import Term
from search.query.results import Question
from tests.index.making import LABELS, article, source

OLD = [article(f"old{n}", "Boats sail.", said={"We sail": "Ada Brandt"}) for n in range(3)]
NEW = [article("new", "Barges sail.", said={"They sail": "Bo Ray"}), article("old0", "No more words.")]

#: What changes a file system, as the interpreter's audit events name it.
_CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod", "os.truncate"}


def opened(tmp_path: Path, memory: int = MEMORY) -> WhooshEngine:
    return WhooshEngine(tmp_path / "index", label=LABELS.get, memory=memory)


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    made = opened(tmp_path)
    with made.build() as writer:
        writer.put(source(), OLD)
        writer.commit()
    return made


def update(engine: WhooshEngine) -> None:
    with engine.update() as writer:
        writer.put(source("new.txt"), NEW)
        writer.commit()


def update_when_free(engine: WhooshEngine) -> None:
    """The lock of a killed writer is free when the last of its processes has ended."""
    for _ in range(6000):
        try:
            update(engine)
            break
        except IndexLocked:
            time.sleep(0.01)


def rebuild(engine: WhooshEngine) -> None:
    with engine.build() as writer:
        writer.put(source("new.txt"), NEW)
        writer.commit()


def in_child(work: Callable[[], None]) -> int:
    """Run in a forked process; returns how it ended: 0, an exit status, or the negative of a signal."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except OSError:
            pass
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class AtChange:
    """An audit hook that acts at one of the changes to the file system, counted from 1."""

    def __init__(self, number: int, act: Callable[[], None]) -> None:
        self._left = number
        self._act = act

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(args[1], str) and set("wax+") & set(args[1])
        if writes or event in _CHANGES:
            self._left -= 1
            if self._left == 0:
                self._act()

    @property
    def acted(self) -> bool:
        return self._left <= 0


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError(28, "No space left on device")


def states(engine: WhooshEngine) -> tuple[int, int]:
    return engine.search(Question(node=Term(None, "boats"))).total, engine.search(
        Question(node=Term(None, "barges"))
    ).total


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
    for number in range(1, 2000):
        place = tmp_path / str(number)
        shutil.copytree(tmp_path / "index", place, symlinks=True)

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


def test_the_holder_of_the_lock_is_named(engine: WhooshEngine, tmp_path: Path) -> None:
    with engine.update(), pytest.raises(IndexLocked, match=f"process {os.getpid()}"), opened(tmp_path).update():
        pass


def test_the_served_generation_and_the_one_before_are_kept(engine: WhooshEngine, tmp_path: Path) -> None:
    for number in range(4):
        with engine.update() as writer:
            writer.put(source("new.txt"), [article(f"new{number}")])
            writer.commit()
    kept = sorted(path.name for path in (tmp_path / "index" / "generations").iterdir())
    assert kept == ["000004", "000005"]
    assert (tmp_path / "index" / "current").readlink() == Path("generations/000005")


def test_an_update_shares_the_files_that_did_not_change(engine: WhooshEngine, tmp_path: Path) -> None:
    update(engine)
    first, second = sorted((tmp_path / "index" / "generations").iterdir())
    shared = {
        path.name for path in second.iterdir() if (first / path.name).exists() and path.samefile(first / path.name)
    }
    assert any(name.endswith(".seg") for name in shared)


def test_a_moved_index_is_served_from_where_it_is(engine: WhooshEngine, tmp_path: Path) -> None:
    update(engine)
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    assert states(WhooshEngine(tmp_path / "elsewhere")) == (2, 1)


def test_what_reads_back_wrong_is_not_published(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SegmentFile, "damages", lambda self: iter(["the array days is not as it was written"]))
    with pytest.raises(DamagedIndex, match="read back"):
        update(engine)
    monkeypatch.undo()
    assert states(engine) == (3, 0)


def test_nothing_is_written_into_a_folder_that_others_may_write_to(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index").chmod(0o777)
    with pytest.raises(DamagedIndex, match="Others may write"), opened(tmp_path).build():
        pass


def test_written_files_are_nobody_elses_to_change_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = opened(tmp_path)
        with made.build() as writer:
            writer.put(source(), OLD)
            writer.commit()
        assert made.status().articles == 3
    finally:
        os.umask(before)


def put_and_commit(writer: Writer, articles: list[Article]) -> None:
    for one in articles:
        writer.put(source(), [one])
    writer.commit()


def segments(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "index" / "current").glob("MAIN_*.seg"))


def test_an_archive_larger_than_memory_is_written_by_several_processes(tmp_path: Path) -> None:
    engine = opened(tmp_path, memory=50_000)
    with engine.build() as writer:
        for number in range(60):
            writer.put(source(f"{number}.txt"), [article(f"a{number}", "Boats sail.", said={"We sail": "Bo Ray"})])
        writer.put(source("59.txt"), [article("a7", "Barges sail."), article("a59", "Barges too.")])
        writer.remove(["a8"])
        writer.commit()
    assert states(engine) == (57, 2)
    assert (engine.status().articles, engine.status().quotes) == (59, 57)
    assert len(segments(tmp_path)) <= compacting.MOST
    assert list(engine.verify()) == []


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
    for number in range(1, 100):
        place = tmp_path / str(number)
        shutil.copytree(tmp_path / "index", place, symlinks=True)

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


def test_however_many_updates_the_segments_stay_few(engine: WhooshEngine, tmp_path: Path) -> None:
    for number in range(2 * compacting.MOST):
        with engine.update() as writer:
            writer.put(source(f"{number}.txt"), [article(f"new{number}", "Barges sail.")])
            writer.remove([f"new{number - 5}"])
            writer.commit()
        assert len(segments(tmp_path)) <= compacting.MOST
    assert states(engine) == (3, 5)
    assert list(engine.verify()) == []
