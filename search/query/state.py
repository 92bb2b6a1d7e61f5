"""The state of a search as its address tells it. The only place where links to results are made.

Text, filters, dates, order and page, read from the parameters of a request and written back in one canonical order,
defaults left out. Unknown parameters are ignored and so are empty values, which forms send. Of a parameter that has
one value, the last one counts. A bad value raises `BadParameter`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode

from search.fields import FACETS, DocumentKind
from search.query.dates import first_day, is_date, last_day
from search.query.nodes import Node, Range, positive_leaves
from search.query.results import Diagnostic, Question, Sort
from search.query.syntax import Match, parse

LARGEST_SIZE = 100
LAST_PAGE = 1_000_000
DEFAULT_SIZE = 10
MOST_VALUES = 50  # of one facet
MOST_FILTERS = 100
LONGEST_FILTERS = 5_000  # characters of all together

_SHOWN = 60  # characters of a bad value
_PATHS: dict[DocumentKind, str] = {"article": "/search", "quote": "/quotes"}
_SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
_MATCHES: tuple[Match, ...] = ("all", "any")

Values = Mapping[str, tuple[str, ...]]
Choice = TypeVar("Choice", bound=str)


class BadParameter(ValueError):
    """A parameter has a value that can't be used; `message` is a sentence that names both."""

    def __init__(self, name: str, value: str, problem: str) -> None:
        shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        self.name = name
        self.value = value
        self.message = f"{name}={shown} {problem}"
        super().__init__(self.message)


@dataclass(frozen=True)
class SearchState:
    """What is searched, and how its results are shown. Every change gives a new state on its first page."""

    documents: DocumentKind = "article"
    q: str = ""
    match: Match = "all"
    filters: Values = field(default_factory=dict)
    excluded: Values = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort | None = None
    page: int = 1
    size: int = DEFAULT_SIZE

    def params(self) -> list[tuple[str, str]]:
        """The parameters in canonical order, defaults left out: `from_args` of them is this state again."""
        chosen = [("q", self.q), ("match", self.match if self.match != "all" else "")]
        chosen += [(facet, value) for facet in FACETS for value in self.filters.get(facet, ())]
        chosen += [(f"not_{facet}", value) for facet in FACETS for value in self.excluded.get(facet, ())]
        chosen += [("from", self.date_from or ""), ("to", self.date_to or ""), ("sort", self.sort or "")]
        chosen += [("page", str(self.page) if self.page > 1 else "")]
        chosen += [("size", str(self.size) if self.size != DEFAULT_SIZE else "")]
        return [(name, value) for name, value in chosen if value]

    @cached_property
    def _query(self) -> str:
        """Written once: a page repeats it for every hit."""
        return urlencode(self.params(), errors="replace")

    @property
    def path(self) -> str:
        """Where forms that ask for results are sent."""
        return _PATHS[self.documents]

    def url(self, suffix: str = "") -> str:
        """The address of these results; `suffix` (".json") picks another format."""
        return self.path + suffix + (f"?{self._query}" if self._query else "")

    def article_url(self, article_url: str, position: int) -> str:
        """The address of the article that is hit number `position` (from 1) of these results."""
        return f"{article_url}?{self._query}{'&' if self._query else ''}hit={position}"

    def quote_url(self, article_url: str, quote_id: str, position: int) -> str:
        """The address of the place in its article of the quote that is hit number `position` of these results."""
        return f"{article_url}?{self._query}{'&' if self._query else ''}among=quotes&hit={position}#q-{quote_id}"

    def question(self) -> tuple[Question, tuple[Diagnostic, ...]]:
        """What to ask the engine, and remarks on the query. Raises syntax.TooLarge."""
        parsed = parse(self.q, self.match)
        question = Question(
            documents=self.documents,
            node=parsed.node,
            filters=self.filters,
            excluded=self.excluded,
            date_from=self.date_from and first_day(self.date_from),
            date_to=self.date_to and last_day(self.date_to),
            sort=self.sort or ("relevance" if _has_words(parsed.node) else "newest"),
            offset=(self.page - 1) * self.size,
            limit=self.size,
        )
        return question, parsed.diagnostics

    def among(self, documents: DocumentKind) -> SearchState:
        """The same search for the other kind of document."""
        return replace(self, documents=documents, page=1)

    def with_query(self, q: str) -> SearchState:
        return replace(self, q=q.strip(), page=1)

    def with_value(self, facet: str, value: str) -> SearchState:
        """Also results that have this value; it is no longer excluded."""
        excluded = _without(self.excluded, facet, value)
        return replace(self, filters=_added(self.filters, facet, value), excluded=excluded, page=1)

    def excluding(self, facet: str, value: str) -> SearchState:
        """No results that have this value; it is no longer asked for."""
        filters = _without(self.filters, facet, value)
        return replace(self, filters=filters, excluded=_added(self.excluded, facet, value), page=1)

    def without_value(self, facet: str, value: str) -> SearchState:
        """The value neither asked for nor excluded."""
        filters, excluded = (_without(side, facet, value) for side in (self.filters, self.excluded))
        return replace(self, filters=filters, excluded=excluded, page=1)

    def without_facet(self, facet: str) -> SearchState:
        """Neither values of this facet asked for nor excluded."""
        filters, excluded = (_only_others(side, facet) for side in (self.filters, self.excluded))
        return replace(self, filters=filters, excluded=excluded, page=1)

    def cleared(self) -> SearchState:
        """The words alone: no filters, no dates."""
        return replace(self, filters={}, excluded={}, date_from=None, date_to=None, page=1)

    def with_dates(self, date_from: str | None, date_to: str | None) -> SearchState:
        return replace(self, date_from=date_from, date_to=date_to, page=1)

    def with_sort(self, sort: Sort | None) -> SearchState:
        return replace(self, sort=sort, page=1)

    def with_page(self, page: int) -> SearchState:
        return replace(self, page=page)

    def with_size(self, size: int) -> SearchState:
        return replace(self, size=size, page=1)


