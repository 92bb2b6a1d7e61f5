from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.index.whoosh.columnar.workers import WorkerFailed, Workers


def test_work_is_done_in_other_processes(tmp_path: Path) -> None:
    workers = Workers(2)
    for number in range(5):
        workers.start(lambda number=number: (tmp_path / str(number)).write_text(str(os.getpid())))  # type: ignore[misc]
    workers.finish()
    written = [(tmp_path / str(number)).read_text() for number in range(5)]
    assert str(os.getpid()) not in written
    assert len(set(written)) == 5


def test_work_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    workers = Workers(1)
    workers.start(lambda: os.stat("/nowhere at all") and None)
    with pytest.raises(WorkerFailed, match="status 1"):
        workers.finish()
    assert "nowhere at all" in capfd.readouterr().err
