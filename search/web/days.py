"""Results by day: the chart of a search within one month, and the counts that a calendar shows.

Engines count by month; a day's count is a question of its own, so at most 31 are asked, and a chart that takes too
long to count is left to be drawn by month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from math import inf
from time import perf_counter

from search.index.engine import Engine
from search.query.dates import first_day, last_day
from search.query.results import Results
from search.query.state import SearchState
from search.web.answers import count
from search.web.charts import MOST_BARS, Chart, by_day, chart, narrowing

PATIENCE = 0.2  # seconds that may be spent on counting the days of a chart


def timeline(engine: Engine, state: SearchState, results: Results, most: int = MOST_BARS) -> Chart | None:
    """The chart of a search: by day within one month, else by month, year or more; `most` bounds the bars."""
    month = _month(state)
    if month and results.total and most >= 31:
        counts = day_counts(engine, state, month, PATIENCE)
        if counts:
            return by_day(counts, lambda day: state.with_dates(day, day).url())
    return chart(results.histogram, narrowing(state), most)


def day_counts(engine: Engine, state: SearchState, month: str, patience: float = inf) -> Mapping[str, int] | None:
    """ISO day -> how many results, for each day of the month within the search's dates; None beyond one's patience."""
    began, counts = perf_counter(), {}
    first, last = first_day(state.date_from or month), last_day(state.date_to or month)
    for number in range(1, monthrange(int(month[:4]), int(month[5:]))[1] + 1):
        day = f"{month}-{number:02d}"
        if first <= day <= last:
            if perf_counter() - began > patience:
                return None
            counts[day] = count(engine, state.with_dates(day, day))
    return counts


def _month(state: SearchState) -> str | None:
    """The month that the dates of a search lie in, if it is one, and not a single day."""
    if not state.date_from or not state.date_to:
        return None
    first, last = first_day(state.date_from), last_day(state.date_to)
    return first[:7] if first[:7] == last[:7] and first != last else None
