"""A small engine over articles in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NoReturn

from search.articles.model import Article, Problem
from search.index.engine import Status
from search.query.results import FacetCount, Hit, MonthCount, Question, Results
from search.query.snippets import marks, snippets


class MemoryEngine:
    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}

    def search(self, question: Question) -> Results:
        matching = [a for a in self.articles.values() if self._matches(question, a)]
        found = [a for a in matching if not self._failed(question, a)]
        if question.sort != "relevance":
            found.sort(key=lambda a: a.published or "", reverse=question.sort == "newest")
        page = found[question.offset : question.offset + question.limit]
        facets, sizes = {}, {}
        for facet in question.facets:
            counts: Counter[str] = Counter()
            labels: dict[str, str] = {}
            for a in matching:
                if self._failed(question, a) <= {facet}:
                    labels |= _values(a, facet)
                    counts.update(_values(a, facet).keys())
            chosen, excluded = question.filters.get(facet, ()), question.excluded.get(facet, ())
            facets[facet] = tuple(
                FacetCount(v, labels[v], n, v in chosen, v in excluded)
                for v, n in counts.most_common()[: question.facet_limit]
            )
            sizes[facet] = len(counts)
        months = Counter(a.published[:7] for a in found if a.published)
        return Results(
            total=len(found),
            hits=tuple(
                Hit(a, 1.0, snippets(question.node, a), marks(question.node, a.headline, "headline")) for a in page
            ),
            facets=facets,
            facet_sizes=sizes,
            histogram=tuple(MonthCount(m, months[m]) for m in sorted(months)),
            generation="1",
        )

    def _matches(self, question: Question, article: Article) -> bool:
        day = article.published or ""
        if question.date_from and day < question.date_from or question.date_to and (not day or day > question.date_to):
            return False
        text = "\n".join([article.headline, article.lead or "", *(p.text for p in article.paragraphs)])
        from search.query.nodes import EVERYTHING

        return question.node == EVERYTHING or bool(marks(question.node, text, "body"))

    def _failed(self, question: Question, article: Article) -> set[str]:
        failed = {f for f, wanted in question.filters.items() if not set(wanted) & _values(article, f).keys()}
        return failed | {f for f, out in question.excluded.items() if set(out) & _values(article, f).keys()}

    def article(self, article_id: str) -> Article | None:
        return self.articles.get(article_id)

    def status(self) -> Status:
        return Status("memory", "1", len(self.articles), sum(len(a.quotes) for a in self.articles.values()))

    def verify(self) -> Iterator[Problem]:
        return iter(())

    def build(self) -> NoReturn:
        raise NotImplementedError

    def update(self) -> NoReturn:
        raise NotImplementedError


def _values(article: Article, facet: str) -> dict[str, str]:
    dateline = article.dateline
    match facet:
        case "speaker":
            return {s.name: s.name for s in article.speakers}
        case "topic":
            return {t.code: t.label for t in article.topics}
        case "sector":
            return {t.code: t.label for t in article.sectors}
        case "place":
            return {p: p for p in dateline.places} if dateline else {}
    return {dateline.agency: dateline.agency} if dateline and dateline.agency else {}
