"""The port: what every engine can do, and the errors it may raise. Web and commands know engines only by this.

An engine serves *generations*: complete, immutable states of the archive. A `Writer` prepares the next one beside the
one being served; `commit` publishes it in one step, anything else leaves the served one untouched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from search.articles.model import Article, Problem, SourceFile
from search.query.results import Completion, Question, Results, WholeResults


class EngineError(Exception):
    """Base of what an engine raises on purpose; the message is fit for a reader of the site."""


class NoIndex(EngineError):
    """There is no index yet at the place the engine was given."""


class DamagedIndex(EngineError):
    """The index can't be trusted: damaged, foreign-owned, or made by another field table."""


class UntrustedIndex(DamagedIndex):
    """Somebody else could have written to the index, or this user can't read it; the message says what to mend."""


class IndexLocked(EngineError):
    """Another writer holds the lock."""


class QueryTimeout(EngineError):
    """The question took longer than the engine's time limit."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is being served; `made` is when the generation was completed, in UTC, where the engine knows."""

    engine: str
    generation: str
    articles: int
    quotes: int
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a `put` did: how many articles are new, how many got another content, whether anything differs at all."""

    added: int = 0
    changed: int = 0
    differs: bool = False


class Writer(Protocol):
    """Prepares one new generation. Used as a context manager: leaving it without `commit` discards everything."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...

    def sources(self) -> Iterator[SourceFile]:
        """The files that the generation holds so far."""

    def articles_of(self, path: str) -> dict[str, str]:
        """The articles read from one file: article id -> digest of its content."""

    def put(self, source: SourceFile, articles: Iterable[Article]) -> Change:
        """Add these articles and remember them as the source's.

        Each replaces one of the same id, but for one from another source that is newer (`published`). May be called
        again for the same source. Raises ValueError, saying why, for an article that can't be indexed as it is.
        """

    def remove(self, article_ids: Iterable[str]) -> None:
        """Remove articles by id, whoever holds them; unknown ids are ignored."""

    def release(self, path: str, article_ids: Iterable[str]) -> int:
        """The source no longer holds these: remove those that no other source holds, and say how many.

        Those that others hold stay as they are until any other holder is put again.
        """

    def forget(self, path: str) -> int:
        """Release all articles of a source, and the source itself."""

    def commit(self) -> Status:
        """Make the generation durable and publish it."""


class Engine(Protocol):
    """Answers questions from the newest complete generation; safe to share between threads."""

    def search(self, question: Question) -> Results:
        """Raises NoIndex, DamagedIndex, QueryTimeout."""

    def every(self, question: Question) -> WholeResults:
        """All hits from `offset` on, in order, without snippets, marks or facets; `limit` is not heeded.

        Only finding them is under the time limit, and done when this returns; reading them lasts as long as the
        caller takes, holds one at a time, and goes on in the same generation whatever is published meanwhile.
        Raises NoIndex, DamagedIndex, QueryTimeout.
        """

    def article(self, article_id: str) -> Article | None:
        """The article of that id, or None."""

    def completions(self, text: str, limit: int) -> tuple[Completion, ...]:
        """What may be meant by the beginning of a name or headline, kind by kind, at most `limit` of each.

        Speakers, topics, sectors, places and agencies in whose names each of the words begins another word, the most
        frequent first; then the newest articles whose headlines have the words, the last of which may be a beginning of
        more than a letter. Of a beginning of very many words the most frequent stand for it, of many headlines the
        newest. Raises NoIndex, DamagedIndex, QueryTimeout.
        """

    def frequencies(self, words: Sequence[str]) -> tuple[int, ...]:
        """How many articles have each of the words, in any form, in their headline, lead or text.

        Raises NoIndex, DamagedIndex.
        """

    def status(self) -> Status:
        """Raises NoIndex, DamagedIndex."""

    def verify(self) -> Iterator[Problem]:
        """Reads everything back; yields each damage found with its file."""

    def build(self) -> Writer:
        """A writer that starts from nothing. Raises IndexLocked."""

    def update(self) -> Writer:
        """A writer that starts from the generation being served. Raises IndexLocked, NoIndex, DamagedIndex."""

    def compact(self) -> Status:
        """Bring what updates have left into a form that is searched faster; the status of what is served afterwards.

        Everything is served meanwhile, and nothing else changes. Raises IndexLocked, NoIndex, DamagedIndex.
        """
