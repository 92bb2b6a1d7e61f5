"""A speaker in the archive: in which roles, when, on what; and the latest words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from search.articles.model import Article
from search.index.engine import Engine
from search.query.results import Question, Results
from search.query.state import SearchState
from search.web.answers import count
from search.web.directory import Entry
from search.web.keeping import recent

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
class Profile:
    """What is known of a speaker. `state` is the search for all that they said; its results hold the latest.

    `about` is the search for what others say that names them, `mentions` how many such quotes there are.
    """

    entry: Entry
    state: SearchState
    results: Results
    roles: tuple[Role, ...]
    alike: tuple[Entry, ...]
    about: SearchState
    mentions: int


def profile(engine: Engine, entry: Entry, alike: Iterable[Entry]) -> Profile:
    """Everything about a speaker."""
    state = SearchState(documents="quote", filters={"speaker": (entry.name,)})
    question, _ = state.question()
    wanted = replace(question, facets=("topic", "sector", "place"), facet_limit=_SUBJECTS, limit=_LATEST)
    about = SearchState(documents="quote", q=f'said:"{_called(entry)}"', excluded={"speaker": (entry.name,)})
    mentions = count(engine, about)
    return Profile(entry, state, engine.search(wanted), _kept_roles(engine, entry), tuple(alike), about, mentions)


def roles(articles: Iterable[Article], names: Collection[str]) -> tuple[Role, ...]:
    """The roles in which a speaker of these names is quoted, the one last held first.

    Articles come newest first: a role is shown as it was last written.
    """
    spans: dict[str, Role] = {}
    for article in articles:
        for quote in article.quotes:
            if quote.role and quote.speaker in names:
                known = spans.get(_same(quote.role))
                spans[_same(quote.role)] = _widened(known, article) if known else _role(quote.role, article)
    return tuple(sorted(spans.values(), key=lambda role: (role.last or "", role.quotes), reverse=True))


def _kept_roles(engine: Engine, entry: Entry) -> tuple[Role, ...]:
    """From all that the speaker said: each article is read once for a generation, if others do not crowd it out."""

    def read() -> tuple[Role, ...]:
        whole = engine.every(Question(filters={"speaker": (entry.name,)}, sort="newest", facets=()))
        return roles((hit.article for hit in whole.hits), set(entry.names))

    return recent(engine, "roles", entry.slug, _KEPT, read)


def _called(entry: Entry) -> str:
    """How others speak of somebody: by the surname, where the name is one of a person; else by all of it."""
    words = entry.words or (entry.name.replace('"', " "),)
    person = len(words) > 1 and all(len(word) == 1 for word in words[1:-1])
    return words[-1] if person else " ".join(words)


def _same(role: str) -> str:
    return " ".join(role.casefold().split()).removeprefix("the ")


def _role(role: str, article: Article) -> Role:
    return Role(role, article.published, article.published, 1)


def _widened(role: Role, article: Article) -> Role:
    days = [day for day in (role.first, role.last, article.published) if day]
    return replace(role, first=min(days, default=None), last=max(days, default=None), quotes=role.quotes + 1)
