"""A question, answered from one generation: the arrays' answer with the articles it names, snippets and marks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from search.articles.model import Article, Quote
from search.index.completing import NAMED, typed
from search.index.engine import QueryTimeout
from search.index.suggesting import finding, suggestion, written
from search.index.whoosh.columnar import spelling
from search.index.whoosh.columnar.counting import ValueCount
from search.index.whoosh.columnar.places import Place, Places
from search.index.whoosh.generation import Generation
from search.index.whoosh.same import Same
from search.query import snippets
from search.query.results import Completion, FacetCount, Hit, Question, Results, WholeResults
from search.query.syntax import TooLarge, parse

_KEPT_ARTICLES = 16  # quotes of one article mostly follow one another


class Deadline:
    """The moment by which an answer must be there."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds

    def check(self) -> None:
        """Raises QueryTimeout once the moment has passed."""
        if time.monotonic() > self._end:
            raise QueryTimeout(f"The search took longer than {self._seconds:g} s; try more specific words.")


def answer(generation: Generation, question: Question, deadline: Deadline) -> Results:
    """Raises QueryTimeout."""
    deadline.check()
    found = generation.parts[question.documents].answer(question, deadline.check)
    return Results(
        total=found.total,
        hits=tuple(_hit(generation, question, place, deadline) for place in found.places),
        facets={name: _facet(generation, question, name, values) for name, values in found.facets.items()},
        facet_sizes=found.facet_sizes,
        histogram=found.histogram,
        diagnostics=found.diagnostics,
        suggestion=_suggestion(generation, question, deadline) if _may_be_misspelt(question, found.total) else None,
        generation=generation.name,
    )


def best(generation: Generation, question: Question, deadline: Deadline) -> tuple[str, ...]:
    """The ids of the hits alone. Raises QueryTimeout."""
    part = generation.parts[question.documents]
    places = part.page(question, deadline.check)
    return tuple(place.segment.id_of(place.doc).decode() for place in places)


def every(generation: Generation, question: Question, deadline: Deadline) -> WholeResults:
    """All hits from the question's offset on. Raises QueryTimeout before any is read."""
    deadline.check()
    total, places, diagnostics = generation.parts[question.documents].every(question, deadline.check)
    return WholeResults(total, _in_turn(generation, question, places), diagnostics, generation.name)


def completions(generation: Generation, text: str, limit: int, deadline: Deadline) -> tuple[Completion, ...]:
    """What may be meant by the beginning of a name or headline. Raises QueryTimeout."""
    words, found = typed(text), generation.completing
    if not words:
        return ()
    ranges = found.ranges(words)
    names = [Completion(kind, *one) for kind in NAMED for one in found.named(kind, words, ranges, limit)]
    places = found.headlines(words, ranges, limit, deadline.check)
    articles = [generation.article(place) for place in places]
    return (*names, *(Completion("headline", article.id, article.headline, 1) for article in articles))


def _facet(
    generation: Generation, question: Question, name: str, values: tuple[ValueCount, ...]
) -> tuple[FacetCount, ...]:
    chosen, excluded = question.filters.get(name, ()), question.excluded.get(name, ())
    labels, same, grouped = generation.labels, generation.same, generation.same.grouped(name)
    counts = [FacetCount(value, labels.get(value, value), count) for value, count in values]
    if grouped:
        counts = [_together(same, name, count) if count.value in grouped else count for count in counts]
    if chosen or excluded:
        counts = [c._replace(selected=c.value in chosen, excluded=c.value in excluded) for c in counts]
    return tuple(counts)


def _together(same: Same, facet: str, count: FacetCount) -> FacetCount:
    """A count with the other values that are counted with it, labelled with the one that is shown for all."""
    others = tuple(value for value in same.group(facet, count.value) if value != count.value)
    return count._replace(label=same.shown(facet, count.value), others=others)


def _may_be_misspelt(question: Question, total: int) -> bool:
    """Whether nothing is found, or hardly anything by a reader who looks at it."""
    return not total or (total <= spelling.RARE and question.limit > 0)


def _suggestion(generation: Generation, question: Question, deadline: Deadline) -> str | None:
    """The query with unknown words replaced by the nearest that the archive has, where that finds anything in time.

    Words that nothing comes near are left out, where the others find something.
    """
    part = generation.parts[question.documents]
    nearest = lru_cache(None)(lambda fields, word: part.nearest(fields, word, deadline.check))
    try:
        text = suggestion(question.node, question.documents, nearest)
        meant = (
            finding(parse(text).node, lambda node: part.finds(replace(question, node=node), deadline.check))
            if text
            else None
        )
        return written(meant) if meant else None
    except (QueryTimeout, TooLarge):
        return None


def _hit(generation: Generation, question: Question, place: Place, deadline: Deadline) -> Hit:
    deadline.check()
    node = question.node
    if question.documents == "article":
        article = generation.article(place)
        heading = snippets.marks(node, article.headline, "headline", question.documents)
        return Hit(article, place.score, snippets.snippets(node, article, question.passages), heading)
    article = _holding(generation, place)
    quote = _quote(article, place)
    heading = snippets.marks(node, article.headline, "headline", question.documents)
    return Hit(article, place.score, (), heading, quote, snippets.marks(node, quote.text, "said", "quote"))


def _in_turn(generation: Generation, question: Question, places: Places) -> Iterator[Hit]:
    """The hits, each read when it is asked for."""
    if question.documents == "article":
        for place in places:
            yield Hit(generation.article(place), place.score)
        return
    article = lru_cache(_KEPT_ARTICLES)(generation.find)
    for place in places:
        found = article(generation.article_of_quote(place))
        if found is not None:
            yield Hit(found, place.score, quote=_quote(found, place))


def _holding(generation: Generation, place: Place) -> Article:
    article = generation.find(generation.article_of_quote(place))
    if article is None:
        raise LookupError("A quote's article is missing from the index.")
    return article


def _quote(article: Article, place: Place) -> Quote:
    identity = place.segment.id_of(place.doc).decode()
    return next(quote for quote in article.quotes if quote.id == identity)
