"""Sites whose index breaks while it is being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flask import Flask

from app import create_app
from search.articles.model import Article, SourceFile
from search.query.results import Hit, Question, WholeResults
from tests.archive import ARTICLES, article
from tests.index.naive import NaiveEngine


class Breaking(NaiveEngine):
    """An engine whose hits can be read only so far."""

    def __init__(self, readable: int = 3) -> None:
        super().__init__(str)
        self.readable = readable
        self.read = 0

    def every(self, question: Question) -> WholeResults:
        whole = super().every(question)
        return replace(whole, hits=self._breaking(whole.hits))

    def _breaking(self, hits: Iterator[Hit]) -> Iterator[Hit]:
        for hit in hits:
            self.read += 1
            if self.read > self.readable:
                raise OSError("the disk is gone")
            yield hit


def site(engine: NaiveEngine, articles: Iterable[Article] = ARTICLES) -> Flask:
    """A site over these articles."""
    with engine.build() as writer:
        writer.put(SourceFile("archive.jsonl", 1, 1), articles)
        writer.commit()
    return create_app(engine=engine)


def long() -> Flask:
    """A site that breaks after so much text that some of it has been sent."""
    return site(Breaking(150), [article(f"Report number {n}", "All is well. " * 100) for n in range(200)])
