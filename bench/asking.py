"""The mix of questions: common, middling and rare words, AND, OR, phrases, filters, order by date, and all articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Literal

from bench.generating import vocabulary
from search.articles.model import Article

Kind = Literal["common", "middling", "rare", "and", "or", "phrase", "filter", "newest", "all"]
Chosen = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Ask:
    """Words joined by `operator`, filters by facet, and the order."""

    kind: Kind
    words: tuple[str, ...] = ()
    operator: Literal["and", "or", "phrase"] = "and"
    filters: Chosen = field(default_factory=dict)
    newest: bool = False


def mix(sample: Sequence[Article]) -> list[Ask]:
    """122 questions; phrases, words and values of filters are taken from a sample of the articles."""
    random = Random(7)
    return [*_words(random, _ranked(sample)), *_phrases(random, sample), *_filters(random, sample), *_all(sample)]


def _ranked(sample: Sequence[Article]) -> list[str]:
    """The words of the sample, the most frequent first."""
    counts: dict[str, int] = {}
    for article in islice(sample, 2_000):
        for paragraph in article.paragraphs:
            for word in paragraph.text.lower().replace(".", "").replace(",", "").split():
                counts[word] = counts.get(word, 0) + 1
    known = set(vocabulary())
    plain = [word for word in counts if word in known or word.isalpha()]
    return sorted(plain, key=lambda word: (-counts[word], word))


def _words(random: Random, ranked: list[str]) -> Iterator[Ask]:
    common, middling, rare = ranked[3:120], ranked[200:2_000], ranked[4_000:]
    yield from (Ask("common", (word,)) for word in random.sample(common, 16))
    yield from (Ask("middling", (word,)) for word in random.sample(middling, 16))
    yield from (Ask("rare", (word,)) for word in random.sample(rare, 16))
    for pools in ((common, common), (common, middling), (middling, middling), (common, common, middling)):
        yield from (Ask("and", _draw(random, pools)) for _ in range(4))
        yield from (Ask("or", _draw(random, pools), "or") for _ in range(4))
    yield from (Ask("newest", (word,), newest=True) for word in random.sample(common[:60] + middling[:60], 10))


def _draw(random: Random, pools: tuple[list[str], ...]) -> tuple[str, ...]:
    drawn: list[str] = []
    for pool in pools:
        drawn.append(random.choice([word for word in pool if word not in drawn]))
    return tuple(drawn)


def _phrases(random: Random, sample: Sequence[Article]) -> Iterator[Ask]:
    for article in random.sample([article for article in sample if article.paragraphs], 14):
        words = article.paragraphs[0].text.split(".")[0].split(",")[0].lower().split()
        if len(words) > 2:
            yield Ask("phrase", tuple(words[1:3]), "phrase")


def _filters(random: Random, sample: Sequence[Article]) -> Iterator[Ask]:
    words = _ranked(sample)[3:200]
    for article in random.sample([a for a in sample if a.speakers and a.topics and a.sectors and _agency(a)], 12):
        speaker: Chosen = {"speaker": (article.speakers[0].name,)}
        topic: Chosen = {"topic": (article.topics[0].path[0],)}
        agency: Chosen = {"agency": (_agency(article),)}
        for filters in random.sample([speaker, topic, agency, {**topic, **agency}], 1):
            yield Ask("filter", (random.choice(words),), filters=filters)


def _all(sample: Sequence[Article]) -> Iterator[Ask]:
    agencies = list(islice(filter(None, map(_agency, sample)), 4))
    yield from (Ask("all", newest=True) for _ in range(2))
    yield from (Ask("filter", filters={"agency": (agency,)}, newest=True) for agency in agencies)


def _agency(article: Article) -> str:
    """The agency that the dateline names, if any."""
    return (article.dateline and article.dateline.agency) or ""
