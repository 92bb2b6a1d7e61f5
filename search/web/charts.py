"""Months and their counts -> the bars of a chart, drawn by the template as SVG and written out as a table.

Long spans are summed into years, decades or centuries, so that a bar stays wide enough to be seen and pointed at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from search.query.results import MonthCount
from search.query.state import SearchState
from search.web.dates import in_words, month_name, month_number

MOST_BARS = 84
_UNITS = (("month", 1), ("year", 12), ("decade", 120), ("century", 1200))
_MOST_TICKS = 8
_FEWEST_SLOTS = 12  # so that a single month does not fill the page
_LOWEST_PEAK = 2  # so that one article does not look like many

Link = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `x`, `width` and `height` in percent of the chart, `url` narrows the search to its dates."""

    start: str
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
    """Bars from left to right; `unit` is what one bar stands for, `peak` the largest count.

    `reach` is where the last bar may end, in percent: a few bars do not fill the page.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    unit: str
    peak: int
    start: str
    end: str
    reach: float

    @property
    def years(self) -> list[tuple[str, tuple[Bar | None, ...]]]:
        """The bars of a chart by month as the rows of a table: each year and its twelve months."""
        bars = {bar.start: bar for bar in self.bars}
        years = dict.fromkeys(start[:4] for start in bars)
        return [(year, tuple(bars.get(f"{year}-{month:02d}") for month in range(1, 13))) for year in years]


def narrowing(state: SearchState) -> Link:
    """Bars that lead to the search within their dates."""
    return lambda start, end: state.with_dates(start, end).url()


def chart(histogram: Iterable[MonthCount], link: Link, most: int = MOST_BARS) -> Chart | None:
    """The chart of a histogram, None for an empty one; `link(from, to)` gives the address of a narrowed search.

    `most` bounds the number of bars.
    """
    counts = {month_number(entry.month): entry.count for entry in histogram if entry.count}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    unit, months = next((u for u in _UNITS if last // u[1] - first // u[1] < most), _UNITS[-1])
    sums: Counter[int] = Counter()
    for month, count in counts.items():
        sums[month // months] += count
    slots = range(first // months, last // months + 1)
    width, peak = 100 / max(len(slots), _FEWEST_SLOTS), max(sums.values())
    return Chart(
        bars=tuple(
            Bar(
                **_named(slot * months, months, link),
                count=sums[slot],
                x=round((slot - slots.start) * width, 2),
                width=round(width * 0.86, 2),
                height=round(max(100 * sums[slot] / max(peak, _LOWEST_PEAK), 2), 1),
            )
            for slot in slots
            if sums[slot]
        ),
        ticks=_ticks(slots, months, width),
        unit=unit,
        peak=peak,
        start=in_words(month_name(first)),
        end=in_words(month_name(last)),
        reach=round(len(slots) * width, 2),
    )


def by_day(counts: Mapping[str, int], link: Callable[[str], str]) -> Chart | None:
    """The chart of days that follow one another, by ISO day; None where all are empty."""
    days = sorted(counts)
    peak = max(counts.values(), default=0)
    if not peak:
        return None
    width = 100 / max(len(days), _FEWEST_SLOTS)
    return Chart(
        bars=tuple(
            Bar(
                start=day,
                label=in_words(day),
                count=counts[day],
                x=round(slot * width, 2),
                width=round(width * 0.86, 2),
                height=round(max(100 * counts[day] / max(peak, _LOWEST_PEAK), 2), 1),
                url=link(day),
            )
            for slot, day in enumerate(days)
            if counts[day]
        ),
        ticks=tuple(Tick(str(int(day[8:])), round(slot * width, 2)) for slot, day in enumerate(days) if slot % 4 == 0),
        unit="day",
        peak=peak,
        start=in_words(days[0]),
        end=in_words(days[-1]),
        reach=round(len(days) * width, 2),
    )


def _named(month: int, months: int, link: Link) -> dict[str, str]:
    """What a bar is called and where it leads."""
    start, end = month_name(month), month_name(month + months - 1)
    if months == 1:
        return {"start": start, "label": in_words(start), "url": link(start, end)}
    years = start[:4] if months == 12 else f"{start[:4]}–{end[:4]}"
    return {"start": start, "label": years, "url": link(start[:4], end[:4])}


def _ticks(slots: range, months: int, width: float) -> tuple[Tick, ...]:
    """The years that begin inside the chart, or months where there are few; so far apart that their names fit."""
    few = months == 1 and len(slots) < 24
    marked = list(slots) if few else [slot for slot in slots if slot * months % 12 == 0]
    apart = (marked[1] - marked[0]) * width if len(marked) > 1 else 100
    step = ceil(round(100 / _MOST_TICKS / apart, 6))
    return tuple(Tick(_tick(slot * months, few), round((slot - slots.start) * width, 2)) for slot in marked[::step])


def _tick(month: int, few: bool) -> str:
    name = month_name(month)
    return f"{in_words(name)[:3]} {name[:4]}" if few else name[:4]
