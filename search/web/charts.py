"""Months and their counts -> the bars of a chart, drawn by the template as SVG and written out as a table.

Long spans are summed into years or decades, so that a bar stays wide enough to be seen and pointed at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.query.results import MonthCount
from search.web.dates import in_words, month_name, month_number

_UNITS = (("month", 1, 84), ("year", 12, 84 * 12), ("decade", 120, 84 * 120))
_TICKS = 8
_FEWEST_SLOTS = 12  # so that a single month does not fill the page
_LOWEST_PEAK = 4  # so that one article does not look like many


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `x`, `width` and `height` in percent of the chart, `url` narrows the search to its dates."""

    label: str
    count: int
    x: float
    width: float
    height: float
    url: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year or month written under the chart at `x` percent."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from left to right; `unit` is what one bar stands for, `peak` the largest count."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    unit: str
    peak: int
    start: str
    end: str


def chart(histogram: Iterable[MonthCount], link: Callable[[str, str], str]) -> Chart | None:
    """The chart of a histogram, None for an empty one; `link(from, to)` gives the address of a narrowed search."""
    counts = {month_number(entry.month): entry.count for entry in histogram if entry.count}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    unit, months = next(((unit, months) for unit, months, limit in _UNITS if last - first < limit), ("century", 1200))
    sums: Counter[int] = Counter()
    for month, count in counts.items():
        sums[month // months] += count
    slots = range(first // months, last // months + 1)
    width, peak = 100 / max(len(slots), _FEWEST_SLOTS), max(sums.values())
    bars = tuple(
        _bar(slot * months, months, sums[slot], (slot - slots.start) * width, width, peak, link)
        for slot in slots
        if sums[slot]
    )
    ticks = _ticks(slots, months, width)
    return Chart(bars, ticks, unit, peak, in_words(month_name(first)), in_words(month_name(last)))


def _bar(
    month: int, months: int, count: int, x: float, width: float, peak: int, link: Callable[[str, str], str]
) -> Bar:
    start, end = month_name(month), month_name(month + months - 1)
    label = in_words(start) if months == 1 else start[:4] if months == 12 else f"{start[:4]}–{end[:4]}"
    dates = (start[:4], end[:4]) if months > 1 else (start, end)
    return Bar(
        label,
        count,
        round(x, 2),
        round(width * 0.86, 2),
        round(max(100 * count / max(peak, _LOWEST_PEAK), 2), 1),
        link(*dates),
    )


def _ticks(slots: range, months: int, width: float) -> tuple[Tick, ...]:
    """The years that begin inside the chart, thinned out; months where there are few."""
    few = months == 1 and len(slots) < 24
    marked = list(slots) if few else [slot for slot in slots if slot * months % 12 == 0]
    step = -(-len(marked) // _TICKS)
    return tuple(Tick(_tick(slot * months, few), round((slot - slots.start) * width, 2)) for slot in marked[::step])


def _tick(month: int, few: bool) -> str:
    name = month_name(month)
    return f"{in_words(name)[:3]} {name[:4]}" if few else name[:4]
