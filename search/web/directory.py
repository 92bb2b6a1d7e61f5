"""Every speaker, place or agency of the archive by its slug, with its counts.

Made once for each index generation, then looked up; it holds names and counts, nothing of any article. It has an entry
for each value of the facet: names that the index counts as one are one entry, and the slugs of all lead to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import process

from search.analysis import tokens
from search.articles.identity import name_slug
from search.fields import DocumentKind
from search.index.engine import Engine
from search.query.results import FacetCount, Question
from search.web.keeping import kept

Facet = Literal["speaker", "place", "agency"]

#: What the list of each is called, in addresses too.
LISTS: dict[Facet, str] = {"speaker": "speakers", "place": "places", "agency": "agencies"}

OTHER = "other"  # the letter of names that begin with none from A to Z

_ALL = 1 << 31
_NEAR = 70  # of 100: how alike a slug must be to be offered instead
_MOST_ALIKE = 12
_PLAIN = 64  # characters: of a longer word only so many are compared
_REMEMBERED = 65_536  # names
_TRIED = 8  # times as many: a slug of a few letters is a part of many longer ones


class Entry(NamedTuple):  # of which an archive has tens of thousands
    """One name: the most frequent spelling, all spellings, and how many articles and quotes there are."""

    slug: str
    name: str
    names: tuple[str, ...]
    articles: int
    quotes: int
    words: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The letter under which it stands."""
        first = self.words[0][0] if self.words else ""
        return first if "a" <= first <= "z" else OTHER


class Directory:
    """The entries in the order of the alphabet."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        ordered = sorted((entry.letter == OTHER, " ".join(("", *entry.words)), entry) for entry in entries)
        self.entries = [entry for _, _, entry in ordered]
        self._lines = [line for _, line, _ in ordered]
        letters = Counter(entry.letter for entry in self.entries)
        self.letters = {letter: letters[letter] for letter in sorted(letters, key=lambda one: (one == OTHER, one))}

    @cached_property
    def by_slug(self) -> dict[str, Entry]:
        """The entry that each slug leads to."""
        others = {name_slug(name): entry for entry in self.entries for name in entry.names[1:]}
        return others | {entry.slug: entry for entry in self.entries}

    @cached_property
    def _surnames(self) -> Mapping[str, list[Entry]]:
        surnames: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.words:
                surnames[entry.words[-1]].append(entry)
        return surnames

    def under(self, letter: str) -> Sequence[Entry]:
        """The entries of one letter."""
        if letter not in self.letters:
            return ()
        start = bisect_left(self.entries, (letter == OTHER, letter), key=lambda e: (e.letter == OTHER, e.letter))
        return self.entries[start : start + self.letters[letter]]

    def matching(self, q: str) -> Sequence[Entry]:
        """The entries in whose names each of the words begins some word."""
        wanted = [f" {word}" for word in folded(q)]
        return [e for e, line in zip(self.entries, self._lines, strict=True) if all(one in line for one in wanted)]

    def nearest(self, slug: str, most: int = 5) -> list[Entry]:
        """Entries whose slugs are nearly this one, the nearest first."""
        found = process.extract(slug[:100], self.by_slug.keys(), limit=_TRIED * most, score_cutoff=_NEAR)
        long = (near for near, _, _ in found if 2 * len(near) >= len(slug[:100]))
        return list({self.by_slug[near].slug: self.by_slug[near] for near in long}.values())[:most]

    def alike(self, entry: Entry) -> list[Entry]:
        """Other entries that may be the same: they end in the same word, and one has all the words of the other."""
        own = set(entry.words)
        others = self._surnames.get(entry.words[-1], []) if entry.words else []
        found = [one for one in others if one is not entry and (own <= set(one.words) or own >= set(one.words))]
        return sorted(found, key=lambda one: (-one.quotes, -one.articles))[:_MOST_ALIKE]


def list_path(facet: Facet) -> str:
    """The address of the list."""
    return f"/{LISTS[facet]}"


def entry_path(facet: Facet, slug: str) -> str:
    """The address of the page of one name."""
    return f"/{LISTS[facet]}/{slug}"


def folded(text: str) -> tuple[str, ...]:
    """The words of a text without case and accents. Most names are plain letters, and quicker so."""
    if len(text) <= _PLAIN and text.isascii() and text.replace(" ", "").isalnum():
        return tuple(text.lower().split())
    return tuple(token.folded for token in tokens(text))


def directory(engine: Engine, facet: Facet) -> Directory:
    """The directory of the generation that is being served."""
    return kept(engine, f"directory of {LISTS[facet]}", lambda: _read(engine, facet))


def _read(engine: Engine, facet: Facet) -> Directory:
    quotes = {count.value: count.count for count in _counts(engine, facet, "quote")}
    return Directory(_entry(count, quotes.get(count.value, 0)) for count in _counts(engine, facet, "article"))


def _entry(count: FacetCount, quotes: int) -> Entry:
    slug, words = _written(count.value)
    return Entry(slug, count.value, (count.value, *count.others), count.count, quotes, words)


@lru_cache(_REMEMBERED)
def _written(name: str) -> tuple[str, tuple[str, ...]]:
    """Its slug and its words. Most names are there in the next generation again."""
    return name_slug(name), folded(name)


def _counts(engine: Engine, facet: Facet, documents: DocumentKind) -> tuple[FacetCount, ...]:
    wanted = Question(documents=documents, facets=(facet,), facet_limit=_ALL, limit=0)
    return engine.search(wanted).facets[facet]
