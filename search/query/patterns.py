"""The leaves of a query as patterns: the analysed words that each asks for, and what any text that matches must hold.

The *needles* of a word are strings of which each of its forms has at least one. To look for them costs a fraction of
an analysis, and most paragraphs hold none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from search.query.nodes import Character, Fuzzy, Leaf, Near, Prefix, Term
from search.query.words import Word, words_of

_SEPARATORS = ("'", ".", ",", "’", "\u00a0", "\u2009", "\u202f")  # analysis leaves them out inside of words
_UNFAMILIAR = re.compile(  # what analysis may fold in other ways than `str.lower` does, or leave out
    "[^\x00-\x7f\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bfА-я\u2009-\u200a\u2010-\u2027\u202f-\u203e€]"
)


_JOINED = re.compile(r"['.,’\u00a0\u2009\u202f](?<=\w.)(?=\w)")
_CLOSE = 12  # characters from one needle to the next on average: more, and reading all of the text is quicker

_HAS = {"anywhere": str.__contains__, "first": str.startswith, "last": str.endswith}
_CHANGED = "eily"  # how a stem may end that a form does not: hope for hoping, happi for happy, sky for skies


@dataclass(frozen=True, slots=True)
class Pattern:
    """A leaf of the query: its words' numbers, one after another or, with a `window`, anywhere in so many positions.

    A text that matches holds at least one of the `needles`, at the beginning of a word where it is said so.
    """

    leaf: int
    field: str | None
    words: tuple[int, ...]
    window: int | None
    needles: tuple[str, ...]
    begin: bool


class Patterns(list[Pattern]):
    """The patterns that apply to a field, all their needles, and the patterns by the number of their first word."""

    def __init__(self, patterns: Iterable[Pattern] = ()) -> None:
        super().__init__(patterns)
        self.needles = tuple(dict.fromkeys(needle for pattern in self for needle in pattern.needles))
        #: The needles that may stand anywhere in a word.
        self.inside = frozenset(needle for pattern in self if not pattern.begin for needle in pattern.needles)
        #: Whether no words need to follow one another, or be near.
        self.alone = not any(pattern.window or len(pattern.words) > 1 for pattern in self)
        self.beginning: defaultdict[int, list[Pattern]] = defaultdict(list)
        for pattern in self:
            if pattern.words:
                self.beginning[pattern.words[0]].append(pattern)


class Vocabulary(list[Word]):
    """The words of a query, each once; patterns know them by their numbers."""

    def pattern(self, number: int, leaf: Leaf) -> Pattern:
        """The pattern of the query's leaf of that number; its words are added."""
        words = words_of(leaf)
        self += [word for word in dict.fromkeys(words) if word not in self]
        window = len(words) + leaf.distance if isinstance(leaf, Near) else None
        needles = max(map(_needles, words), key=lambda strings: min(map(len, strings)), default=())
        begin = isinstance(leaf, Term | Prefix)
        return Pattern(number, leaf.field, tuple(map(self.index, words)), window, needles, begin)


def is_form(word: Prefix | Fuzzy | Character, folded: str) -> bool:
    """Whether a word, folded, begins so, is spelt nearly so, or has the character where it is to be."""
    if isinstance(word, Prefix):
        return folded.startswith(word.text)
    if isinstance(word, Character):
        return _HAS[word.where](folded, word.text)
    return Levenshtein.distance(word.text, folded, score_cutoff=word.distance) <= word.distance


def possible(text: str, needles: Sequence[str]) -> bool:
    """False only where a text can't match a pattern with these needles."""
    plain = text.lower()
    if any(needle in plain for needle in needles) or (not text.isascii() and _UNFAMILIAR.search(text)):
        return True
    for separator in _SEPARATORS[:3] if text.isascii() else _SEPARATORS:
        plain = plain.replace(separator, "")
    return any(needle in plain for needle in needles)


def parts_with(text: str, needles: Sequence[str], inside: Container[str]) -> list[tuple[int, int]] | None:
    """The parts of a text between spaces that can hold a word that begins with one of the needles, in order.

    Those `inside` need not be where a word begins. None where they are so many, or the text so unfamiliar, that all of
    it is to be read.
    """
    plain = text.lower()
    if not all(needles) or len(plain) != len(text) or (not text.isascii() and _UNFAMILIAR.search(text)):
        return None
    found = {(plain.rfind(" ", 0, match.start()) + 1, match.end()) for match in _JOINED.finditer(plain)}
    most = len(text) // _CLOSE + 1
    for needle in needles if len(needles) <= most else ():
        at = plain.find(needle)
        while at >= 0 and len(found) <= most:
            if not at or needle in inside or not plain[at - 1].isalnum():
                found.add((plain.rfind(" ", 0, at) + 1, at))
            at = plain.find(needle, at + len(needle))
    if max(len(found), len(needles)) > most:
        return None
    ends = {start: plain.find(" ", max(at, start)) for start, at in sorted(found)}
    return [(start, len(text) if end < 0 else end) for start, end in ends.items()]


def _needles(word: Word) -> tuple[str, ...]:
    """Strings of which every form of the word holds one; of a word with k edits, one of k+1 pieces is left whole."""
    text = word.text.replace(".", "")
    if isinstance(word, Prefix | Character):
        return (text,)
    if isinstance(word, Fuzzy):
        size = len(text) // (word.distance + 1)
        return tuple(text[n * size : (n + 1) * size] for n in range(word.distance + 1))
    if len(text) == 3 and text.endswith("ie"):
        return (text[0],)  # dying, lying, tying, vying
    kept = len(text) == 1 or not text.isalpha() or (text.isascii() and text[-1] not in _CHANGED)
    return (text if kept else text[:-1],)
