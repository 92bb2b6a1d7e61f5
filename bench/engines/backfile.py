"""Backfile: the engine behind the same port that the site uses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.asking import Ask
from bench.engines.base import Outcome, by_year
from search.articles.model import Article, SourceFile
from search.index.whoosh import WhooshEngine
from search.index.whoosh.columnar.segmentfile import SegmentFile
from search.query.nodes import And, Node, Or, Phrase, Term
from search.query.results import Question


class Backfile:
    remarks: tuple[str, ...] = (
        "keeps quotes as documents of their own besides, and up to three snippets a hit, from lead and body",
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"
        # the others can't bring one speaker's names together, so that all of them count the same
        self._engine = WhooshEngine(self._folder, timeout=60, label=lambda code: code, settled=lambda name: True)

    def index(self, articles: Iterable[Article]) -> None:
        with self._engine.build() as writer:
            writer.put(SourceFile("archive", 1, 1), articles)  # the others don't keep from which file an article is
            writer.commit()

    def open(self) -> None:
        self._engine.status()

    def top10(self, ask: Ask) -> tuple[str, ...]:
        return self._engine.best(_question(ask))

    def job(self, ask: Ask) -> Outcome:
        results = self._engine.search(_question(ask))
        months = {month.month: month.count for month in results.histogram}
        facets = {name: {value.value: value.count for value in values} for name, values in results.facets.items()}
        return Outcome(
            total=results.total,
            hits=tuple(hit.article.id for hit in results.hits),
            snippets=tuple(snippet.text for hit in results.hits for snippet in hit.snippets[:1]),
            facets={**facets, "year": by_year(months)},
            months=months,
        )

    def stored_bytes(self) -> int:
        segments = [SegmentFile(path) for path in (self._folder / "current").glob("*.seg")]
        return sum(segment.arrays["stored.blob"].nbytes for segment in segments)


def _question(ask: Ask) -> Question:
    return Question(node=_node(ask), filters=ask.filters, sort="newest" if ask.newest else "relevance")


def _node(ask: Ask) -> Node:
    if ask.operator == "phrase":
        return Phrase(None, ask.words)
    words = tuple(Term(None, word) for word in ask.words)
    return And(words) if ask.operator == "and" else Or(words)
