"""What articles are about and where they come from: what pages of topics, sectors, places and agencies show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from search.fields import FACETS
from search.index.engine import Engine
from search.query.results import Results
from search.query.state import SearchState
from search.web.answers import count
from search.web.api import facets_json, histogram_json, hit_json
from search.web.charts import Chart, chart, narrowing
from search.web.directory import LISTS, Entry, Facet, entry_path
from search.web.facets import Panel, panels
from search.web.listing import Listed

_VALUES = 8
_NEWEST = 10


@dataclass(frozen=True, slots=True)
class Subject:
    """One topic, sector or place. `state` is the search for its articles; its results hold the newest."""

    facet: str
    name: str
    state: SearchState
    results: Results
    quotes: int
    panels: tuple[Panel, ...]
    chart: Chart | None


def subject(engine: Engine, facet: str, value: str, name: str) -> Subject:
    """Everything about one value of a facet; its other spellings are counted with it."""
    state = SearchState(filters={facet: (value,)})
    question, _ = state.question()
    others = tuple(other for other in FACETS if other != facet)
    results = engine.search(replace(question, facets=others, facet_limit=_VALUES, limit=_NEWEST))
    return Subject(
        facet=facet,
        name=name,
        state=state,
        results=results,
        quotes=count(engine, state.among("quote")),
        panels=tuple(panels(state, results)),
        chart=chart(results.histogram, narrowing(state)),
    )


def subject_json(found: Subject) -> dict[str, Any]:
    """What the page shows, but for its address and what is particular to one kind."""
    return {
        "articles": found.results.total,
        "quotes": found.quotes,
        "facets": facets_json(found.results),
        "histogram": histogram_json(found.results),
        "newest": [hit_json(hit) for hit in found.results.hits],
        "articles_url": found.state.url(".json"),
        "quotes_url": found.state.among("quote").url(".json"),
    }


def entry_json(facet: Facet, entry: Entry) -> dict[str, Any]:
    """A name in a list."""
    return {
        "name": entry.name,
        "names": list(entry.names),
        "slug": entry.slug,
        "url": entry_path(facet, entry.slug),
        "articles": entry.articles,
        "quotes": entry.quotes,
    }


def listed_json(facet: Facet, listed: Listed) -> dict[str, Any]:
    """One page of a list of names."""
    asked = listed.listing
    return {
        "query": {"q": asked.q, "letter": asked.letter or None, "order": asked.order},
        "total": listed.total,
        "page": asked.page,
        "pages": listed.pages.last,
        LISTS[facet]: [entry_json(facet, entry) for entry in listed.entries],
    }
