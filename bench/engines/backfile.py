"""Backfile: its engine behind the same port that the site uses."""

from __future__ import annotations
import os
from collections.abc import Iterable
from pathlib import Path

from bench.asking import Ask
from bench.engines.base import facet_values
from search.articles.model import Article
from search.index.documents import article_document
from search.index.whoosh.columnar.inverting import Inverter
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.searching import Searcher
from search.query.nodes import And, Node, Or, Phrase, Term
from search.query.results import Question

BATCH = int(os.environ.get("BATCH", "100000"))

class Backfile:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def index(self, articles: Iterable[Article]) -> None:
        articles = list(articles)
        self.segs = []
        pids = []
        n = max(2, -(-len(articles) // BATCH))
        step = -(-len(articles) // n)
        for i in range(n):
            if len(pids) == 2:
                os.waitpid(pids.pop(0), 0)
            p = self._folder / f"s{i}.seg"
            self.segs.append(p)
            pid = os.fork()
            if not pid:
                inv = Inverter("article", lambda code: code)
                for a in articles[i * step:(i + 1) * step]:
                    inv.add(article_document(a), b"")
                segmentfile.write(p, inv.arrays(), {})
                os._exit(0)
            pids.append(pid)
        for pid in pids:
            os.waitpid(pid, 0)
        self.searcher = Searcher("article", [Segment(p, "article") for p in self.segs])

    def top10(self, ask: Ask) -> int:
        return len(self.searcher.answer(_question(ask, counts=False), lambda: None).places)

    def job(self, ask: Ask) -> int:
        return self.searcher.answer(_question(ask, counts=True), lambda: None).total

    def stored_bytes(self) -> int:
        return 0


def _question(ask: Ask, counts: bool) -> Question:
    question = Question(node=_node(ask), filters=ask.filters, sort="newest" if ask.newest else "relevance")
    return question if counts else Question(question.documents, question.node, question.filters, sort=question.sort, facets=())


def _node(ask: Ask) -> Node:
    if ask.operator == "phrase":
        return Phrase(None, ask.words)
    words = tuple(Term(None, word) for word in ask.words)
    return And(words) if ask.operator == "and" else Or(words)
