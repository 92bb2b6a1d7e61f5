"""The oracle: an engine in memory that answers every question by looking at every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Self

from rapidfuzz.distance import Levenshtein

from search import analysis
from search.analysis import Token
from search.articles.model import Article, Problem, Quote, SourceFile, Speaker
from search.articles.variants import Known, block, shown, together
from search.fields import DEFAULT_FIELDS, FIELDS, DocumentKind
from search.index.completing import NAMED, begins, headline_node, typed
from search.index.documents import (
    Document,
    Label,
    article_document,
    as_stored,
    check,
    digest,
    quote_documents,
    searched_words,
)
from search.index.engine import Change, IndexLocked, NoIndex, Status
from search.query.nodes import And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.results import Completion, FacetCount, Hit, MonthCount, Question, Results, WholeResults

#: The name of a speaker -> all of the speaker's names, the one that is shown first.
Groups = dict[str, tuple[str, ...]]


@dataclass
class Archive:
    """What a generation holds; `held`: path -> article id -> digest."""

    sources: dict[str, SourceFile] = field(default_factory=dict)
    held: dict[str, dict[str, str]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    told: list[tuple[Speaker, ...]] = field(default_factory=list)

    def copy(self) -> Archive:
        held = {path: dict(found) for path, found in self.held.items()}
        return Archive(dict(self.sources), held, dict(self.articles), dict(self.shown), list(self.told))


class NaiveEngine:
    """Implements `search.index.engine.Engine`."""

    def __init__(self, label: Label) -> None:
        self.label = label
        self.archive: Archive | None = None
        self.generation = 0
        self.made: datetime | None = None
        self.writing = False

    def search(self, question: Question) -> Results:
        names = _names(self._archive())
        asked, question = question, _widened(question, names)
        documents = _documents(self._archive(), question.documents)
        matching = [
            found
            for found in documents
            if self._matches(question.node, found[0], question.documents) and _dated(found[0], question)
        ]
        matching = [found for found in matching if not any(_any(found[0], n, v) for n, v in question.excluded.items())]
        results = [found for found in matching if all(_any(found[0], n, v) for n, v in question.filters.items() if v)]
        counts = {name: self._counted(name, matching, question, asked, names) for name in question.facets}
        return Results(
            total=len(results),
            hits=tuple(
                Hit(article, 0.0, quote=quote)
                for _, article, quote in _ordered(results, question)[question.offset : question.offset + question.limit]
            ),
            facets={name: _listed(counted, question.facet_limit) for name, counted in counts.items()},
            facet_sizes={name: sum(count.count > 0 for count in counted) for name, counted in counts.items()},
            histogram=_histogram(results),
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

    def _archive(self) -> Archive:
        if self.archive is None:
            raise NoIndex("There is no index yet.")
        return self.archive

    def _counted(
        self, name: str, matching: list[Found], question: Question, asked: Question, names: Groups
    ) -> tuple[FacetCount, ...]:
        """All values of one facet, over the documents that pass every filter but this facet's own."""
        others = {other: values for other, values in question.filters.items() if other != name and values}
        passing = [found for found in matching if all(_any(found[0], n, v) for n, v in others.items())]
        groups = names if name == "speaker" else {}
        counts = Counter(groups.get(value, (value,))[0] for found in passing for value in found[0][name])
        chosen, excluded = asked.filters.get(name, ()), asked.excluded.get(name, ())
        for value in (*chosen, *excluded):
            first = groups.get(value, (value,))[0]
            counts[value] = counts.get(first, counts.get(value, 0))
        for value in (*chosen, *excluded):
            first = groups.get(value, (value,))[0]
            if first not in (*chosen, *excluded):
                counts.pop(first, None)
        return tuple(
            self._count(value, count, groups.get(value, (value,)), value in chosen, value in excluded)
            for value, count in sorted(counts.items(), key=lambda item: (-item[1], groups.get(item[0], (item[0],))[0]))
        )

    def _count(self, value: str, count: int, group: tuple[str, ...], selected: bool, excluded: bool) -> FacetCount:
        label = group[0] if len(group) > 1 else self.label(value) or value
        others = tuple(sorted(other for other in group if other != value))
        return FacetCount(value, label, count, selected, excluded, others)

    def _matches(self, node: Node, document: Document, documents: DocumentKind) -> bool:
        match node:
            case And(children):
                return all(self._matches(child, document, documents) for child in children)
            case Or(children):
                return any(self._matches(child, document, documents) for child in children)
            case Not(child):
                return not self._matches(child, document, documents)
            case Range(_, start, end):
                days = document["date"]
                return (start is None and end is None) or any(
                    (start is None or start <= day) and (end is None or day <= end) for day in days
                )
            case Term(name, text) if name and FIELDS[name].kind == "code" and text.casefold() in document[name]:
                return True
        fields = DEFAULT_FIELDS[documents] if node.field is None else (node.field,)
        texts = [list(analysis.tokens(text)) for name in fields for text in self._texts(document, name)]
        return any(_stands_in(node, tokens) for tokens in texts)

    def _texts(self, document: Document, name: str) -> list[str]:
        if FIELDS[name].kind not in ("text", "name", "code"):
            return []
        return [searched_words(name, value, self.label) for value in document[name]]


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


