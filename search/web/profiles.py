"""A speaker in the archive: in which roles, when, on what; and the latest words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from flask import current_app

from search.articles.model import Quote
from search.index.engine import Engine
from search.query.results import Hit, Question, Results
from search.query.state import SearchState
from search.web.directory import Entry

MOST_READ = 400  # quotes that are read for their roles: each costs the reading of an article

_KEPT = 256  # speakers whose roles are kept
_SUBJECTS = 8
_LATEST = 10


@dataclass(frozen=True, slots=True)
class Role:
    """A role as written, in how many quotes, and the first and last day; None where no quote is dated."""

    role: str
    first: str | None
    last: str | None
    quotes: int


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles in the order in which they were last held, the latest first, and how many quotes were read for them."""

    roles: tuple[Role, ...]
    read: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a speaker. `state` is the search for all that they said; its results hold the latest."""

    entry: Entry
    state: SearchState
    results: Results
    roles: Roles
    alike: tuple[Entry, ...]


def profile(engine: Engine, entry: Entry, alike: Iterable[Entry]) -> Profile:
    """Everything about a speaker."""
    state = SearchState(documents="quote", filters={"speaker": entry.names})
    question, _ = state.question()
    wanted = replace(question, facets=("topic", "sector", "place"), facet_limit=_SUBJECTS, limit=_LATEST)
    return Profile(entry, state, engine.search(wanted), _kept_roles(engine, entry, question), tuple(alike))


def roles(hits: Iterable[Hit]) -> Roles:
    """The roles in which quotes were said."""
    said = [(hit.quote, hit.article.published) for hit in hits if hit.quote]
    spans: dict[str, Role] = {}
    for quote, published in said:
        if quote.role:
            known = spans.get(_same(quote.role))
            spans[_same(quote.role)] = _widened(known, published) if known else _role(quote, published)
    latest = sorted(spans.values(), key=lambda role: (role.last or "", role.quotes), reverse=True)
    return Roles(tuple(latest), len(said))


def _kept_roles(engine: Engine, entry: Entry, question: Question) -> Roles:
    """Read once for each generation, as long as others have not crowded it out."""
    status = engine.status()
    kept: OrderedDict[tuple[str, datetime | None, str], Roles] = current_app.extensions.setdefault(
        "roles", OrderedDict()
    )
    key = (status.generation, status.made, entry.slug)
    found = kept.get(key)
    if found is None:
        found = kept[key] = roles(islice(engine.every(replace(question, facets=())).hits, MOST_READ))
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return found


def _same(role: str) -> str:
    return " ".join(role.casefold().split()).removeprefix("the ")


def _role(quote: Quote, published: str | None) -> Role:
    return Role(quote.role or "", published, published, 1)


def _widened(role: Role, published: str | None) -> Role:
    days = [day for day in (role.first, role.last, published) if day]
    return replace(role, first=min(days, default=None), last=max(days, default=None), quotes=role.quotes + 1)
