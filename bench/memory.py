"""Memory that only a process has: files that it maps, and what it shares with its parent, are left out."""

from __future__ import annotations

import resource
import threading
import time
from pathlib import Path

_SHARE = 30  # looking takes a thirtieth of the time: a large process is held up by it


class Peak:
    """The highest private memory of this process and its children while inside, in megabytes."""

    def __enter__(self) -> Peak:
        self.mb = private_mb()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.1
        while not self._stop.wait(pause):
            start = time.perf_counter()
            self.mb = max(self.mb, private_mb() + sum(map(private_mb, _children())))
            pause = max(0.1, _SHARE * (time.perf_counter() - start))


def private_mb(process: int | str = "self") -> float:
    """The private memory of a process, in megabytes."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if process == "self" else 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def _children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found
