"""Work done in forked processes, a few at a time: each sees what its parent has in memory without copying it."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from search.index.engine import EngineError

_FAILED = 1


class WorkerFailed(EngineError):
    """A forked process did not do its work; its reason is on standard error."""


class Workers:
    """Runs functions in forked processes, at most so many at once."""

    def __init__(self, most: int | None = None) -> None:
        self._most = max(most or os.cpu_count() or 1, 1)
        self._running: list[int] = []

    def start(self, work: Callable[[], None]) -> None:
        """Do this in a process of its own, once one is free. Raises WorkerFailed for an earlier one."""
        while len(self._running) >= self._most:
            self._wait_for(self._running[0])
        process = os.fork()
        if process:
            self._running.append(process)
            return
        status = _FAILED
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.stderr)
        finally:
            os._exit(status)  # nothing of the parent's is to be cleaned up here

    def finish(self) -> None:
        """Wait for all. Raises WorkerFailed."""
        while self._running:
            self._wait_for(self._running[0])

    def abandon(self) -> None:
        """Wait for all, whatever became of them."""
        while self._running:
            os.waitpid(self._running.pop(0), 0)

    def _wait_for(self, process: int) -> None:
        self._running.remove(process)
        _, status = os.waitpid(process, 0)
        if status:
            raise WorkerFailed(
                f"A process that writes the index ended with status {os.waitstatus_to_exitcode(status)}."
            )
