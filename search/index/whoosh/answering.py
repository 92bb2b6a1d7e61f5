"""A question, answered from one generation: hits, total, true facet counts, histogram, remarks.

Filters are applied in one pass: a document that fails exactly one facet's filter still counts for that facet, so that
each facet's counts ignore its own filter and obey all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from search.articles.model import Quote
from search.index.suggesting import suggestion
from search.index.whoosh.columns import Mask, month_name
from search.index.whoosh.evaluating import Deadline, Evaluation, Scores, folded
from search.index.whoosh.generation import Generation, Part
from search.index.whoosh.schema import words_field
from search.query import snippets
from search.query.results import FacetCount, Hit, MonthCount, Question, Results, WholeResults

Numbers = npt.NDArray[np.int64]

_KEPT_ARTICLES = 16  # quotes of one article mostly follow one another


@dataclass(frozen=True)
class Filtered:
    """The result set, and for each facet that has a filter the set that ignores it."""

    results: Mask
    ignoring: Mapping[str, Mask]


def answer(generation: Generation, question: Question, deadline: Deadline) -> Results:
    """Raises QueryTimeout."""
    part = generation.parts[question.documents]
    evaluation = Evaluation(part, deadline)
    matches = evaluation.matches(question.node)
    filtered = apply_filters(part, question, matches.mask & evaluation.days(question.date_from, question.date_to))
    total = int(filtered.results.sum())
    deadline.check()
    facets = {name: facet_counts(generation, question, name, filtered) for name in question.facets}
    numbers = ordered(part, question, filtered.results, matches.scores)
    return Results(
        total=total,
        hits=tuple(_hit(generation, question, int(n), float(matches.scores[n]), deadline) for n in numbers),
        facets={name: counts for name, (counts, _) in facets.items()},
        facet_sizes={name: size for name, (_, size) in facets.items()},
        histogram=histogram(part, filtered.results),
        diagnostics=tuple(evaluation.diagnostics),
        suggestion=None if total else suggest(part, question),
        generation=generation.name,
    )


def every(generation: Generation, question: Question, deadline: Deadline) -> WholeResults:
    """All hits from the question's offset on. Raises QueryTimeout before any is read."""
    part = generation.parts[question.documents]
    evaluation = Evaluation(part, deadline)
    matches = evaluation.matches(question.node)
    days = evaluation.days(question.date_from, question.date_to)
    mask = apply_filters(part, question, matches.mask & days).results
    total = int(mask.sum())
    numbers = ordered(part, replace(question, limit=total), mask, matches.scores)
    deadline.check()
    hits = _in_turn(generation, question, numbers, matches.scores[numbers])
    return WholeResults(total, hits, tuple(evaluation.diagnostics), generation.name)


def apply_filters(part: Part, question: Question, mask: Mask) -> Filtered:
    """Take the documents of `mask` through all filters at once."""
    columns, size = part.columns, part.columns.size
    for name, values in question.excluded.items():
        mask &= ~columns.facets[name].holding(tuple(values), size)
    wanted = {name: tuple(values) for name, values in question.filters.items() if values}
    failing = {name: ~columns.facets[name].holding(values, size) for name, values in wanted.items()}
    failures = np.zeros(size, np.int8)
    for failed in failing.values():
        failures += failed
    ignoring = {name: mask & (failures == failed) for name, failed in failing.items()}
    return Filtered(mask & (failures == 0), ignoring)


def facet_counts(
    generation: Generation, question: Question, name: str, filtered: Filtered
) -> tuple[tuple[FacetCount, ...], int]:
    """The values of a facet, most frequent first, those chosen always among them; and how many values there are."""
    facet = generation.parts[question.documents].columns.facets[name]
    counts = facet.counts(filtered.ignoring.get(name, filtered.results))
    chosen, excluded = question.filters.get(name, ()), question.excluded.get(name, ())
    found = _most_frequent(counts, question.facet_limit)
    listed = [(facet.values[number], int(counts[number])) for number in found]
    present = {value for value, _ in listed}
    for value in dict.fromkeys((*chosen, *excluded)):
        if value not in present:
            number = facet.numbers.get(value)
            listed.append((value, 0 if number is None else int(counts[number])))
    values = (
        FacetCount(value, generation.labels.get(value, value), count, value in chosen, value in excluded)
        for value, count in listed
    )
    return tuple(values), int(np.count_nonzero(counts))