def from_args(args: Iterable[tuple[str, str]], documents: DocumentKind = "article") -> SearchState:
    """The state that a request's parameters describe. Raises BadParameter."""
    single: dict[str, str] = {}
    filters: dict[str, tuple[str, ...]] = {}
    excluded: dict[str, tuple[str, ...]] = {}
    for name, raw in args:
        value = raw.strip()
        if not value:
            continue
        facet = name.removeprefix("not_")
        if facet in FACETS:
            chosen = filters if facet == name else excluded
            chosen.update(_added(chosen, facet, value))
            _check(name, value, chosen[facet], (*filters.values(), *excluded.values()))
        else:
            single[name] = value
    date_from, date_to = _dates(single.get("from"), single.get("to"))
    return SearchState(
        documents=documents,
        q=single.get("q", ""),
        match=_one_of("match", single.get("match", "all"), _MATCHES),
        filters=filters,
        excluded=excluded,
        date_from=date_from,
        date_to=date_to,
        sort=_one_of("sort", single["sort"], _SORTS) if "sort" in single else None,
        page=_number("page", single.get("page", "1"), LAST_PAGE),
        size=_number("size", single.get("size", str(DEFAULT_SIZE)), LARGEST_SIZE),
    )


def _check(name: str, value: str, same: Sequence[str], every: Sequence[Sequence[str]]) -> None:
    """Raises BadParameter for the value that is beyond the limits."""
    if len(same) > MOST_VALUES:
        raise BadParameter(name, value, f"is one value too many: at most {MOST_VALUES} are possible.")
    if sum(map(len, every)) > MOST_FILTERS:
        raise BadParameter(name, value, f"is one filter too many: at most {MOST_FILTERS} are possible.")
    if sum(len(one) for values in every for one in values) > LONGEST_FILTERS:
        raise BadParameter(name, value, f"is too much: all filters may have {LONGEST_FILTERS:,} characters.")


def _has_words(node: Node) -> bool:
    return any(not isinstance(leaf, Range) for leaf in positive_leaves(node))


def _dates(start: str | None, end: str | None) -> tuple[str | None, str | None]:
    for name, value in (("from", start), ("to", end)):
        if value is not None and not is_date(value):
            problem = "is not a date: give a year, a month or a day, such as 2022, 2022-02 or 2022-02-04."
            raise BadParameter(name, value, problem)
    if start and end and first_day(start) > last_day(end):
        raise BadParameter("from", start, f"is after to={end}.")
    return start, end


def _one_of(name: str, value: str, allowed: tuple[Choice, ...]) -> Choice:
    for choice in allowed:
        if value == choice:
            return choice
    raise BadParameter(name, value, f"is not one of {', '.join(allowed)}.")


def _number(name: str, value: str, most: int) -> int:
    if value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= most:
        return int(value)
    raise BadParameter(name, value, f"is not a whole number from 1 to {most:,}.")


def _added(values: Values, facet: str, value: str) -> dict[str, tuple[str, ...]]:
    chosen = values.get(facet, ())
    return {**values, facet: chosen if value in chosen else (*chosen, value)}


def _without(values: Values, facet: str, value: str) -> Values:
    rest = tuple(chosen for chosen in values.get(facet, ()) if chosen != value)
    return {**values, facet: rest} if rest else _only_others(values, facet)


def _only_others(values: Values, facet: str) -> Values:
    return {name: chosen for name, chosen in values.items() if name != facet}
