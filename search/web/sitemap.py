"""What search engines and browsers ask for before anything else: the sitemap, and how to search from the address bar.

Sitemaps 0.9 (sitemaps.org): an index of parts with at most 50,000 addresses each. Articles stand oldest first, so that
a part that is full changes only when old articles do; speakers, places, agencies, topics and dates have parts of their
own. OpenSearch 1.1's description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from flask import Blueprint, Response, abort, render_template
from markupsafe import escape

from search.index.engine import Engine
from search.query.dates import is_date
from search.query.results import MonthCount, Question
from search.query.state import SearchState
from search.web.browse import browse_url
from search.web.days import day_counts
from search.web.directory import LISTS, Facet, directory, entry_path, list_path
from search.web.exports import streamed
from search.web.feeds import xml
from search.web.provenance import base_address
from search.web.topics import codes
from search.web.views import engine

sitemap = Blueprint("sitemap", __name__)

PART = 50_000  # addresses: the most that the protocol allows in one file

Address = tuple[str, str | None]  # a path, and the day, month or year of its last change where that is known

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@sitemap.get("/sitemap.xml")
def index() -> Response:
    """The parts, each as old as the index generation."""
    status, base = engine().status(), base_address()
    made = f"<lastmod>{status.made:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if status.made else ""
    names = [str(n) for n in range(1, _parts(status.articles) + 1)]
    names += [f"{LISTS[facet]}-{n}" for facet in LISTS for n in range(1, _parts(_size(facet)) + 1)]
    lines = (f"<sitemap><loc>{escape(base)}/sitemap-{name}.xml</loc>{made}</sitemap>\n" for name in (*names, *_OTHERS))
    return xml(_HEAD.format("sitemapindex") + "".join(lines) + "</sitemapindex>\n", "application/xml")


@sitemap.get("/sitemap-<int(min=1, max=1000000):n>.xml")
def part(n: int) -> Response:
    """The articles of one part."""
    whole = engine().every(Question(sort="oldest", offset=(n - 1) * PART, facets=()))
    if n > _parts(whole.total):
        abort(404)
    return _streamed((hit.article.url, _changed(hit.article.published)) for hit in islice(whole.hits, PART))


@sitemap.get(f"/sitemap-<any({','.join(LISTS.values())}):name>-<int(min=1, max=1000000):n>.xml")
def names(name: str, n: int) -> Response:
    """The speakers, places or agencies of one part."""
    facet = next(facet for facet in LISTS if LISTS[facet] == name)
    if n > _parts(_size(facet)):
        abort(404)
    entries = directory(engine(), facet).entries[(n - 1) * PART : n * PART]
    return _streamed((entry_path(facet, entry.slug), None) for entry in entries)


@sitemap.get("/sitemap-<any(lists,topics,dates):name>.xml")
def other(name: str) -> Response:
    """The lists and the help, all topics and sectors, or all years, months and days that have articles."""
    return _streamed(islice(_OTHERS[name](engine()), PART))


@sitemap.get("/opensearch.xml")
def description() -> Response:
    """How browsers and others search here."""
    text = render_template("opensearch.xml", base=base_address())
    return xml(text, "application/opensearchdescription+xml")


def _lists(_: Engine) -> list[Address]:
    return [(path, None) for path in ("/", *map(list_path, LISTS), "/topics", browse_url(), "/help", "/api")]


def _topics(_: Engine) -> list[Address]:
    return [(f"/topics/{code}", None) for code in codes()]


def _dates(engine: Engine) -> Iterator[Address]:
    """The months are asked for before anything is sent, so that errors still get their page."""
    return _periods(engine, engine.search(Question(facets=(), limit=0)).histogram)


def _periods(engine: Engine, months: Iterable[MonthCount]) -> Iterator[Address]:
    """A month at a time, with its days; the first of a year brings the year."""
    year = ""
    for one in months:
        if one.month[:4] != year:
            year = one.month[:4]
            yield browse_url(year), None
        days = [day for day, found in (day_counts(engine, SearchState(), one.month) or {}).items() if found]
        yield browse_url(one.month), max(days, default=None)
        yield from ((browse_url(day), day) for day in days)


_OTHERS: dict[str, Callable[[Engine], Iterable[Address]]] = {"lists": _lists, "topics": _topics, "dates": _dates}


def _size(facet: Facet) -> int:
    return len(directory(engine(), facet).entries)


def _parts(size: int) -> int:
    return max(1, -(-size // PART))


def _streamed(addresses: Iterator[Address]) -> Response:
    return streamed(_lines(base_address(), addresses), "application/xml; charset=utf-8")


def _lines(base: str, addresses: Iterator[Address]) -> Iterator[str]:
    yield _HEAD.format("urlset")
    for path, changed in addresses:
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(base + path)}</loc>{lastmod}</url>\n"
    yield "</urlset>\n"


@lru_cache  # articles of one day follow one another
def _changed(published: str | None) -> str | None:
    """The date of an article; W3C dates may be days, months or years."""
    return published if published and is_date(published) else None
