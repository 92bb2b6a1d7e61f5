"""The archive by date: years, the months of a year, the days of a month, the articles of a day."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, render_template, request

from search.index.engine import Engine
from search.query.dates import is_date
from search.query.results import Question, Results
from search.query.state import SearchState, from_args
from search.web.answers import Answer, ask
from search.web.api import hit_json
from search.web.charts import Chart, chart
from search.web.dates import in_words
from search.web.days import day_counts
from search.web.facets import panels
from search.web.views import engine

browsing = Blueprint("browsing", __name__)

_ON_A_DAY = 50
_NEWEST = 10


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day (ISO), and how many articles it has."""

    date: str
    count: int

    @property
    def url(self) -> str:
        """Its page."""
        return browse_url(self.date)


@dataclass(frozen=True, slots=True)
class Browsed:
    """A period: its articles, the periods inside it, and the nearest ones before and after that have articles."""

    date: str
    answer: Answer
    months: tuple[Period, ...]
    weeks: tuple[tuple[Period | None, ...], ...]
    previous: str | None
    next: str | None
    chart: Chart | None

    @property
    def most(self) -> int:
        """The most articles that any of the periods inside it has."""
        return max((one.count for one in (*self.months, *chain(*self.weeks)) if one), default=0)


@dataclass(frozen=True, slots=True)
class DayPage:
    """Which page of the articles of a day."""

    date: str
    page: int = 1

    def with_page(self, page: int) -> DayPage:
        return replace(self, page=page)

    def url(self) -> str:
        """Its address."""
        return browse_url(self.date) + (f"?{urlencode({'page': self.page})}" if self.page > 1 else "")


@browsing.get("/browse")
def years() -> str:
    """All years that have articles."""
    results = engine().search(_counts(SearchState()))
    return render_template("browse.html", years=_years(results), chart=chart(results.histogram, _link), results=results)


@browsing.get("/browse.json")
def years_json() -> Response:
    """The same as JSON."""
    return jsonify(years=[_period_json(period) for period in _years(engine().search(_counts(SearchState())))])


@browsing.get("/browse/<year>")
@browsing.get("/browse/<year>/<month>")
@browsing.get("/browse/<year>/<month>/<day>")
def period(**parts: str) -> tuple[str, int]:
    """A year, a month or a day; one without articles is not found, and leads to the nearest that have some."""
    found = browsed(engine(), _date(**parts), _page())
    page = render_template(
        "period.html",
        period=found,
        panels=panels(found.answer.state.with_size(_NEWEST), found.answer.results),
        day_page=DayPage(found.date, found.answer.state.page),
    )
    return page, 200 if found.answer.results.total else 404


@browsing.get("/browse/<year>.json")
@browsing.get("/browse/<year>/<month>.json")
@browsing.get("/browse/<year>/<month>/<day>.json")
def period_json(**parts: str) -> Response:
    """The same as JSON."""
    found = browsed(engine(), _date(**parts), _page())
    if not found.answer.results.total:
        abort(404)
    days = [period for week in found.weeks for period in week if period and period.count]
    return jsonify(
        date=found.date,
        total=found.answer.results.total,
        page=found.answer.pages.page,
        pages=found.answer.pages.last if len(found.date) == 10 else 1,
        months=[_period_json(period) for period in found.months],
        days=[_period_json(period) for period in days],
        previous=found.previous and {"date": found.previous, "url": browse_url(found.previous)},
        next=found.next and {"date": found.next, "url": browse_url(found.next)},
        articles=[hit_json(hit) for hit in found.answer.results.hits],
        articles_url=SearchState().with_dates(found.date, found.date).url(".json"),
    )


def browse_url(date: str = "") -> str:
    """2022-02 -> /browse/2022/02."""
    return "/".join(["/browse", *date.split("-")]) if date else "/browse"


def browsed(engine: Engine, date: str, page: int = 1) -> Browsed:
    """Raises BadParameter for a page beyond the articles of a day; months and years have their newest alone."""
    day = len(date) == 10
    state = SearchState().with_dates(date, date).with_size(_ON_A_DAY if day else _NEWEST)
    answer = ask(engine, state.with_page(page if day else 1), facet_limit=_NEWEST)
    before, after = _days_around(engine, date) if day else _periods_around(engine, date)
    return Browsed(
        date=date,
        answer=answer,
        months=tuple(Period(one.month, one.count) for one in answer.results.histogram) if len(date) == 4 else (),
        weeks=_weeks(engine, date) if len(date) == 7 else (),
        previous=before,
        next=after,
        chart=chart(answer.results.histogram, _link) if len(date) == 4 else None,
    )


def _date(year: str, month: str = "", day: str = "") -> str:
    date = "-".join(part for part in (year, month, day) if part)
    return date if is_date(date) and "-" not in year + month else abort(404)


def _page() -> int:
    return from_args([("page", request.args.get("page", ""))]).page


def _link(start: str, end: str) -> str:
    return browse_url(start) if start == end else SearchState().with_dates(start, end).url()


def _years(results: Results) -> list[Period]:
    counts: dict[str, int] = {}
    for entry in results.histogram:
        counts[entry.month[:4]] = counts.get(entry.month[:4], 0) + entry.count
    return [Period(year, count) for year, count in sorted(counts.items(), reverse=True)]


def _weeks(engine: Engine, month: str) -> tuple[tuple[Period | None, ...], ...]:
    """The days of a month by week, Monday first."""
    counts = day_counts(engine, SearchState(), month) or {}
    days = {int(day[8:]): Period(day, counted) for day, counted in counts.items()}
    weeks = Calendar().monthdayscalendar(int(month[:4]), int(month[5:]))
    return tuple(tuple(map(days.get, week)) for week in weeks)


def _periods_around(engine: Engine, date: str) -> tuple[str | None, str | None]:
    """The nearest years or months that have articles."""
    found = {entry.month[: len(date)] for entry in engine.search(_counts(SearchState())).histogram}
    before, after = (one for one in found if one < date), (one for one in found if one > date)
    return max(before, default=None), min(after, default=None)


def _days_around(engine: Engine, day: str) -> tuple[str | None, str | None]:
    """The nearest days that have articles."""
    here = date.fromisoformat(day)
    before = SearchState(sort="newest").with_dates(None, str(here - timedelta(1))) if here > date.min else None
    after = SearchState(sort="oldest").with_dates(str(here + timedelta(1)), None) if here < date.max else None
    return _first(engine, before), _first(engine, after)


def _first(engine: Engine, state: SearchState | None) -> str | None:
    """The day of the first result."""
    if state is None:
        return None
    hits = engine.search(replace(state.question()[0], facets=(), limit=1)).hits
    return hits[0].article.published if hits else None


def _counts(state: SearchState) -> Question:
    return replace(state.question()[0], facets=(), limit=0)


def _period_json(period: Period) -> dict[str, Any]:
    return {"date": period.date, "url": period.url, "label": in_words(period.date), "articles": period.count}
