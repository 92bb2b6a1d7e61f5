from __future__ import annotations

import os
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
