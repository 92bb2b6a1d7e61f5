"""A facet in full: every value that the results of a search have, a page at a time, to be added, taken off or left out.

Topics and sectors stand in their tree; every facet can be had by count or in the order of the alphabet, and narrowed to
the values that have certain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nsmallest
from typing import Literal, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from markupsafe import escape

from search.articles.topics import TopicTable
from search.fields import FACETS, DocumentKind
from search.query.results import FacetCount, Results
from search.query.state import BadParameter, SearchState, from_args
from search.web.alphabet import alphabet
from search.web.branches import Branch, branches_of
from search.web.facets import Choice, Choices, Panel, chips, facet_url
from search.web.pages import Pages, pages
from search.web.room import MOST_BYTES
from search.web.views import engine
from search.web.weights import framed

facets = Blueprint("facets", __name__)

Order = Literal["tree", "count", "name"]

ORDERS: dict[Order, str] = {"tree": "As a tree", "count": "Count", "name": "A–Z"}
MOST_VALUES = 50_000  # values of one facet, the most frequent ones, that are sorted, looked through and listed
SIZE = 80  # values on a page

_ADDRESSES = 16  # around the values
_FEWEST = 8  # values; where not so many have room with links, one form takes their place
_VALUE = 440  # bytes of a value, without its two addresses
_TREES = ("topic", "sector")


@dataclass(frozen=True)
class FacetList:
    """Which values of which facet of a search. Every change but that of the page leads to the first page."""

    state: SearchState
    facet: str
    order: Order
    words: str = ""
    page: int = 1

    @property
    def path(self) -> str:
        return f"{self.state.path}/facets/{self.facet}"

    @property
    def orders(self) -> dict[Order, str]:
        """The orders that the facet can be had in."""
        return {order: name for order, name in ORDERS.items() if order != "tree" or self.facet in _TREES}

    @property
    def size(self) -> int:
        """How many values a page can carry."""
        return SIZE if self.form else min(SIZE, self._linked)

    @property
    def form(self) -> bool:
        """Whether the values stand in a form in place of links."""
        return self._linked < _FEWEST

    @cached_property
    def _linked(self) -> int:
        """For how many values there is room with links: each repeats the address twice."""
        room = MOST_BYTES - framed(self.state, _ADDRESSES)
        return room // (_VALUE + 2 * len(escape(self.url())))

    def url(self, suffix: str = "") -> str:
        """The address of this part; `suffix` (".json") picks another format."""
        order = self.order if self.order != _first_order(self.facet) else ""
        chosen = (("words", self.words), ("order", order), ("page", str(self.page) if self.page > 1 else ""))
        query = urlencode([(name, value) for name, value in chosen if value], errors="replace")
        address = facet_url(self.state, self.facet, suffix)
        return f"{address}{'&' if '?' in address else '?'}{query}" if query else address

    def with_page(self, page: int) -> FacetList:
        return replace(self, page=page)

    def with_order(self, order: Order) -> FacetList:
        return replace(self, order=order, page=1)

    def with_words(self, words: str) -> FacetList:
        return replace(self, words=words, page=1)

    def of(self, state: SearchState) -> str:
        """The address of the same list for a changed search; none where a form does without."""
        return "" if self.form else replace(self, state=state, page=1).url()


@dataclass(frozen=True, slots=True)
class Values:
    """One page of a facet; `branches` are its values as a tree, `size` is that of the whole facet."""

    asked: FacetList
    results: Results
    choices: dict[str, Choice]
    branches: tuple[Branch, ...]
    total: int
    size: int
    pages: Pages


@facets.get("/search/facets/<facet>", defaults={"documents": "article"})
@facets.get("/quotes/facets/<facet>", defaults={"documents": "quote"})
def page(documents: DocumentKind, facet: str) -> str:
    """All values of a facet of a search."""
    found = values(_asked(documents, facet))
    state = found.asked.state
    used = chips(state, found.results, current_app.extensions["topics"].label)
    offered = Panel(facet, tuple(found.choices.values()), (), found.size, "")
    return render_template("facet.html", state=state, found=found, chips=used, most=MOST_VALUES, offered=[offered])


@facets.get("/search/facets/<facet>.json", defaults={"documents": "article"})
@facets.get("/quotes/facets/<facet>.json", defaults={"documents": "quote"})
def as_json(documents: DocumentKind, facet: str) -> Response:
    """The same as JSON."""
    found = values(_asked(documents, facet))
    asked = found.asked
    names = ("value", "label", "count", "selected", "excluded")
    return jsonify(
        search=asked.state.url(),
        facet=facet,
        total=found.results.total,
        facet_size=found.size,
        order=asked.order,
        words=asked.words,
        found=found.total,
        page=found.pages.page,
        pages=found.pages.last,
        values=[{name: getattr(one, name) for name in names} for one in found.choices.values()],
    )


def values(asked: FacetList) -> Values:
    """Raises BadParameter for a page beyond the last, TooLarge, and what the engine raises."""
    needed = asked.page * asked.size if asked.order == "count" and not asked.words else MOST_VALUES
    question, _ = asked.state.question()
    limit = min(needed, MOST_VALUES)
    results = engine().search(replace(question, facets=(asked.facet,), facet_limit=limit, offset=0, limit=0))
    counts = results.facets.get(asked.facet, ())
    size = max(results.facet_sizes.get(asked.facet, 0), len(counts))
    found = alphabet(engine(), asked.facet).having(counts, asked.words)
    total = min(size, MOST_VALUES) if needed < MOST_VALUES else len(found)
    there = pages(total, asked.page, asked.size, of="list")
    part = _part(asked, found)
    largest = max((count.count for count in counts), default=0) or 1
    making = Choices(asked.state, asked.facet, asked.of)
    choices = {count.value: making.of(count, largest) for count in part}
    branches = _tree(asked.facet, part) if asked.order == "tree" else ()
    return Values(asked, results, choices, branches, total, size, there)


def _asked(documents: DocumentKind, facet: str) -> FacetList:
    if facet not in FACETS:
        abort(404)
    state = from_args(request.args.items(multi=True), documents)
    given = dict(request.args.items(multi=True))
    words = given.get("words", "").strip()
    order = given.get("order") or _first_order(facet)
    asked = FacetList(state.with_page(1), facet, cast(Order, order), words, state.page)
    if order not in asked.orders:
        raise BadParameter("order", order, f"is not one of {', '.join(asked.orders)}.")
    return asked


def _first_order(facet: str) -> Order:
    return "tree" if facet in _TREES else "count"


def _part(asked: FacetList, found: Sequence[FacetCount]) -> list[FacetCount]:
    """The values on the page asked for; of a tree also those above the first, so that it hangs on something."""
    start = (asked.page - 1) * asked.size
    if asked.order == "name":
        ranks = alphabet(engine(), asked.facet).ranks
        found = nsmallest(start + asked.size, found, key=lambda count: ranks.get(count.value, len(ranks)))
    if asked.order != "tree":
        return list(found[start : start + asked.size])
    by_code = {count.value: count for count in found}
    codes = [branch.code for top in _tree(asked.facet, found) for branch in top.walk()][start : start + asked.size]
    above = [code for code in _table().path(codes[0])[:-1] if code in by_code] if codes else []
    return [by_code[code] for code in (*above, *codes)]


def _tree(facet: str, counts: Sequence[FacetCount]) -> tuple[Branch, ...]:
    kind: Literal["topic", "sector"] = "topic" if facet == "topic" else "sector"
    return branches_of(kind, {count.value: count for count in counts}, _table().topics)


def _table() -> TopicTable:
    return cast(TopicTable, current_app.extensions["topics"])
