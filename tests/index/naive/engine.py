"""The engine and its writer, which keep everything in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from search.articles.model import Article, Problem, SourceFile
from search.index.completing import NAMED, begins, headline_node, typed
from search.index.documents import Label, article_document, as_stored, check, digest, quote_documents
from search.index.engine import Change, IndexLocked, NoIndex, Status
from search.query.nodes import Term
from search.query.results import Completion, Hit, Question, Results, WholeResults
from tests.index.naive.archive import Archive, Found, Groups
from tests.index.naive.counting import Counting, histogram, listed, size
from tests.index.naive.matching import has_any, is_dated, matches


class NaiveEngine:
    """Implements `search.index.engine.Engine`."""

    def __init__(self, label: Label) -> None:
        self.label = label
        self.archive: Archive | None = None
        self.generation = 0
        self.made: datetime | None = None
        self.writing = False

    def search(self, question: Question) -> Results:
        groups = self._archive().groups()
        asked, question = question, _widened(question, groups)
        matching = [
            found
            for found in self._archive().documents(question.documents)
            if matches(question.node, found[0], question.documents, self.label) and is_dated(found[0], question)
        ]
        matching = [
            found for found in matching if not any(has_any(found[0], n, v) for n, v in question.excluded.items())
        ]
        results = [
            found for found in matching if all(has_any(found[0], n, v) for n, v in question.filters.items() if v)
        ]
        counting = Counting(asked, question, groups, self.label)
        counts = {name: counting.counted(name, matching) for name in question.facets}
        return Results(
            total=len(results),
            hits=tuple(
                Hit(article, 0.0, quote=quote)
                for _, article, quote in _ordered(results, question)[question.offset : question.offset + question.limit]
            ),
            facets={name: listed(counted, question.facet_limit) for name, counted in counts.items()},
            facet_sizes={name: size(counted) for name, counted in counts.items()},
            histogram=histogram(results),
            generation=str(self.generation),
        )

    def every(self, question: Question) -> WholeResults:
        everything = sum(1 + len(article.quotes) for article in self._archive().articles.values())
        results = self.search(replace(question, limit=everything, facets=()))
        return WholeResults(results.total, iter(results.hits), results.diagnostics, results.generation)

    def article(self, article_id: str) -> Article | None:
        return self._archive().articles.get(article_id)

    def completions(self, text: str, limit: int) -> tuple[Completion, ...]:
        words = typed(text)
        if not words:
            return ()
        results = self.search(Question(limit=0, facets=NAMED, facet_limit=1 << 31))
        named = [
            [Completion(kind, c.value, c.label, c.count) for c in results.facets[kind] if begins(words, c.label)][
                :limit
            ]
            for kind in NAMED
        ]
        node = headline_node(words)
        newest = self.search(Question(node=node, sort="newest", limit=limit)).hits if node else ()
        headlines = [Completion("headline", hit.article.id, hit.article.headline, 1) for hit in newest]
        return (*(one for found in named for one in found), *headlines)

    def frequencies(self, words: Sequence[str]) -> tuple[int, ...]:
        return tuple(self.search(Question(node=Term(None, word), limit=0, facets=())).total for word in words)

    def status(self) -> Status:
        articles = self._archive().articles.values()
        quotes = sum(len(found.quotes) for found in articles)
        return Status("naive", str(self.generation), len(articles), quotes, self.made)

    def verify(self) -> Iterator[Problem]:
        return iter(())

    def build(self) -> NaiveWriter:
        return NaiveWriter(self, Archive)

    def update(self) -> NaiveWriter:
        return NaiveWriter(self, lambda: self._archive().copy())

    def compact(self) -> Status:
        return self.status()

    def _archive(self) -> Archive:
        if self.archive is None:
            raise NoIndex("There is no index yet.")
        return self.archive


class NaiveWriter:
    """Implements `search.index.engine.Writer`."""

    def __init__(self, engine: NaiveEngine, begin: Callable[[], Archive]) -> None:
        self._engine = engine
        self._begin = begin

    def __enter__(self) -> Self:
        if self._engine.writing:
            raise IndexLocked("The index is being written.")
        self._archive = self._begin()
        self._engine.writing = True
        return self

    def __exit__(self, *exc: object) -> None:
        self._engine.writing = False

    def sources(self) -> Iterator[SourceFile]:
        return iter([source for _, source in sorted(self._archive.sources.items())])

    def articles_of(self, path: str) -> dict[str, str]:
        return dict(self._archive.held.get(path, {}))

    def put(self, source: SourceFile, articles: Iterable[Article]) -> Change:
        self._archive.sources[source.path] = source
        done = [self._put(source.path, article) for article in articles]
        return Change(done.count("added"), done.count("changed"), any(done))

    def remove(self, article_ids: Iterable[str]) -> None:
        for article_id in article_ids:
            self._archive.articles.pop(article_id, None)
            for held in self._archive.held.values():
                held.pop(article_id, None)

    def release(self, path: str, article_ids: Iterable[str]) -> int:
        gone = 0
        for article_id in list(article_ids):
            self._archive.held.get(path, {}).pop(article_id, None)
            if self._archive.shown.get(article_id) == path:
                self._archive.shown[article_id] = ""
            if not any(article_id in held for held in self._archive.held.values()):
                self.remove([article_id])
                gone += 1
        return gone

    def forget(self, path: str) -> int:
        gone = self.release(path, self.articles_of(path))
        self._archive.sources.pop(path, None)
        return gone

    def commit(self) -> Status:
        self._engine.archive = self._archive
        self._engine.generation += 1
        self._engine.made = datetime.now(UTC)
        return self._engine.status()

    def _put(self, path: str, article: Article) -> str | None:
        check(article_document(article), *quote_documents(article))
        content = digest(as_stored(article))
        before = self._archive.articles.get(article.id)
        held = self._archive.held.setdefault(path, {})
        news = held.get(article.id) != content
        held[article.id] = content
        shown = self._archive.shown.get(article.id)
        if before and (
            before == article or (shown not in (path, "") and (before.published or "") > (article.published or ""))
        ):
            return "held" if news else None
        self._archive.told.append(article.speakers)
        self._archive.articles[article.id] = article
        self._archive.shown[article.id] = path
        return "changed" if before else "added"


def _widened(question: Question, groups: Mapping[str, Groups]) -> Question:
    filters, excluded = (
        {
            name: tuple(v for value in values for v in groups.get(name, {}).get(value, (value,)))
            for name, values in chosen.items()
        }
        for chosen in (question.filters, question.excluded)
    )
    return replace(question, filters=filters, excluded=excluded)


def _ordered(found: list[Found], question: Question) -> list[Found]:
    by_id = sorted(found, key=lambda one: one[0]["id"])
    dated = [one for one in by_id if one[0]["date"]]
    undated = [one for one in by_id if not one[0]["date"]]
    return sorted(dated, key=lambda one: one[0]["date"], reverse=question.sort != "oldest") + undated
