"""tantivy: Rust, 2 threads. Facets are aggregations over fast fields; a filtered facet needs a request of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from bench.asking import Ask
from bench.engines.base import FACETS, LISTED, Outcome, by_year, facet_values
from search.articles.model import Article

_ALL = 1_000_000  # values of a segment: by default it drops the rarest of each, and the sums are too low
_TEXTS = {"headline": 3.0, "lead": 1.5, "body": 1.0}


class Tantivy:
    remarks: tuple[str, ...] = (
        "counts no facet without its own filter: each filtered one is a request of its own; one snippet a hit",
    )

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", tokenizer_name="raw", stored=True)
        for name in _TEXTS:
            builder.add_text_field(name, tokenizer_name="en_stem", stored=True)
        for name in FACETS:
            builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
        builder.add_integer_field("day", fast=True, indexed=True)
        builder.add_integer_field("month", fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self._analyzer = plain.filter(tantivy.Filter.stemmer("english")).build()
        self._folder = folder

    def index(self, articles: Iterable[Article]) -> None:
        writer = self._index.writer(heap_size=400_000_000, num_threads=2)
        for article in articles:
            writer.add_document(_document(article))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def top10(self, ask: Ask) -> tuple[str, ...]:
        hits = self._top(self._query(ask, ask.filters), ask, count=False).hits
        return tuple(self._searcher.doc(address)["id"][0] for _, address in hits)

    def job(self, ask: Ask) -> Outcome:
        query = self._query(ask, ask.filters)
        result = self._top(query, ask, count=True)
        words = self._query(Ask(ask.kind, ask.words, ask.operator), {})
        generator = tantivy.SnippetGenerator.create(self._searcher, words, self._schema, "body")
        documents = [self._searcher.doc(address) for _, address in result.hits]
        counted = self._counted(ask, query)
        months = {_month(int(found["key"])): int(found["doc_count"]) for found in counted["month"]["buckets"]}
        months = {month: count for month, count in months.items() if count}
        facets = {name: {found["key"]: found["doc_count"] for found in counted[name]["buckets"]} for name in FACETS}
        return Outcome(
            total=int(result.count or 0),
            hits=tuple(document["id"][0] for document in documents),
            snippets=tuple(generator.snippet_from_doc(document).fragment() for document in documents),
            facets={**facets, "year": by_year(months)},
            months=months,
        )

    def _counted(self, ask: Ask, query: Any) -> dict[str, Any]:
        facets = self._searcher.aggregate(query, _aggregations([f for f in FACETS if f not in ask.filters], True))
        for name in ask.filters:
            others = {facet: values for facet, values in ask.filters.items() if facet != name}
            facets |= self._searcher.aggregate(self._query(ask, others), _aggregations([name], False))
        return dict(facets)

    def stored_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._folder.glob("*.store"))

    def _top(self, query: Any, ask: Ask, count: bool) -> Any:
        if ask.newest:
            return self._searcher.search(query, 10, count=count, order_by_field="day", order=tantivy.Order.Desc)
        return self._searcher.search(query, 10, count=count)

    def _query(self, ask: Ask, filters: dict[str, tuple[str, ...]]) -> Any:
        parts = []
        if ask.operator == "phrase":
            parts.append((tantivy.Occur.Must, self._any(ask.words)))
        elif ask.words:
            occur = tantivy.Occur.Must if ask.operator == "and" else tantivy.Occur.Should
            words = [(occur, self._any((word,))) for word in ask.words]
            parts += words if occur == tantivy.Occur.Must else [(tantivy.Occur.Must, _boolean(words))]
        for facet, values in filters.items():
            terms = tantivy.Query.term_set_query(self._schema, facet, list(values))
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(terms, 0.0)))
        return _boolean(parts) if parts else tantivy.Query.all_query()

    def _any(self, words: tuple[str, ...]) -> Any:
        """The word or phrase in any of the fields."""
        terms = [self._analyzer.analyze(word)[0] for word in words]
        parts = []
        for name, boost in _TEXTS.items():
            if len(terms) == 1:
                query = tantivy.Query.term_query(self._schema, name, terms[0], "position")
            else:
                query = tantivy.Query.phrase_query(self._schema, name, [*terms])
            parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, boost)))
        return _boolean(parts)


def _boolean(parts: list[Any]) -> Any:
    return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)


def _aggregations(facets: list[str], histogram: bool) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": LISTED, "segment_size": _ALL}} for name in facets}
    if histogram:
        wanted["month"] = {"histogram": {"field": "month", "interval": 1.0}}
    return wanted


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _document(article: Article) -> Any:
    document = tantivy.Document()
    document.add_text("id", article.id)
    document.add_text("headline", article.headline)
    document.add_text("lead", article.lead or "")
    for paragraph in article.paragraphs:  # as values of their own, so that no phrase runs from one into the next
        document.add_text("body", paragraph.text)
    for name, values in facet_values(article).items():
        for value in values:
            document.add_text(name, value)
    day = article.published or "0001-01-01"
    document.add_integer("day", int(day.replace("-", "")))
    document.add_integer("month", int(day[:4]) * 12 + int(day[5:7]) - 1)
    return document
