"""Whoosh as it comes: its own codec, schema and searcher, one process for each core when indexing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, scoring, sorting
from whoosh.analysis import StemmingAnalyzer

from bench.asking import Ask
from bench.engines.base import FACETS, LISTED, Outcome, body_of, by_year, facet_values
from search.analysis import terms
from search.articles.model import Article

_BREAK = "\nparagraphbreak\n"  # a word, so that no phrase runs from one paragraph into the next
_TEXTS = {"headline": 3.0, "lead": 1.5, "body": 1.0}


class Whoosh:
    remarks: tuple[str, ...] = ("counts no facet without its own filter: each filtered one is a search of its own",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def index(self, articles: Iterable[Article]) -> None:
        writer = index.create_in(self._folder, _schema()).writer(limitmb=256)
        for article in articles:
            day = article.published or ""
            values = {name: ",".join(found) for name, found in facet_values(article).items()}
            texts = {"headline": article.headline, "lead": article.lead or "", "body": body_of(article, _BREAK)}
            writer.add_document(id=article.id, day=day, month=day[:7], **texts, **values)
        writer.commit(optimize=True)

    def open(self) -> None:
        self._searcher = index.open_dir(self._folder).searcher(weighting=scoring.BM25F())

    def top10(self, ask: Ask) -> tuple[str, ...]:
        return tuple(hit["id"] for hit in self._search(ask, ask.filters, 10)[:10])

    def job(self, ask: Ask) -> Outcome:
        names = [name for name in FACETS if name not in ask.filters]
        results = self._search(ask, ask.filters, 10, [*names, "month"])
        hits = [(hit["id"], hit["headline"], hit.highlights("body")) for hit in results[:10]]
        groups = {name: results.groups(name) for name in names}
        for name in ask.filters:
            others = {facet: chosen for facet, chosen in ask.filters.items() if facet != name}
            groups[name] = self._search(ask, others, 10, [name]).groups(name)
        months = {month: count for month, count in results.groups("month").items() if month}
        return Outcome(
            total=len(results),
            hits=tuple(hit[0] for hit in hits),
            snippets=tuple(hit[-1] for hit in hits),
            facets={**{name: _listed(found) for name, found in groups.items()}, "year": by_year(months)},
            months=months,
        )

    def stored_bytes(self) -> int:
        return 0

    def _search(
        self, ask: Ask, filters: dict[str, tuple[str, ...]], limit: int, groups: list[str] | None = None
    ) -> Any:
        grouped = sorting.Facets()
        for name in groups or ():
            grouped.add_facet(name, sorting.FieldFacet(name, allow_overlap=name != "month", maptype=sorting.Count))
        order = sorting.FieldFacet("day", reverse=True) if ask.newest else None
        chosen = [query.Or([query.Term(name, value) for value in values]) for name, values in filters.items()]
        wanted = query.And([_query(ask), *(query.ConstantScoreQuery(part, 0.0) for part in chosen)])
        return self._searcher.search(wanted, limit=limit, groupedby=grouped if groups else None, sortedby=order)


def _stem(word: str) -> str:
    return terms(word)[0]


def _schema() -> Any:
    analyzer = StemmingAnalyzer(stoplist=None, minsize=1, stemfn=_stem, cachesize=None)
    texts: dict[str, Any] = {name: fields.TEXT(analyzer=analyzer, stored=True) for name in _TEXTS}
    facets = {name: fields.KEYWORD(commas=True, sortable=True) for name in FACETS}
    return fields.Schema(
        id=fields.ID(stored=True), day=fields.ID(sortable=True), month=fields.ID(sortable=True), **texts, **facets
    )


def _listed(groups: dict[str | None, int]) -> dict[str, int]:
    """The most frequent values."""
    found = sorted(((value, count) for value, count in groups.items() if value), key=lambda item: -item[1])
    return dict(found[:LISTED])


def _query(ask: Ask) -> Any:
    if not ask.words:
        return query.Every()
    stems = [terms(word)[0] for word in ask.words]
    if ask.operator == "phrase":
        return query.Or([query.Phrase(name, stems, boost=boost) for name, boost in _TEXTS.items()])
    words = [query.Or([query.Term(name, stem, boost=boost) for name, boost in _TEXTS.items()]) for stem in stems]
    return query.And(words) if ask.operator == "and" else query.Or(words)
