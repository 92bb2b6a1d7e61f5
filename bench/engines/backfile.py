"""Backfile: the engine behind the same port that the site uses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.asking import Ask
from bench.engines.base import FACETS
from search.articles.model import Article, SourceFile
from search.index.whoosh import WhooshEngine
from search.index.whoosh.columnar.segmentfile import SegmentFile
from search.query.nodes import And, Node, Or, Phrase, Term
from search.query.results import Question


class Backfile:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = WhooshEngine(folder / "index", timeout=60, label=lambda code: code)

    def index(self, articles: Iterable[Article]) -> None:
        with self._engine.build() as writer:
            for article in articles:
                writer.put(SourceFile(article.source.path, 1, 1), (article,))
            writer.commit()

    def top10(self, ask: Ask) -> int:
        return len(self._engine.best(_question(ask)))

    def job(self, ask: Ask) -> int:
        results = self._engine.search(_question(ask))
        assert len(results.facets) == len(FACETS)
        return results.total

    def stored_bytes(self) -> int:
        segments = [SegmentFile(path) for path in (self._folder / "index" / "current").glob("*.seg")]
        return sum(segment.arrays["stored.blob"].nbytes for segment in segments)


def _question(ask: Ask) -> Question:
    return Question(node=_node(ask), filters=ask.filters, sort="newest" if ask.newest else "relevance")


def _node(ask: Ask) -> Node:
    if ask.operator == "phrase":
        return Phrase(None, ask.words)
    words = tuple(Term(None, word) for word in ask.words)
    return And(words) if ask.operator == "and" else Or(words)
