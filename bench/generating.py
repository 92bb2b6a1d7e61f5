"""Articles made of made-up words, the same each time: Zipfian words, speakers, topics and places, lognormal lengths.

Words have inflected forms, so that stemming has work to do; families of forms that Porter's first stemmer (SQLite)
and its successor (all others) would group differently are left out, so that every engine can find the same articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random

import numpy as np
import Stemmer

from search.articles.model import Article, Dateline, Paragraph, Source, Speaker, Topic

_SEED = 1923
_VOCABULARY = 60_000
_SPEAKERS = 40_000
_PLACES = 2_000
_TOPICS = 400
_SECTORS = 60
_AGENCIES = 12
_DAYS = 3_650
_MEAN_WORDS = 350
_SYLLABLES = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "", "n", "r", "l", "k")]


class Zipf:
    """Draws numbers below `size`, number n in proportion to 1 / (n + shift)."""

    def __init__(self, size: int, shift: float = 1.0) -> None:
        self._sums = np.cumsum(1 / (np.arange(size) + shift))
        self._source = np.random.Generator(np.random.PCG64(_SEED + size))
        self._drawn: list[int] = []

    def draw(self) -> int:
        return self.draws(1)[0]

    def draws(self, count: int) -> list[int]:
        while len(self._drawn) < count:
            random = self._source.random(1 << 18) * self._sums[-1]
            self._drawn += np.minimum(np.searchsorted(self._sums, random), len(self._sums) - 1).tolist()
        drawn = self._drawn[-count:] if count else []
        del self._drawn[len(self._drawn) - count :]
        return drawn


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, the most frequent first; a word's inflected forms stand far behind it."""
    random = Random(_SEED)
    porter, snowball = Stemmer.Stemmer("porter"), Stemmer.Stemmer("english")
    stems: set[str] = set()
    families: list[list[str]] = []
    while len(families) < _VOCABULARY // 2:
        syllables = 1 if len(families) < 150 else random.choice((2, 2, 2, 2, 3))
        word = "".join(random.choice(_SYLLABLES) for _ in range(syllables))
        family = [word, *(word + ending for ending in ("s", "ing", "ed") if random.random() < 0.6)]
        found = {(porter.stemWord(form), snowball.stemWord(form)) for form in family}
        if len(found) > 1 or any(stem in stems for pair in found for stem in pair):
            continue
        stems.update(stem for pair in found for stem in pair)
        families.append(family)
    base = [family[0] for family in families]
    inflected = [(rank * 4 + random.random() * 100, form) for rank, f in enumerate(families) for form in f[1:]]
    listed = [(float(rank), word) for rank, word in enumerate(base)] + inflected
    return tuple(word for _, word in sorted(listed))


def articles(count: int) -> Iterator[Article]:
    """That many articles; the first of more are the same."""
    random = Random(_SEED + 1)
    words, drawn = vocabulary(), Zipf(len(vocabulary()), 2.7)
    speakers, places, topics = Zipf(_SPEAKERS, 5), Zipf(_PLACES, 3), Zipf(_TOPICS, 3)
    sectors, agencies = Zipf(_SECTORS, 2), Zipf(_AGENCIES)
    for number in range(count):
        length = min(max(int(random.lognormvariate(0, 0.6) * _MEAN_WORDS * 0.835), 30), 5_000)
        text = [words[n] for n in drawn.draws(length + 34)]
        day = date(2014, 1, 1) + timedelta(days=random.randrange(_DAYS))
        place = f"Place{places.draw()}"
        quoted = sorted(set(speakers.draws(random.choice((0, 1, 1, 2, 2, 3, 5)))))
        yield Article(
            id=f"{number:012}",
            url=f"/articles/{number:012}/x",
            source=Source(f"articles/{number}.txt"),
            headline=" ".join(text[:9]).capitalize(),
            lead=" ".join(text[9:34]).capitalize() + ".",
            published=day.isoformat(),
            published_from="dateline",
            dateline=Dateline(place.upper(), place, (place,), day.isoformat(), f"Agency{agencies.draw()}"),
            paragraphs=tuple(_paragraphs(text[34:], random)),
            speakers=tuple(Speaker(_name(n), (), 1) for n in quoted),
            topics=tuple(_topic("t", n) for n in sorted(set(topics.draws(random.choice((1, 1, 2, 3)))))),
            sectors=tuple(_topic("s", n) for n in sorted(set(sectors.draws(random.choice((0, 1, 1, 2)))))),
        )


def text_bytes(article: Article) -> int:
    """The bytes of the article's own text in UTF-8."""
    texts = (article.headline, article.lead or "", *(paragraph.text for paragraph in article.paragraphs))
    return sum(len(text.encode()) for text in texts)


def _paragraphs(words: list[str], random: Random) -> Iterator[Paragraph]:
    start, number = 0, 0
    while start < len(words):
        number += 1
        end = start + random.randrange(20, 60)
        yield Paragraph(number, _sentences(words[start:end], random))
        start = end


def _sentences(words: list[str], random: Random) -> str:
    parts, start = [], 0
    while start < len(words):
        end = start + random.randrange(8, 25)
        middle = (start + min(end, len(words))) // 2
        clauses = (" ".join(words[start:middle]), " ".join(words[middle:end]))
        parts.append(", ".join(clause for clause in clauses if clause).capitalize() + ".")
        start = end
    return " ".join(parts)


def _name(number: int) -> str:
    return f"Speaker{number}"  # one word: names of several can be brought together as one speaker's


def _topic(kind: str, number: int) -> Topic:
    """A topic two or three levels deep, in a tree in which each topic has about eight narrower ones."""
    path = [f"medtop:{kind}{number}"]
    while number > 8:
        number //= 8
        path.insert(0, f"medtop:{kind}{number}")
    return Topic(path[-1], path[-1], tuple(path))
