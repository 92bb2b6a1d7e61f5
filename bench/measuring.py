"""Asks an engine all questions, in a process of its own, and measures what answering costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from math import inf, isfinite
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bench.apart import apart
from bench.asking import Ask
from bench.engines.base import LISTED, Contestant, Counts, Outcome
from bench.indexing import Indexed, Make
from bench.memory import private_mb

_ROUNDS = 3
_LONG = 60.0  # seconds after which no further round is begun
_MOST = 300.0  # seconds after which an engine is asked nothing more

T = TypeVar("T")


@dataclass(frozen=True)
class Times:
    """Milliseconds by percentile over the mix."""

    p50: float
    p90: float
    p99: float


@dataclass(frozen=True)
class Asked:
    """What asking cost; `kinds` are p50 by kind of question. `counts` are what the job counted, by question.

    `unasked` is for how many questions there was no time: they are left out, and have None for their counts.

    `cpu` is processor time, of which other work on the machine takes nothing away.
    """

    serving_mb: float
    unasked: int
    top10_ms: Times
    job_ms: Times
    top10_cpu_ms: Times
    job_cpu_ms: Times
    top10_kinds_ms: dict[str, float]
    job_kinds_ms: dict[str, float]
    counts: list[tuple[object, ...] | None] = field(repr=False)


@dataclass(frozen=True)
class Measured:
    """What was measured of one engine, and what is to be said of it."""

    indexed: Indexed
    asked: Asked
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        values = asdict(self.indexed) | asdict(self.asked) | {"remarks": self.remarks}
        del values["counts"]
        return values


def measure(make: Make, folder: Path, asks: Sequence[Ask], indexed: Indexed) -> Measured:
    """Ask an engine what it indexed in the folder, at the cost that is told."""
    asked, remarks = apart(lambda: _asked_and_told(make(folder), asks))
    return Measured(indexed, asked, remarks)


def _asked_and_told(engine: Contestant, asks: Sequence[Ask]) -> tuple[Asked, tuple[str, ...]]:
    """Made where it is asked: tantivy watches its index in a thread, whose lock a child would inherit and wait for."""
    return _asked(engine, asks), engine.remarks


def _asked(engine: Contestant, asks: Sequence[Ask]) -> Asked:
    before = private_mb()
    engine.open()
    top10, top10_cpu, _ = timed(engine.top10, asks)
    job, job_cpu, outcomes = timed(engine.job, asks)
    return Asked(
        serving_mb=private_mb() - before,
        unasked=sum(outcome is None for outcome in outcomes),
        top10_ms=_times(top10),
        job_ms=_times(job),
        top10_cpu_ms=_times(top10_cpu),
        job_cpu_ms=_times(job_cpu),
        top10_kinds_ms=_by_kind(top10, asks),
        job_kinds_ms=_by_kind(job, asks),
        counts=[None if outcome is None else counts(outcome) for outcome in outcomes],
    )


def counts(outcome: Outcome) -> tuple[object, ...]:
    """What engines must agree on: the total, how many hits and snippets, each facet's counts, the histogram.

    Values of a facet that have the same count may be cut off differently, so that only the highest counts are compared.
    """
    facets = [(facet, tuple(_highest(found))) for facet, found in sorted(outcome.facets.items())]
    return outcome.total, len(outcome.hits), len(outcome.snippets), tuple(facets), tuple(sorted(outcome.months.items()))


def _highest(found: Counts) -> list[int]:
    """What was counted, the highest first; chosen values that Backfile lists besides are left out."""
    return sorted(filter(None, found.values()), reverse=True)[:LISTED]


def timed(
    ask_engine: Callable[[Ask], T], asks: Sequence[Ask], most: float = _MOST
) -> tuple[list[float], list[float], list[T | None]]:
    """The best of some rounds for each question, in ms, and of processor time; each asks all, so none is at hand.

    The questions are asked in an order that mixes their kinds, so that those for which there is time are like all.
    """
    best, best_cpu = [inf] * len(asks), [inf] * len(asks)
    answers: list[T | None] = [None] * len(asks)
    begun = time.perf_counter()
    for number_of_round in range(_ROUNDS):
        if number_of_round and time.perf_counter() > begun + _LONG:
            break
        for number in Random(3).sample(range(len(asks)), len(asks)):
            if time.perf_counter() > begun + most:
                break
            start, start_cpu = time.perf_counter(), time.process_time()
            answers[number] = ask_engine(asks[number])
            best[number] = min(best[number], (time.perf_counter() - start) * 1000)
            best_cpu[number] = min(best_cpu[number], (time.process_time() - start_cpu) * 1000)
    return best, best_cpu, answers


def _times(best: Sequence[float]) -> Times:
    return Times(*(_percentile(best, p) for p in (50, 90, 99)))


def _by_kind(best: Sequence[float], asks: Sequence[Ask]) -> dict[str, float]:
    kinds: dict[str, list[float]] = {}
    for ask, time_ in zip(asks, best, strict=True):
        kinds.setdefault(ask.kind, []).append(time_)
    return {kind: _percentile(times, 50) for kind, times in kinds.items()}


def _percentile(times: Sequence[float], percent: int) -> float:
    ordered = sorted(filter(isfinite, times))
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] if ordered else inf
