"""Articles that belong with one: found by its most telling words and its speakers, ranked by all that they share.

Telling are the words of headline and opening that the fewest other articles have (Spärck Jones 1972); one question of
a few of them finds what comes near. Of that, what shares speakers, subjects and places comes first, and what was
published about the same time. Nearly the same text is another version of the article.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from search.analysis import terms, tokens
from search.articles.model import Article, Topic
from search.articles.speech.lexicon import KINDS
from search.index.engine import Engine
from search.query.nodes import Leaf, Or, Phrase, Term
from search.query.results import Hit, Question

_READ = 16  # articles that are looked at
_MOST_WORDS = 10
_MOST_SPEAKERS = 5
_OPENING = 60  # words of the text that tell what it is about
_COMMON = 0.05  # of all articles: words that more of them have tell nothing
_MOST_COMMON = 2_000  # articles, in a large archive
_SMALL = frozenset("pmdxBnCtWAOaD")  # kinds of words that tell nothing: pronouns, determiners, auxiliaries and such
_HEADLINE = 2.0  # what a word of the headline is worth against one of the text
_SPEAKER, _SUBJECT, _PLACE = 0.3, 0.1, 0.1  # what each that is shared is worth; the best match of words is worth 1
_MONTH = 30.0  # days after which being published at the same time is worth half
_COMPARED = 2_000  # characters of two texts
_RUN = 3
_SAME = 0.6  # of the runs of three words that the shorter text has
_FEWEST_RUNS = 12


@dataclass(frozen=True, slots=True)
class Related:
    """An article with what it shares: speakers, the most special subjects, places, telling words as written there.

    `version`: its text is nearly the same.
    """

    article: Article
    version: bool
    speakers: tuple[str, ...]
    subjects: tuple[Topic, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]


def related(engine: Engine, article: Article, limit: int = 5) -> tuple[Related, ...]:
    """At most so many other versions, then at most so many others, the nearest first. Raises what engines raise."""
    words = _telling(engine, article)
    leaves: list[Leaf] = [Term(None, word) for word in words.values()]
    leaves += [phrase for speaker in article.speakers[:_MOST_SPEAKERS] if (phrase := _named(speaker.name)).words]
    if not leaves:
        return ()
    hits = engine.every(Question(node=Or(tuple(leaves)), facets=())).hits
    own = _Traits(article)
    near = _nearest(own, [hit for hit in islice(hits, _READ + 1) if hit.article.id != article.id])
    versions = [other for other in near if own.is_version_of(other)]
    others = _different([other for other in near if other not in versions], limit)
    chosen = ((other, True) for other in versions[:limit]), ((other, False) for other in others)
    return tuple(own.shared(other, words, version) for other, version in chain(*chosen))


def _telling(engine: Engine, article: Article) -> dict[str, str]:
    """The most telling words, by their terms."""
    worth: dict[str, float] = {}
    written: dict[str, str] = {}
    opening = " ".join((article.lead or "", *(p.text for p in article.paragraphs[:3] if not p.heading)))
    for text, value in ((article.headline, _HEADLINE), (opening, 1.0)):
        for token in islice(tokens(text), _OPENING):
            if len(token.folded) > 1 and not token.folded.isdecimal() and KINDS[token.folded] not in _SMALL:
                worth.setdefault(token.term, value)
                written.setdefault(token.term, token.folded)
    held = dict(zip(worth, engine.frequencies([written[term] for term in worth]), strict=True))
    articles = engine.status().articles
    most = max(min(_COMMON * articles, _MOST_COMMON), 4)
    rare = {term: value * math.log(articles / held[term]) for term, value in worth.items() if 1 < held[term] <= most}
    return {term: written[term] for term in sorted(rare, key=lambda term: -rare[term])[:_MOST_WORDS]}


def _named(name: str) -> Phrase:
    return Phrase("speaker", tuple(token.folded for token in tokens(name)))


def _nearest(own: _Traits, hits: Sequence[Hit]) -> list[_Traits]:
    """The hits by how much they share and how near in time they are."""
    highest = max((hit.score for hit in hits), default=0.0) or 1.0
    found = [(hit.score / highest, _Traits(hit.article)) for hit in hits]
    return [other for _, other in sorted(found, key=lambda one: -own.likeness(one[1], one[0]))]


def _different(near: Sequence[_Traits], limit: int) -> list[_Traits]:
    """Those that are no versions of one another."""
    chosen: list[_Traits] = []
    for other in near:
        if len(chosen) < limit and not any(other.is_version_of(one) for one in chosen):
            chosen.append(other)
    return chosen


def _nearness(one: str | None, other: str | None) -> float:
    """1 for the same day, down to a half for one long before or after."""
    try:
        days = abs((date.fromisoformat(one or "") - date.fromisoformat(other or "")).days)
    except ValueError:
        return 0.5
    return 0.5 + 0.5 * 2 ** (-days / _MONTH)


class _Traits:
    """What of an article is compared."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.speakers = dict.fromkeys(speaker.name for speaker in article.speakers)
        self.subjects = {topic.code: topic for topic in (*article.sectors, *article.topics)}
        dateline = article.dateline
        self.places = dict.fromkeys((dateline.places or (dateline.place,)) if dateline and dateline.place else ())
        body = " ".join(p.text for p in article.paragraphs)[:_COMPARED].casefold().split()
        self._runs = set(zip(*(body[n:] for n in range(_RUN)), strict=False))

    def is_version_of(self, other: _Traits) -> bool:
        """Whether most of the shorter text is in the other; where there is little text, the headline decides."""
        fewest = min(len(self._runs), len(other._runs))
        if fewest < _FEWEST_RUNS:
            return terms(self.article.headline) == terms(other.article.headline) and self._runs == other._runs
        return len(self._runs & other._runs) >= _SAME * fewest

    def likeness(self, other: _Traits, score: float) -> float:
        """How much both have in common, from the score of the words, highest 1."""
        score += _SPEAKER * min(len(self.speakers.keys() & other.speakers.keys()), 2)
        score += _SUBJECT * min(len(self.subjects.keys() & other.subjects.keys()), 3)
        score += _PLACE * bool(self.places.keys() & other.places.keys())
        return score * _nearness(self.article.published, other.article.published)

    def shared(self, other: _Traits, words: dict[str, str], version: bool) -> Related:
        """The other one, with what both have."""
        article = other.article
        texts = " ".join((article.lead or "", *(p.text for p in article.paragraphs))), article.headline
        written: dict[str, str] = {}  # first of all as in the text: headlines may be all capitals
        for text in texts:
            for token in islice(tokens(text), _OPENING * 3):
                written.setdefault(token.term, text[token.start : token.end])
        return Related(
            article=other.article,
            version=version,
            speakers=tuple(name for name in self.speakers if name in other.speakers),
            subjects=tuple(topic for code, topic in self.subjects.items() if code in other.subjects),
            places=tuple(place for place in self.places if place in other.places),
            words=tuple(written[term] for term in words if term in written),
        )
