"""The passages of an article that show best why it matched, and the marks in any text of it.

A passage is made of whole sentences where they fit. The first shows as many of the query's words as a passage can; each
further one adds words not yet shown before it repeats any, and comes from another paragraph where it can.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from search.articles.model import Article
from search.fields import DocumentKind
from search.query.matching import Match, Matcher, matcher, merged
from search.query.nodes import Node
from search.query.results import Snippet, Span
from search.query.sentences import sentences

TARGET = 220  # characters of a passage
LONGEST = 300
CONTEXT = 60  # before a match inside a long sentence
ENOUGH = 3  # matches of a passage: more do not make it better; nor do more of the query where only one is wanted
PLENTY = 5  # parts of the query: a passage that shows so many of them will do, far apart as they may stand
#: Passages for each that is wanted, where it is one, or they show enough of a long query: more take too long.
COMPARED = 4


@dataclass(frozen=True)
class Passage:
    """Part of a paragraph (`None` is the lead) with the matches in it; `leaves` are the parts of the query it shows."""

    text: str
    span: Span
    matches: tuple[Match, ...]
    leaves: frozenset[int]
    paragraph: int | None = None
    heading: bool = False

    @cached_property
    def worth(self) -> tuple[int, bool, int, int]:
        """More of the query first, text before headings, words of the query that stand close together, more of them."""
        closeness = -(_tightest(self) // CONTEXT) if len(self.leaves) > 1 else 0
        return len(self.leaves), not self.heading, closeness, min(len(self.matches), ENOUGH)

    def will_do(self, most: int) -> bool:
        """Whether hardly any passage can be better, of an article that can show so many parts of the query."""
        return self.worth == (most, True, 0, ENOUGH) or (len(self.leaves) >= PLENTY and not self.heading)


def marks(
    node: Node, text: str, field: str | None, documents: DocumentKind = "article", quotes: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """What of `text`, a text of `field`, the query matches; `None` stands for the default fields.

    `quotes` are the parts of it in which `said:` is looked for as well.
    """
    return merged(matcher(node, documents).find(text, field, quotes))


def snippets(node: Node, article: Article, limit: int = 3, documents: DocumentKind = "article") -> tuple[Snippet, ...]:
    """The best passages, best first; the beginning of the article where its text matches nothing."""
    found = _found(matcher(node, documents), article, limit)
    if not found:
        return _beginning(article)[:limit]
    return tuple(_snippet(passage) for passage in _best(found, limit))


def _found(matching: Matcher, article: Article, limit: int) -> list[Passage]:
    """The article's passages, as far as later ones can still be better: of equals, the first are shown."""
    most = len(matching.shown)
    found: list[Passage] = []
    good: set[int | None] = set()
    fair = 0
    for passage in islice(_passages(matching, article), COMPARED if limit == 1 else None):
        found.append(passage)
        if limit == 1 and not passage.heading and len(passage.leaves) >= min(most, ENOUGH):
            break
        if passage.will_do(most):
            good.add(passage.paragraph)
        fair += most > PLENTY and len(passage.leaves) >= ENOUGH
        if limit in (len(good), fair // COMPARED):
            break
    return found


def _passages(matching: Matcher, article: Article) -> Iterator[Passage]:
    quotes: dict[int, list[Span]] = defaultdict(list)
    for quote in article.quotes:
        quotes[quote.paragraph].append(Span(quote.start, quote.end))
    if article.lead and (matches := matching.find(article.lead, "lead")):
        yield from _cut(article.lead, matches)
    for paragraph in article.paragraphs:
        if matches := matching.find(paragraph.text, "body", quotes.get(paragraph.n, ())):
            yield from _cut(paragraph.text, matches, paragraph.n, paragraph.heading)


def _cut(text: str, matches: Sequence[Match], paragraph: int | None = None, heading: bool = False) -> Iterator[Passage]:
    """Passages that hold every match, but for those that are longer than a passage or go on beyond its end."""
    starts = [match.start for match in matches]
    for span in _spans(text, starts):
        near = matches[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        inside = tuple(match for match in near if match.end <= span.end)
        if inside:
            yield Passage(text, span, inside, frozenset(match.leaf for match in inside), paragraph, heading)


def _spans(text: str, starts: Sequence[int]) -> Iterator[Span]:
    """For a paragraph with matches that start here: all of it, or runs of sentences, or parts of long sentences."""
    if len(text) <= LONGEST:
        yield Span(0, len(text))
        return
    bounds = sentences(text)
    ends = [bound.end for bound in bounds]
    done = 0
    for start in starts:
        if start < done:
            continue
        at = bisect_right(ends, start)
        fits = ends[at] - bounds[at].start <= LONGEST
        span = _run(bounds, at, done) if fits else _part(text, bounds[at], start, done)
        done = span.end
        yield span


def _run(bounds: Sequence[Span], at: int, after: int) -> Span:
    """Sentence number `at`, with those that follow and then those before it (but not before `after`) that fit."""
    first = last = at
    while last + 1 < len(bounds) and bounds[last + 1].end - bounds[first].start <= TARGET:
        last += 1
    while first and bounds[first - 1].start >= after and bounds[last].end - bounds[first - 1].start <= TARGET:
        first -= 1
    return Span(bounds[first].start, bounds[last].end)


def _part(text: str, sentence: Span, match: int, after: int) -> Span:
    """A part of a long sentence, between words where there are spaces, with some words before the match."""
    begin = max(sentence.start, after)
    if match - begin > CONTEXT:
        begin = match - CONTEXT
        begin = text.find(" ", begin, match) + 1 or begin
    if sentence.end - begin <= LONGEST:
        return Span(begin, sentence.end)
    end = begin + TARGET
    space = text.rfind(" ", match, end + 1)
    return Span(begin, space if space > match + CONTEXT else end)


def _best(passages: Sequence[Passage], limit: int) -> Iterator[Passage]:
    rest = list(passages)
    shown: frozenset[int] = frozenset()
    used: set[int | None] = set()
    while rest and limit > 0:
        best = max(rest, key=lambda p: (len(p.leaves - shown), p.paragraph not in used, p.worth))
        yield best
        rest.remove(best)
        shown |= best.leaves
        used.add(best.paragraph)
        limit -= 1


def _tightest(passage: Passage) -> int:
    """The length of the shortest part that shows all that the passage shows of the query."""
    latest: dict[int, int] = {}
    shortest = LONGEST
    for match in passage.matches:
        latest[match.leaf] = match.start
        if len(latest) == len(passage.leaves):
            shortest = min(shortest, match.end - min(latest.values()))
    return shortest


def _snippet(passage: Passage) -> Snippet:
    start, end = passage.span.start, passage.span.end
    shifted = tuple(Span(mark.start - start, mark.end - start) for mark in merged(passage.matches))
    return Snippet(passage.text[start:end], shifted, passage.paragraph, start)


def _beginning(article: Article) -> tuple[Snippet, ...]:
    texts = [(None, article.lead or "")] + [(p.n, p.text) for p in article.paragraphs if not p.heading]
    for paragraph, text in texts:
        if text.strip():
            span = next(_spans(text, [len(text) - len(text.lstrip())]))
            return (Snippet(text[span.start : span.end], (), paragraph, span.start),)
    return ()
