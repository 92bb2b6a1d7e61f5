"""The engine port, answered from the newest complete generation in an index folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search.articles.model import Article, Problem
from search.index.documents import Label
from search.index.engine import NoIndex, Status, Writer
from search.query.results import Question, Results


class WhooshEngine:
    """Implements `search.index.engine.Engine`; one object may be shared by all threads of a process.

    `path` is the index folder, made by the first build. `timeout` is the limit of one question, in seconds.
    `label` names a topic's code when building; what was named is kept in the index.
    """

    def __init__(self, path: str | Path, *, timeout: float = 1.0, label: Label | None = None) -> None:
        self.path = Path(path)
        self.timeout = timeout
        self.label = label

    def search(self, question: Question) -> Results:
        raise NoIndex(self._missing())

    def article(self, article_id: str) -> Article | None:
        raise NoIndex(self._missing())

    def status(self) -> Status:
        raise NoIndex(self._missing())

    def verify(self) -> Iterator[Problem]:
        raise NoIndex(self._missing())

    def build(self) -> Writer:
        raise NoIndex(self._missing())

    def update(self) -> Writer:
        raise NoIndex(self._missing())

    def _missing(self) -> str:
        return "There is no index yet; make one with: flask index build SOURCE…"
