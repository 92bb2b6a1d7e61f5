"""Processes that end, or fail, at a chosen change of the file system."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

#: What changes a file system, as the interpreter's audit events name it.
_CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod", "os.truncate"}


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


def copies(index: Path, most: int) -> Iterator[tuple[int, Path]]:
    """Fewer than so many copies of an index beside it, numbered from 1: each to be interrupted at another change."""
    for number in range(1, most):
        place = index.with_name(str(number))
        shutil.copytree(index, place, symlinks=True)
        yield number, place


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
