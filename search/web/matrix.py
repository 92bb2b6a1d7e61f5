"""Who speaks on what: a table of speakers by sectors, or by topics, for any search; each cell is a search.

Each row is one question, which asks for the counts of the columns alone; so a cell says what its search says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from time import perf_counter
from typing import Literal, cast, get_args

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from markupsafe import escape

from search.fields import DocumentKind
from search.index.engine import Engine, QueryTimeout
from search.query.results import FacetCount, Question
from search.query.state import BadParameter, SearchState, from_args
from search.web.facets import chips
from search.web.room import MOST_BYTES
from search.web.views import engine
from search.web.weights import framed

matrices = Blueprint("matrices", __name__)

Columns = Literal["sector", "topic"]

ROWS = 12
COLUMNS = 10

_ALL = 1 << 31
_LEVELS = 4  # shades of a cell
_ADDRESSES = 12  # around the table
_CELL = 60  # bytes of a cell without its address
_FEWEST = 3  # rows; where not so many have room with links, the figures stand without


@dataclass(frozen=True, slots=True)
class Cell:
    """A count and its search; `level` is its shade: 0 for none, 4 for counts near the largest."""

    count: int
    url: str
    level: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A row's speaker or a column's sector, with what its own search finds."""

    value: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A speaker and the counts, one for each column."""

    heading: Heading
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table, and how many speakers and columns there are in all."""

    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]
    speakers: int
    subjects: int
    total: int


@matrices.get("/search/matrix", defaults={"documents": "article"})
@matrices.get("/quotes/matrix", defaults={"documents": "quote"})
def page(documents: DocumentKind) -> str:
    """The table of a search."""
    state, by = _asked(documents)
    return render_template(
        "matrix.html",
        state=state,
        by=by,
        matrix=matrix(engine(), state, by),
        chips=chips(state, engine().search(_counts(state)), current_app.extensions["topics"].label),
        others={other: matrix_url(state, other) for other in get_args(Columns)},
        json_url=matrix_url(state, by, ".json"),
        crowded=_crowded(state),
    )


@matrices.get("/search/matrix.json", defaults={"documents": "article"})
@matrices.get("/quotes/matrix.json", defaults={"documents": "quote"})
def as_json(documents: DocumentKind) -> Response:
    """The same as JSON."""
    state, by = _asked(documents)
    found = matrix(engine(), state, by)
    return jsonify(
        search=state.url(),
        total=found.total,
        columns_are=by,
        speakers=found.speakers,
        subjects=found.subjects,
        columns=[asdict(column) for column in found.columns],
        rows=[
            {**asdict(row.heading), "cells": [{"count": cell.count, "url": cell.url} for cell in row.cells]}
            for row in found.rows
        ],
    )


def matrix(engine: Engine, state: SearchState, by: Columns) -> Matrix:
    """Raises QueryTimeout where all rows together take longer than one search may."""
    began, most = perf_counter(), current_app.config["BACKFILE"].timeout
    whole = engine.search(_counts(state, "speaker", by, limit=ROWS))
    columns = tuple(_heading(state, by, count) for count in _shown(whole.facets[by], COLUMNS))
    rows = []
    for speaker in _shown(whole.facets["speaker"], _most_rows(state)):
        if perf_counter() - began > most:
            raise QueryTimeout
        rows.append(_row(engine, state, by, speaker, columns))
    sizes = whole.facet_sizes
    return Matrix(columns, _shaded(rows), sizes.get("speaker", 0), sizes.get(by, 0), whole.total)


def matrix_url(state: SearchState, by: Columns = "sector", suffix: str = "") -> str:
    """The address of the table of a search."""
    url = state.with_sort(None).with_page(1).url(f"/matrix{suffix}")
    return url if by == "sector" else f"{url}{'&' if '?' in url else '?'}columns={by}"


def _asked(documents: DocumentKind) -> tuple[SearchState, Columns]:
    by = dict(request.args.items(multi=True)).get("columns") or "sector"
    if by not in get_args(Columns):
        raise BadParameter("columns", by, "is not one of sector, topic.")
    state = from_args(request.args.items(multi=True), documents)
    return state.with_page(1), cast(Columns, by)


def _counts(state: SearchState, *facets: str, limit: int = _ALL) -> Question:
    return replace(state.question()[0], facets=facets, facet_limit=limit, offset=0, limit=0)


def _shown(counts: Sequence[FacetCount], most: int) -> list[FacetCount]:
    """The chosen values where there are any, else those with the largest counts."""
    chosen = [count for count in counts if count.selected]
    return [count for count in chosen or counts if count.count][:most]


def _most_rows(state: SearchState) -> int:
    return ROWS if _crowded(state) else min(ROWS, _linked(state))


def _crowded(state: SearchState) -> bool:
    """Whether figures have no room for links."""
    return _linked(state) < _FEWEST


def _linked(state: SearchState) -> int:
    """For how many rows there is room, their heading and that of the columns included: each cell is an address."""
    row = (COLUMNS + 1) * (_CELL + len(escape(state.url())))
    return (MOST_BYTES - framed(state, _ADDRESSES)) // row - 1


def _row(engine: Engine, state: SearchState, by: Columns, speaker: FacetCount, columns: Iterable[Heading]) -> Row:
    own = _only(state, "speaker", speaker.value)
    counts = {count.value: count.count for count in engine.search(_counts(own, by)).facets[by]}
    cells = (Cell(counts.get(c.value, 0), _only(own, by, c.value).url(), 0) for c in columns)
    return Row(_heading(state, "speaker", speaker), tuple(cells))


def _heading(state: SearchState, facet: str, count: FacetCount) -> Heading:
    return Heading(count.value, count.label, count.count, _only(state, facet, count.value).url())


def _only(state: SearchState, facet: str, value: str) -> SearchState:
    """The search with this value of a facet in place of those chosen."""
    return replace(state, filters={**state.filters, facet: (value,)}, sort=None, page=1)


def _shaded(rows: Sequence[Row]) -> tuple[Row, ...]:
    largest = max((cell.count for row in rows for cell in row.cells), default=0)
    return tuple(
        replace(row, cells=tuple(replace(cell, level=-(-_LEVELS * cell.count // (largest or 1))) for cell in row.cells))
        for row in rows
    )
