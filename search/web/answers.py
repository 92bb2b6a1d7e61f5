"""A search state put to the engine: one answer for pages and JSON alike, and the ways on where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter

from search.index.engine import Engine, QueryTimeout
from search.query.results import Diagnostic, Question, Results
from search.query.state import SearchState
from search.web.pages import Pages, pages
from search.web.respelling import respelt
from search.web.wording import FACET_NAMES

_PATIENCE = 0.5  # seconds that may be spent on ways on


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, what was found, how long it took; `diagnostics` are those of the query and of the engine."""

    state: SearchState
    question: Question
    results: Results
    diagnostics: tuple[Diagnostic, ...]
    pages: Pages
    took_ms: float


@dataclass(frozen=True, slots=True)
class WayOn:
    """Another search, mostly a wider one, that finds something."""

    label: str
    url: str
    count: int


def ask(engine: Engine, state: SearchState, facet_limit: int = 100, passages: int = 3) -> Answer:
    """With at most so many values of each facet and passages of each hit.

    Raises BadParameter for a page beyond the results, TooLarge, and what the engine raises.
    """
    began = perf_counter()
    question, diagnostics = state.question()
    question = replace(question, facet_limit=facet_limit, passages=passages)
    results = engine.search(question)
    if diagnostics:  # what was not understood as written can't be corrected word by word
        results = replace(results, suggestion=None)
    found = pages(results.total, state.page, state.size)
    took_ms = round((perf_counter() - began) * 1000, 1)
    return Answer(state, question, results, (*diagnostics, *results.diagnostics), found, took_ms)


def count(engine: Engine, state: SearchState) -> int:
    """How many results a state has."""
    question, _ = state.question()
    return engine.search(replace(question, offset=0, limit=0, facets=())).total


def ways_on(engine: Engine, state: SearchState) -> list[WayOn]:
    """Other searches that find something, each with its count; as many as can be counted in good time."""
    began, ways = perf_counter(), []
    for label, wider in _wider(engine, state):
        if perf_counter() - began > _PATIENCE:
            break
        with suppress(QueryTimeout):
            if found := count(engine, wider):
                ways.append(WayOn(label, wider.url(), found))
    return ways


def _wider(engine: Engine, state: SearchState) -> Iterator[tuple[str, SearchState]]:
    """Names as they were probably meant, one thing less at a time, everything but the words at last."""
    yield from _respelt(engine, state)
    if state.match == "all" and len(state.q.split()) > 1:
        yield "Any of the words", replace(state, match="any", page=1)
    if state.date_from or state.date_to:
        yield "Any date", state.with_dates(None, None)
    chosen = [facet for facet in FACET_NAMES if facet in state.filters or facet in state.excluded]
    for facet in chosen:
        yield f"Any {FACET_NAMES[facet][0].lower()}", state.without_facet(facet)
    if len(chosen) + bool(state.date_from or state.date_to) > 1:
        yield "No filters at all", state.cleared()


def _respelt(engine: Engine, state: SearchState) -> Iterator[tuple[str, SearchState]]:
    with suppress(QueryTimeout):
        for facet, name, other in respelt(engine, state):
            yield f"{FACET_NAMES[facet][0]} {name}", other
