"""A list of names, a page at a time, in the order of the alphabet or the most frequent first.

Like the state of a search, that of a list is told by its address alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search.query.state import BadParameter, from_args
from search.web.directory import Directory, Entry
from search.web.pages import Pages, pages

SIZE = 90


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list, and which part of it. Every change but that of the page gives a new one on its first page."""

    path: str
    q: str = ""
    letter: str = ""
    order: str = "name"
    page: int = 1

    def url(self, suffix: str = "") -> str:
        """The address of this part; `suffix` (".json") picks another format."""
        chosen = (("q", self.q), ("letter", self.letter), ("order", self.order if self.order != "name" else ""))
        params = [(name, value) for name, value in (*chosen, ("page", str(self.page))) if value and value != "1"]
        query = urlencode(params, errors="replace")
        return f"{self.path}{suffix}?{query}" if query else self.path + suffix

    def with_page(self, page: int) -> Listing:
        return replace(self, page=page)

    def with_letter(self, letter: str) -> Listing:
        return Listing(self.path, letter=letter)

    def with_order(self, order: str) -> Listing:
        return replace(self, order=order, page=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list."""

    listing: Listing
    entries: tuple[Entry, ...]
    total: int
    pages: Pages


def listing(path: str, args: Iterable[tuple[str, str]]) -> Listing:
    """The part of a list that a request's parameters describe. Raises BadParameter."""
    given = {name: value.strip() for name, value in args}
    state = from_args((name, given.get(name, "")) for name in ("q", "page"))
    order = given.get("order") or "name"
    if order not in ("name", "most"):
        raise BadParameter("order", order, "is not one of name, most.")
    return Listing(path, state.q, given.get("letter", "").lower(), order, state.page)


def listed(directory: Directory, asked: Listing) -> Listed:
    """The entries on the page asked for. Raises BadParameter for an unknown letter and a page beyond the last."""
    found = _found(directory, asked)
    if asked.order == "most":
        found = sorted(found, key=lambda entry: (-entry.quotes, -entry.articles))
    there = pages(len(found), asked.page, SIZE, of="list")
    start = (asked.page - 1) * SIZE
    return Listed(asked, tuple(found[start : start + SIZE]), len(found), there)


def _found(directory: Directory, asked: Listing) -> Sequence[Entry]:
    if asked.letter and asked.letter not in directory.letters:
        raise BadParameter("letter", asked.letter, "is not the first letter of any name here.")
    found = directory.under(asked.letter) if asked.letter else directory.entries
    if not asked.q:
        return found
    matching = directory.matching(asked.q)
    return [entry for entry in matching if entry.letter == asked.letter] if asked.letter else matching
