"""The table of what was measured, the ratios, and what is to be said of each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.measuring import Measured

_ROWS: list[tuple[str, Callable[[Measured], float], str]] = [
    ("index, articles/s", lambda m: m.indexed.index_docs_per_s, "{:,.0f}"),
    ("index, bytes per byte of text", lambda m: m.indexed.index_bytes_per_text_byte, "{:.2f}"),
    ("stored articles, bytes per byte of text", lambda m: m.indexed.stored_bytes_per_text_byte, "{:.2f}"),
    ("peak memory indexing, MB", lambda m: m.indexed.peak_mb, "{:,.0f}"),
    ("memory serving, MB", lambda m: m.asked.serving_mb, "{:,.0f}"),
    ("top ten alone, ms p50", lambda m: m.asked.top10_ms.p50, "{:.2f}"),
    ("top ten alone, ms p90", lambda m: m.asked.top10_ms.p90, "{:.2f}"),
    ("top ten alone, ms p99", lambda m: m.asked.top10_ms.p99, "{:.2f}"),
    ("whole job, ms p50", lambda m: m.asked.job_ms.p50, "{:.2f}"),
    ("whole job, ms p90", lambda m: m.asked.job_ms.p90, "{:.2f}"),
    ("whole job, ms p99", lambda m: m.asked.job_ms.p99, "{:.2f}"),
    ("top ten alone, processor ms p50", lambda m: m.asked.top10_cpu_ms.p50, "{:.2f}"),
    ("whole job, processor ms p50", lambda m: m.asked.job_cpu_ms.p50, "{:.2f}"),
]
_COUNTED = ("total", "hits", "snippets", "facets", "histogram")


def table(found: Mapping[str, Measured]) -> str:
    """What was measured, an engine a column, then ratios to Backfile, then what each engine can't do."""
    lines = [_line("", list(found))]
    for title, value, written in _ROWS:
        lines.append(_line(title, [written.format(value(m)) for m in found.values()]))
    lines += _kinds("top ten p50, ", {name: m.asked.top10_kinds_ms for name, m in found.items()})
    lines += _kinds("whole job p50, ", {name: m.asked.job_kinds_ms for name, m in found.items()})
    if "backfile" in found:
        lines += ["", *_ratios(found)]
    lines += ["", *(f"{name} {remark}" for name, measured in found.items() for remark in _remarks(measured))]
    return "\n".join(lines)


def _remarks(measured: Measured) -> Iterator[str]:
    yield from measured.remarks
    if unasked := measured.asked.unasked:
        yield f"had no time for the job of {unasked} of the questions, which are left out"


def disagreements(found: Mapping[str, Measured], kinds: Sequence[str]) -> Iterator[str]:
    """Questions for which engines counted differently, and what of it."""
    for number, kind in enumerate(kinds):
        for at, what in enumerate(_COUNTED):
            counts = {name: measured.asked.counts[number] for name, measured in found.items()}
            values = {name: counted[at] for name, counted in counts.items() if counted}
            if len(set(values.values())) > 1:
                told = ", ".join(f"{name} {_short(value)}" for name, value in values.items())
                yield f"question {number} ({kind}), {what}: {told}"


def _short(value: object) -> str:
    said = f"{value:,}" if isinstance(value, int) else str(value)
    return said if len(said) <= 100 else f"{said[:99]}…"


def _kinds(title: str, times: Mapping[str, Mapping[str, float]]) -> list[str]:
    kinds = next(iter(times.values()))
    return [_line(f"  {title}{kind}", [f"{of[kind]:.2f}" for of in times.values()]) for kind in kinds]


def _ratios(found: Mapping[str, Measured]) -> Iterator[str]:
    mine = found["backfile"]
    for name, other in found.items():
        if name != "backfile":
            job = other.asked.job_ms.p50 / mine.asked.job_ms.p50
            top = other.asked.top10_ms.p50 / mine.asked.top10_ms.p50
            index = mine.indexed.index_docs_per_s / other.indexed.index_docs_per_s
            yield (
                f"backfile against {name}: whole job p50 {job:.1f}x as fast, top ten p50 {top:.2f}x, "
                f"indexing {index:.2f}x"
            )


def _line(title: str, values: Sequence[str]) -> str:
    return f"{title:<42}" + "".join(f"{value:>12}" for value in values)
