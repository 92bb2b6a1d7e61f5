"""The table of what was measured, and the ratios."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bench.measuring import Measured

_ROWS: list[tuple[str, Callable[[Measured], float], str]] = [
    ("index, articles/s", lambda m: m.index_docs_per_s, "{:,.0f}"),
    ("index, bytes per byte of text", lambda m: m.index_bytes_per_text_byte, "{:.2f}"),
    ("stored articles, bytes per byte of text", lambda m: m.stored_bytes_per_text_byte, "{:.2f}"),
    ("peak memory indexing, MB", lambda m: m.peak_mb, "{:,.0f}"),
    ("top ten alone, ms p50", lambda m: m.top10_ms.p50, "{:.2f}"),
    ("top ten alone, ms p90", lambda m: m.top10_ms.p90, "{:.2f}"),
    ("top ten alone, ms p99", lambda m: m.top10_ms.p99, "{:.2f}"),
    ("whole job, ms p50", lambda m: m.job_ms.p50, "{:.2f}"),
    ("whole job, ms p90", lambda m: m.job_ms.p90, "{:.2f}"),
    ("whole job, ms p99", lambda m: m.job_ms.p99, "{:.2f}"),
]


def table(found: Mapping[str, Measured]) -> str:
    """What was measured, an engine a column, then ratios to Backfile."""
    lines = [_line("", list(found))]
    for title, value, written in _ROWS:
        lines.append(_line(title, [written.format(value(m)) for m in found.values()]))
    lines += _kinds("top ten p50, ", {name: m.top10_kinds_ms for name, m in found.items()})
    lines += _kinds("whole job p50, ", {name: m.job_kinds_ms for name, m in found.items()})
    if "backfile" in found:
        lines += ["", *_ratios(found)]
    return "\n".join(lines)


def disagreements(found: Mapping[str, Measured], kinds: list[str]) -> list[str]:
    """Questions whose totals differ between engines."""
    said = []
    for number, kind in enumerate(kinds):
        totals = {name: m.totals[number] for name, m in found.items()}
        if len(set(totals.values())) > 1:
            said.append(f"question {number} ({kind}): " + ", ".join(f"{name} {n:,}" for name, n in totals.items()))
    return said


def _kinds(title: str, times: Mapping[str, Mapping[str, float]]) -> list[str]:
    kinds = next(iter(times.values()))
    return [_line(f"  {title}{kind}", [f"{of[kind]:.2f}" for of in times.values()]) for kind in kinds]


def _ratios(found: Mapping[str, Measured]) -> list[str]:
    mine = found["backfile"]
    lines = []
    for name, other in found.items():
        if name != "backfile":
            lines.append(
                f"backfile against {name}: whole job p50 {other.job_ms.p50 / mine.job_ms.p50:.1f}x faster, "
                f"top ten p50 {other.top10_ms.p50 / mine.top10_ms.p50:.2f}x faster, "
                f"indexing {mine.index_docs_per_s / other.index_docs_per_s:.2f}x faster"
            )
    return lines


def _line(title: str, values: list[str]) -> str:
    return f"{title:<42}" + "".join(f"{value:>12}" for value in values)