def ordered(part: Part, question: Question, mask: Mask, scores: Scores) -> Numbers:
    """The numbers of the documents on the wanted page, in the wanted order."""
    numbers = np.flatnonzero(mask)
    end = min(question.offset + question.limit, len(numbers))
    if question.limit <= 0 or question.offset >= end:
        return numbers[:0]
    newest = part.columns.newest[numbers]
    if question.sort == "relevance":
        keys = -scores[numbers]
        if end < len(numbers):
            kept = keys <= np.partition(keys, end - 1)[end - 1]
            numbers, keys, newest = numbers[kept], keys[kept], newest[kept]
        return numbers[np.lexsort((newest, keys))[question.offset : end]]
    ranks = newest if question.sort == "newest" else part.columns.oldest[numbers]
    first = np.argpartition(ranks, end - 1)[:end] if end < len(ranks) else np.arange(end)
    return numbers[first[np.argsort(ranks[first])][question.offset :]]


def histogram(part: Part, mask: Mask) -> tuple[MonthCount, ...]:
    """The results by month, empty months left out; undated ones count in none."""
    months, counts = np.unique(part.columns.months[mask], return_counts=True)
    return tuple(
        MonthCount(month_name(int(month)), int(count))
        for month, count in zip(months, counts, strict=True)
        if month >= 0
    )


def suggest(part: Part, question: Question) -> str | None:
    """The query with words that the archive doesn't have replaced by the nearest that it has."""

    def nearest(fields: tuple[str, ...], text: str) -> str | None:
        names = [words for name in fields if (words := words_field(name))]
        word = folded(text)
        known = part.words.forms.get(part.words.stems.get(word, word), ())
        if any(part.postings.postings(name, form).documents.size for name in names for form in known):
            return None
        return part.words.nearest(names, word)

    return suggestion(question.node, question.documents, nearest)


def _most_frequent(counts: Numbers, limit: int) -> list[int]:
    """The values that occur, most frequent first, ties in the order of the values."""
    found = np.flatnonzero(counts)
    return [int(number) for number in found[np.argsort(-counts[found], kind="stable")][:limit]]


def _hit(generation: Generation, question: Question, number: int, score: float, deadline: Deadline) -> Hit:
    deadline.check()
    part, node = generation.parts[question.documents], question.node
    article = generation.article(number if question.documents == "article" else int(part.columns.articles[number]))
    heading = snippets.marks(node, article.headline, "headline", question.documents)
    if question.documents == "article":
        return Hit(article, score, snippets.snippets(node, article), heading)
    quote = _quote(article.quotes, bytes(part.columns.ids[number]).decode())
    return Hit(article, score, (), heading, quote, snippets.marks(node, quote.text, "said", "quote"))


def _in_turn(generation: Generation, question: Question, numbers: Numbers, scores: Scores) -> Iterator[Hit]:
    """The hits, each read when it is asked for."""
    columns = generation.parts[question.documents].columns
    if question.documents == "article":
        for number, score in zip(numbers, scores, strict=True):
            yield Hit(generation.article(int(number)), float(score))
        return
    article = lru_cache(_KEPT_ARTICLES)(generation.article)
    for number, score in zip(numbers, scores, strict=True):
        found = article(int(columns.articles[number]))
        yield Hit(found, float(score), quote=_quote(found.quotes, bytes(columns.ids[number]).decode()))


def _quote(quotes: tuple[Quote, ...], quote_id: str) -> Quote:
    return next(quote for quote in quotes if quote.id == quote_id)
