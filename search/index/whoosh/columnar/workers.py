"""Work done in forked processes: each sees what its parent has in memory without copying it, and ends when that does.

A parent that is killed leaves nobody running: its processes wait, beside their work, for the end of a pipe that only
the parent holds open.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cache

from search.index.engine import EngineError

_FAILED = 1


class WorkerFailed(EngineError):
    """A forked process did not do its work; its reason is on standard error."""


class Workers:
    """Runs functions in forked processes, at most so many at once."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most or cores()
        self._running: list[int] = []

    def start(self, work: Callable[[], None]) -> None:
        """Do this in a process of its own, once one is free. Raises WorkerFailed for an earlier one."""
        while len(self._running) >= self._most:
            self._wait_for(self._running[0])
        self._running.append(forked(work))

    def finish(self) -> None:
        """Wait for all. Raises WorkerFailed."""
        while self._running:
            self._wait_for(self._running[0])

    def abandon(self) -> None:
        """End all."""
        while self._running:
            end(self._running.pop(0))

    def _wait_for(self, process: int) -> None:
        self._running.remove(process)
        wait_for(process)


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0))


def forked(work: Callable[[], None]) -> int:
    """A new process that does this and ends; its number."""
    reading, writing = _life(os.getpid())
    process = os.fork()
    if process:
        return process
    status = _FAILED
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        os.close(writing)
        threading.Thread(target=_end_with_parent, args=(reading,), daemon=True).start()
        work()
        status = 0
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(status)  # nothing of the parent's is to be cleaned up here


def wait_for(process: int) -> None:
    """Wait until it ends. Raises WorkerFailed where it did not do its work."""
    _, status = os.waitpid(process, 0)
    if status:
        raise WorkerFailed(f"A process that writes the index ended with status {os.waitstatus_to_exitcode(status)}.")


def end(process: int) -> None:
    """End one, whatever it is doing."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


@cache
def _life(parent: int) -> tuple[int, int]:
    """A pipe whose writing end is open as long as the process of this number lives."""
    return os.pipe()


def _end_with_parent(reading: int) -> None:
    os.read(reading, 1)
    os._exit(_FAILED)