Found = tuple[Document, Article, Quote | None]


def _names(archive: Archive) -> Groups:
    """The names that are one speaker's, judged by all that was ever told."""
    quotes = Counter(quote.speaker for article in archive.articles.values() for quote in article.quotes)
    roles: dict[str, dict[str, set[str]]] = {}
    apart = set()
    for speakers in archive.told:
        for speaker in speakers:
            if of := block(speaker.name):
                roles.setdefault(of, {}).setdefault(speaker.name, set()).update(speaker.roles)
        apart |= {frozenset(pair) for pair in combinations([speaker.name for speaker in speakers], 2)}
    groups: Groups = {}
    for told in roles.values():
        for names in together([Known(name, frozenset(found)) for name, found in told.items() if quotes[name]], apart):
            first = shown(names, quotes.__getitem__)
            groups |= dict.fromkeys(names, (first, *(name for name in names if name != first)))
    return groups


def _widened(question: Question, names: Groups) -> Question:
    filters, excluded = (
        {
            name: tuple(v for value in values for v in (names if name == "speaker" else {}).get(value, (value,)))
            for name, values in chosen.items()
        }
        for chosen in (question.filters, question.excluded)
    )
    return replace(question, filters=filters, excluded=excluded)


def _documents(archive: Archive, documents: DocumentKind) -> list[Found]:
    articles = archive.articles.values()
    if documents == "article":
        return [(article_document(article), article, None) for article in articles]
    return [
        (document, article, quote)
        for article in articles
        for document, quote in zip(quote_documents(article), article.quotes, strict=True)
    ]


def _listed(counted: tuple[FacetCount, ...], limit: int) -> tuple[FacetCount, ...]:
    """The most frequent values, and those chosen wherever they are."""
    return tuple(c for n, c in enumerate(counted) if (n < limit and c.count) or c.selected or c.excluded)


def _stands_in(leaf: Term | Phrase | Near | Prefix | Fuzzy, tokens: list[Token]) -> bool:
    """Whether the leaf is in one text."""
    match leaf:
        case Term(_, text):
            return _in_a_row(analysis.terms(text), tokens)
        case Phrase(_, words):
            return _in_a_row([term for word in words for term in analysis.terms(word)], tokens)
        case Near(_, words, distance):
            return _in_a_window([term for word in words for term in analysis.terms(word)], tokens, distance)
        case Prefix(_, text):
            return bool(text) and any(token.folded.startswith(analysis.fold(text)) for token in tokens)
        case Fuzzy(_, text, distance):
            return any(Levenshtein.distance(token.folded, analysis.fold(text)) <= distance for token in tokens)


def _in_a_row(terms: list[str], tokens: list[Token]) -> bool:
    found = [token.term for token in tokens]
    return bool(terms) and any(found[at : at + len(terms)] == terms for at in range(len(found)))


def _in_a_window(terms: list[str], tokens: list[Token], distance: int) -> bool:
    found = [token.term for token in tokens]
    window = len(terms) + distance
    return bool(terms) and any(Counter(terms) <= Counter(found[at : at + window]) for at in range(len(found)))


def _any(document: Document, name: str, values: Iterable[str]) -> bool:
    return any(value in document[name] for value in values)


def _dated(document: Document, question: Question) -> bool:
    if question.date_from is None and question.date_to is None:
        return True
    start, end = question.date_from or "", question.date_to or "9999-12-31"
    return any(start <= day <= end for day in document["date"])


def _ordered(found: list[Found], question: Question) -> list[Found]:
    by_id = sorted(found, key=lambda one: one[0]["id"])
    dated = [one for one in by_id if one[0]["date"]]
    undated = [one for one in by_id if not one[0]["date"]]
    return sorted(dated, key=lambda one: one[0]["date"], reverse=question.sort != "oldest") + undated


def _histogram(found: list[Found]) -> tuple[MonthCount, ...]:
    counts: Mapping[str, int] = Counter(document["date"][0][:7] for document, _, _ in found if document["date"])
    return tuple(MonthCount(month, count) for month, count in sorted(counts.items()))
