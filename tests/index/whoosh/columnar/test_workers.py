from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from search.index.whoosh.columnar.workers import WorkerFailed, Workers


def write_process(path: Path) -> None:
    path.write_text(str(os.getpid()))


def test_work_is_done_in_other_processes(tmp_path: Path) -> None:
    workers = Workers(2)
    for number in range(5):
        workers.start(partial(write_process, tmp_path / str(number)))
    workers.finish()
    written = [(tmp_path / str(number)).read_text() for number in range(5)]
    assert str(os.getpid()) not in written
    assert len(set(written)) == 5


def test_work_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    workers = Workers(1)
    workers.start(lambda: Path("/nowhere at all").unlink())
    with pytest.raises(WorkerFailed, match="status 1"):
        workers.finish()
    assert "nowhere at all" in capfd.readouterr().err


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists() and "Z (" not in Path(f"/proc/{process}/status").read_text()


def test_nobody_goes_on_whose_parent_was_killed(tmp_path: Path) -> None:
    def parent() -> None:
        workers = Workers(2)
        workers.start(partial(write_and_sleep, tmp_path / "one"))
        workers.start(partial(write_and_sleep, tmp_path / "two"))
        until(lambda: all((tmp_path / name).exists() for name in ("one", "two")))
        os.kill(os.getpid(), signal.SIGKILL)

    if (child := os.fork()) == 0:
        parent()
    os.waitpid(child, 0)
    left = [int((tmp_path / name).read_text()) for name in ("one", "two")]
    until(lambda: not any(map(is_running, left)))


def test_work_that_is_given_up_ends(tmp_path: Path) -> None:
    workers = Workers(1)
    workers.start(partial(write_and_sleep, tmp_path / "one"))
    until((tmp_path / "one").exists)
    workers.abandon()
    assert not Path(f"/proc/{(tmp_path / 'one').read_text()}").exists()


def write_and_sleep(path: Path) -> None:
    new = path.with_suffix(".new")
    write_process(new)
    new.replace(path)
    time.sleep(600)


def until(happened: Callable[[], bool]) -> None:
    for _ in range(6000):
        if happened():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen within a minute")
