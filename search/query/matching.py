"""Where in a text a query matches: every form of a word, prefixes, fuzzy words, phrases, words near each other.

A `Matcher` is made once for a query and used for all its hits; what it finds out about a word as written it remembers.
Most paragraphs of a hit hold none of the words, so before any analysis it looks, cheaply, for strings that every form
of a word has in common (its *needles*).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from search import analysis
from search.fields import DEFAULT_FIELDS, QUERY_FIELDS, DocumentKind
from search.query.nodes import Fuzzy, Leaf, Near, Node, Prefix, Range, Term, positive_leaves
from search.query.results import Span

_REMEMBERED = 1 << 12  # surfaces, for each query
_LONGEST = 64  # characters of a surface that is worth remembering
_UNFAMILIAR = re.compile("[^\x00-\x7fА-я‘’“”„«»–—…]")  # what analysis may fold in other ways than `str.lower` does


class Match(NamedTuple):
    """Characters `start` to `end` of a text match the query's leaf number `leaf`."""

    start: int
    end: int
    leaf: int


class Occurrence(NamedTuple):
    """A word of the query in a text: its place among the text's words, and its offsets."""

    position: int
    start: int
    end: int


class Part(NamedTuple):
    """Part of a surface (mostly all of it), and the numbers of the query's words that it matches."""

    start: int
    end: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A leaf of the query: its words' numbers, one after another or, with a `window`, anywhere in so many positions.

    A text that matches holds at least one string of each group in `needles`.
    """

    leaf: int
    field: str | None
    words: tuple[int, ...]
    window: int | None
    needles: tuple[tuple[str, ...], ...]


Word = Term | Prefix | Fuzzy  # here a Term's text is one analysed term
Occurrences = dict[int, list[Occurrence]]


class Matcher:
    """Finds a query in texts. Safe to share between threads."""

    def __init__(self, node: Node, documents: DocumentKind = "article") -> None:
        defaults = DEFAULT_FIELDS[documents]
        self._words: list[Word] = []
        leaves = [leaf for leaf in dict.fromkeys(positive_leaves(node)) if not isinstance(leaf, Range)]
        patterns = [self._pattern(number, leaf) for number, leaf in enumerate(leaves)]
        self._by_field: dict[str | None, list[Pattern]] = {
            field: [p for p in patterns if p.field == field or (p.field is None and field in defaults)]
            for field in QUERY_FIELDS
        }
        self._by_field[None] = [p for p in patterns if p.field is None or p.field in defaults]
        self._surfaces = _Surfaces(self._words)
        #: The numbers of the leaves that can match in an article's text.
        self.shown = {p.leaf for field in ("lead", "body", "said") for p in self._by_field[field]}

    def find(self, text: str, field: str | None, quotes: Sequence[Span] = ()) -> list[Match]:
        """Matches in a text of this field, in order; those of `said:` only inside one of `quotes`."""
        patterns = self._by_field[field]
        said = self._by_field["said"] if quotes else []
        if not _possible(text, [*patterns, *said]):
            return []
        found = self._occurrences(text)
        matches = [match for pattern in patterns for match in _matches(pattern, found)]
        for quote in quotes if said else ():
            inside = _inside(found, quote)
            matches += [match for pattern in said for match in _matches(pattern, inside)]
        return sorted(matches)

    def _pattern(self, number: int, leaf: Leaf) -> Pattern:
        words = tuple(_words_of(leaf))
        self._words += [word for word in words if word not in self._words]
        window = len(words) + leaf.distance if isinstance(leaf, Near) else None
        numbers = tuple(self._words.index(word) for word in words)
        return Pattern(number, leaf.field, numbers, window, tuple(_needles(word) for word in words))

    def _occurrences(self, text: str) -> Occurrences:
        found: Occurrences = defaultdict(list)
        surfaces = self._surfaces
        position = 0
        for match in analysis.surface_matches(text):
            parts = surfaces[match[0]]
            if parts is None:
                position += 1
                continue
            for start, end, words in parts:
                for word in words:
                    found[word].append(Occurrence(position, match.start() + start, match.start() + end))
                position += 1
        return found


class _Surfaces(dict[str, "tuple[Part, ...] | None"]):
    """Surface -> its parts; None, for speed, where it has one part that matches no word of the query."""

    def __init__(self, words: Sequence[Word]) -> None:
        super().__init__()
        self.terms: dict[str, tuple[int, ...]] = {}
        self.others: list[tuple[int, Prefix | Fuzzy]] = []
        for number, word in enumerate(words):
            if isinstance(word, Term):
                self.terms[word.text] = (*self.terms.get(word.text, ()), number)
            else:
                self.others.append((number, word))

    def __missing__(self, surface: str) -> tuple[Part, ...] | None:
        forms = analysis.forms(surface)
        numbers = [self._numbers(form.term, form.folded) for form in forms]
        value = None
        if len(forms) != 1 or numbers[0]:
            value = tuple(Part(form.start, form.end, words) for form, words in zip(forms, numbers, strict=True))
        if len(surface) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[surface] = value
        return value

    def _numbers(self, term: str, folded: str) -> tuple[int, ...]:
        numbers = self.terms.get(term, ())
        if self.others:
            numbers += tuple(number for number, word in self.others if _is_form(word, folded))
        return numbers


@lru_cache(maxsize=64)
def matcher(node: Node, documents: DocumentKind = "article") -> Matcher:
    """The matcher of a query, made once."""
    return Matcher(node, documents)


def merged(matches: Iterable[Match]) -> tuple[Span, ...]:
    """Matches in order of their start, overlapping ones as one span."""
    spans: list[Span] = []
    for match in matches:
        if spans and match.start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, match.end))
        else:
            spans.append(Span(match.start, match.end))
    return tuple(spans)


def _words_of(leaf: Leaf) -> Iterable[Word]:
    if isinstance(leaf, Prefix | Fuzzy):
        text = analysis.fold(leaf.text)
        return (Prefix(None, text) if isinstance(leaf, Prefix) else Fuzzy(None, text, leaf.distance),) if text else ()
    if isinstance(leaf, Range):
        return ()
    texts = (leaf.text,) if isinstance(leaf, Term) else leaf.words
    return (Term(None, term) for text in texts for term in analysis.terms(text))


def _is_form(word: Prefix | Fuzzy, folded: str) -> bool:
    if isinstance(word, Prefix):
        return folded.startswith(word.text)
    return Levenshtein.distance(word.text, folded, score_cutoff=word.distance) <= word.distance


def _needles(word: Word) -> tuple[str, ...]:
    """Strings of which every form of the word holds one; of a word with k edits, one of k+1 pieces is left whole."""
    text = word.text.replace(".", "")
    if isinstance(word, Prefix):
        return (text,)
    if isinstance(word, Fuzzy):
        size = len(text) // (word.distance + 1)
        return tuple(text[n * size : (n + 1) * size] for n in range(word.distance + 1))
    if len(text) == 3 and text.endswith("ie"):
        return (text[0],)  # dying, lying, tying, vying
    return (text[:-1] if len(text) > 1 and text.isalpha() else text,)


def _possible(text: str, patterns: Sequence[Pattern]) -> bool:
    """False only where none of the patterns can match."""
    if not patterns or _UNFAMILIAR.search(text):
        return bool(patterns)
    plain = text.lower().replace("'", "").replace("’", "").replace(".", "").replace(",", "")
    return any(all(any(needle in plain for needle in group) for group in pattern.needles) for pattern in patterns)


def _inside(found: Occurrences, quote: Span) -> Occurrences:
    return {
        word: [place for place in places if quote.start <= place.start and place.end <= quote.end]
        for word, places in found.items()
    }


def _matches(pattern: Pattern, found: Occurrences) -> Iterable[Match]:
    if not pattern.words or not all(found.get(word) for word in pattern.words):
        return ()
    if pattern.window:
        return _near(pattern, pattern.window, found)
    if len(pattern.words) == 1:
        return (Match(start, end, pattern.leaf) for _, start, end in found[pattern.words[0]])
    return _phrase(pattern, found)


def _phrase(pattern: Pattern, found: Occurrences) -> Iterable[Match]:
    first, *rest = pattern.words
    at = [{place.position: place.end for place in found[word]} for word in rest]
    for place in found[first]:
        if all(place.position + n in ends for n, ends in enumerate(at, 1)):
            yield Match(place.start, at[-1][place.position + len(at)], pattern.leaf)


def _near(pattern: Pattern, window: int, found: Occurrences) -> Iterable[Match]:
    """Two pointers over the words in order: a window that holds them all marks each of them, each once."""
    places = sorted((place, word) for word in set(pattern.words) for place in found[word])
    missing = Counter(pattern.words)
    left = marked = 0
    for right, (place, word) in enumerate(places):
        missing[word] -= 1
        while places[left][0].position <= place.position - window:
            missing[places[left][1]] += 1
            left += 1
        if all(count <= 0 for count in missing.values()):
            for (_, start, end), _ in places[max(left, marked) : right + 1]:
                yield Match(start, end, pattern.leaf)
            marked = right + 1
