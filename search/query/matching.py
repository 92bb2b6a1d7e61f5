"""Where in a text a query matches: every form of a word, prefixes, fuzzy words, phrases, words near each other.

A `Matcher` is made once for a query and used for all its hits; what it finds out about a word as written it remembers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from search import analysis
from search.analysis import Form
from search.fields import DEFAULT_FIELDS, QUERY_FIELDS, DocumentKind
from search.query.nodes import Character, Fuzzy, Node, Prefix, Range, Term, positive_leaves
from search.query.patterns import Pattern, Patterns, Vocabulary, is_form, parts_with, possible
from search.query.results import Span
from search.query.words import Word

_REMEMBERED = 1 << 12  # surfaces, for each query
_LONGEST = 64  # characters of a surface that is worth remembering


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
    """Part of a surface (mostly all of it) that matches the query's word of that number."""

    word: int
    start: int
    end: int


#: What of a surface matches, by its forms.
Parts = tuple[tuple[Part, ...], ...]


_start, _end = attrgetter("start"), attrgetter("end")

_NONE = Patterns()
_PLACES = {"anywhere": slice(None), "first": slice(1), "last": slice(-1, None)}

Occurrences = dict[int, list[Occurrence]]


class Matcher:
    """Finds a query in texts. Safe to share between threads."""

    def __init__(self, node: Node, documents: DocumentKind = "article") -> None:
        defaults = DEFAULT_FIELDS[documents]
        vocabulary = Vocabulary()
        leaves = [leaf for leaf in dict.fromkeys(positive_leaves(node)) if not isinstance(leaf, Range)]
        patterns = [vocabulary.pattern(number, leaf) for number, leaf in enumerate(leaves)]
        self._by_field: dict[str | None, Patterns] = {
            field: Patterns([p for p in patterns if p.field == field or (p.field is None and field in defaults)])
            for field in QUERY_FIELDS
        }
        self._by_field[None] = Patterns([p for p in patterns if p.field is None or p.field in defaults])
        self._surfaces = _Surfaces(vocabulary)
        #: The leaves that matches are of, by their numbers.
        self.leaves = tuple(leaves)
        #: The numbers of the leaves that can match in an article's text.
        self.shown = {p.leaf for field in ("lead", "body", "said") for p in self._by_field[field]}

    def find(self, text: str, field: str | None, quotes: Sequence[Span] = ()) -> list[Match]:
        """Matches in a text of this field, in order; those of `said:` only inside one of `quotes`."""
        patterns, said = self._by_field[field], self._by_field["said"] if quotes else _NONE
        needles = patterns.needles + said.needles
        if not needles or not possible(text, needles):
            return []
        alone = patterns.alone and said.alone
        parts = parts_with(text, needles, patterns.inside | said.inside) if alone else None
        found = self._occurrences(text, parts)
        matches = _all_matches(patterns, found)
        for quote in quotes if said else ():
            matches += _all_matches(said, _inside(found, quote))
        return sorted(matches)

    def _occurrences(self, text: str, parts: Iterable[tuple[int, int]] | None) -> Occurrences:
        """Occurrences in a text, or in some parts of it alone, where no words need to follow one another."""
        found: Occurrences = defaultdict(list)
        surfaces = self._surfaces
        position = 0
        for match in analysis.surface_matches(text, parts):
            held = surfaces[match[0]]
            if held is None:
                position += 1
                continue
            for form in held:
                for word, start, end in form:
                    found[word].append(Occurrence(position, match.start() + start, match.start() + end))
                position += 1
        return found


class _Surfaces(dict[str, "Parts | None"]):
    """Surface -> its parts by its forms; None, for speed, where it has one form that matches no word of the query."""

    def __init__(self, words: Sequence[Word]) -> None:
        super().__init__()
        self.terms: dict[str, tuple[int, ...]] = {}
        self.others: list[tuple[int, Prefix | Fuzzy | Character]] = []
        for number, word in enumerate(words):
            if isinstance(word, Term):
                self.terms[word.text] = (*self.terms.get(word.text, ()), number)
            else:
                self.others.append((number, word))
        self.characters = {number: word for number, word in self.others if isinstance(word, Character)}

    def __missing__(self, surface: str) -> Parts | None:
        forms = analysis.forms(surface)
        if not self.others and len(forms) == 1 and forms[0].term not in self.terms:
            return self._remember(surface, None)
        numbers = [self._numbers(form.term, form.folded) for form in forms]
        if len(forms) == 1 and not numbers[0]:
            return self._remember(surface, None)
        each = zip(forms, (*forms[1:], None), numbers, strict=True)
        return self._remember(surface, tuple(tuple(self._parts(surface, *one)) for one in each))

    def _remember(self, surface: str, parts: Parts | None) -> Parts | None:
        if len(surface) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[surface] = parts
        return parts

    def _numbers(self, term: str, folded: str) -> tuple[int, ...]:
        numbers = self.terms.get(term, ())
        if self.others:
            numbers += tuple(number for number, word in self.others if is_form(word, folded))
        return numbers

    def _parts(self, surface: str, form: Form, after: Form | None, numbers: tuple[int, ...]) -> Iterator[Part]:
        """The parts of one form; a character that the form after it has too is told there."""
        for number in numbers:
            if number not in self.characters:
                yield Part(number, form.start, form.end)
                continue
            wanted, found = self.characters[number], analysis.characters(surface[form.start : form.end])
            for one in found[_PLACES[wanted.where]]:
                start, end = form.start + one.start, form.start + one.end
                told_after = wanted.where == "anywhere" and after and after.start <= start
                if wanted.text in one.folded and not told_after:
                    yield Part(number, start, end)


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


def _inside(found: Occurrences, quote: Span) -> Occurrences:
    """The occurrences that lie wholly in the quote."""
    return {
        word: places[bisect_left(places, quote.start, key=_start) : bisect_left(places, quote.end + 1, key=_end)]
        for word, places in found.items()
    }


def _all_matches(patterns: Patterns, found: Occurrences) -> list[Match]:
    """The matches of those patterns whose words were all found; of a query with many words, most have none."""
    begun = chain.from_iterable(patterns.beginning.get(word, ()) for word in found)
    having = (pattern for pattern in begun if all(found.get(word) for word in pattern.words))
    return [match for pattern in having for match in _matches(pattern, found)]


def _matches(pattern: Pattern, found: Occurrences) -> Iterable[Match]:
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
