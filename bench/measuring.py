"""Runs one engine in a process of its own, so that its memory is its own: indexes, asks everything, measures."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.asking import Ask
from bench.engines.base import Contestant
from bench.generating import text_bytes
from search.articles.model import Article

_ROUNDS = 3


@dataclass
class Times:
    """Milliseconds by percentile over the mix."""

    p50: float = 0.0
    p90: float = 0.0
    p99: float = 0.0


@dataclass
class Measured:
    """What was measured of one engine; `totals` by question, `kinds` p50 of the job by kind of question."""

    index_docs_per_s: float = 0.0
    index_bytes_per_text_byte: float = 0.0
    stored_bytes_per_text_byte: float = 0.0
    peak_mb: float = 0.0
    serving_mb: float = 0.0
    top10_ms: Times = field(default_factory=Times)
    job_ms: Times = field(default_factory=Times)
    top10_kinds_ms: dict[str, float] = field(default_factory=dict)
    job_kinds_ms: dict[str, float] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)


def measure(make: Callable[[Path], Contestant], articles: Sequence[Article], asks: Sequence[Ask]) -> Measured:
    """Measure in a child process, which shares the articles without copying them."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(False)
    process = context.Process(target=_run, args=(make, articles, asks, sending))
    process.start()
    sending.close()
    try:
        found: Measured = receiving.recv()
    except EOFError as error:
        raise RuntimeError("The engine's process ended early.") from error
    process.join()
    return found


def _run(make: Callable[[Path], Contestant], articles: Sequence[Article], asks: Sequence[Ask], sending: Any) -> None:
    gc.freeze()
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        sending.send(_measured(make, articles, asks, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(
    make: Callable[[Path], Contestant], articles: Sequence[Article], asks: Sequence[Ask], f: Path
) -> Measured:
    measured = Measured()
    before = _private_mb()
    engine = make(f)
    with _Peak() as peak:
        start = time.perf_counter()
        engine.index(articles)
        measured.index_docs_per_s = len(articles) / (time.perf_counter() - start)
    measured.peak_mb = peak.mb - before
    text = sum(map(text_bytes, articles))
    stored = engine.stored_bytes()
    measured.stored_bytes_per_text_byte = stored / text
    measured.index_bytes_per_text_byte = (_folder_bytes(f) - stored) / text
    measured.top10_ms, measured.top10_kinds_ms, _ = _times(engine.top10, asks)
    measured.job_ms, measured.job_kinds_ms, measured.totals = _times(engine.job, asks)
    return measured


def _times(ask_engine: Callable[[Ask], int], asks: Sequence[Ask]) -> tuple[Times, dict[str, float], list[int]]:
    """The best of some rounds for each question; each round asks all of them, so that none has its answer at hand."""
    best = [float("inf")] * len(asks)
    totals = [0] * len(asks)
    for _ in range(_ROUNDS):
        for number, ask in enumerate(asks):
            start = time.perf_counter()
            totals[number] = ask_engine(ask)
            best[number] = min(best[number], (time.perf_counter() - start) * 1000)
    kinds = {kind: [t for t, ask in zip(best, asks, strict=True) if ask.kind == kind] for kind in _kinds(asks)}
    by_kind = {kind: _percentile(times, 50) for kind, times in kinds.items()}
    return Times(*(_percentile(best, p) for p in (50, 90, 99))), by_kind, totals


def _kinds(asks: Sequence[Ask]) -> list[str]:
    return list(dict.fromkeys(ask.kind for ask in asks))


def _percentile(times: Sequence[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


def _folder_bytes(folder: Path) -> int:
    found = {path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return sum(found.values())


class _Peak:
    """The highest private memory of this process and its children while inside, in megabytes."""

    def __enter__(self) -> _Peak:
        self.mb = _private_mb()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.mb = max(self.mb, _private_mb() + sum(map(_private_mb, _children())))


def _children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _private_mb(process: int | str = "self") -> float:
    """Memory that only this process has, mapped files and what it shares with its parent left out."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if process == "self" else 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def as_json(measured: Measured) -> dict[str, Any]:
    values = asdict(measured)
    del values["totals"]
    return values
