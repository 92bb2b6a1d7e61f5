"""Names as they stand in a narrative: where they run, how they are written, and which of them are one person's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.articles.speech.lexicon import (
    BODY_WORDS,
    COMPOUND_OFFICES,
    DEGREES,
    KINDS,
    PARTICLES,
    PROPER_BODIES,
    SUFFIXES,
)
from search.articles.speech.narrative import Narrative
from search.articles.speech.words import GIVEN_NAMES

_RUN = re.compile(r"[NTIL~](?:[NTIL~]*+S|[NTIL~]+)")
_POSSESSIVE = re.compile(r"['’]s?$")
_NICKNAME = re.compile(r""" (?:"[^"]*"|“[^”]*”|'{1,2}[^']*'{1,2}|[‘`]{1,2}[^'’]*['’]{1,2}) """)
_LONGEST_NAME = 6
_MODIFIERS = 4
_GIVEN = 2
_GOVERNING = frozenset(["of", "for", "on"])  # `Centers for Health Protection`


def name_runs(n: Narrative) -> Iterator[tuple[tuple[str, ...], int, int, int]]:
    """The names of several words outside headlines: words, first and last token, and where title and role begin."""
    titles = _headline_tokens(n)
    return (run for run in _all_runs(n) if run[1] not in titles)


def name_words(n: Narrative, first: int, last: int) -> tuple[str, ...]:
    """A name's words without titles' stops, possessive endings, suffixes and a surname's particles."""
    return bare_name(tuple([_unowned(n.words[i]) for i in range(first, last + 1) if n.kinds[i] != "~"]))


def _all_runs(n: Narrative) -> Iterator[tuple[tuple[str, ...], int, int, int]]:
    """Each name of several words: its words, its first token, and where the noun phrase with its title begins."""
    for match in _RUN.finditer(n.kinds):
        start, end = match.span()
        first = n.kinds.rfind("T", start, end - 1) + 1 or start
        while first < end and n.kinds[first] == "~":
            first += 1
        while end > first and (n.kinds[end - 1] == "L" or n.words[end - 1] in DEGREES):
            end -= 1
        if not 2 <= end - first <= _LONGEST_NAME:
            continue
        back = start
        while back > 0 and start - back < _MODIFIERS and n.kinds[back - 1] in "wroSsNT":
            back -= 1
        while 0 < back < start and n.kinds[back] in "SL" and n.kinds[back - 1] in "LN" and start - back < _LONGEST_NAME:
            back -= 1
        if n.kinds[end - 1] == "T" and n.words[end - 1].lower().rpartition("-")[2] in COMPOUND_OFFICES:
            continue  # `UN Secretary-General`
        words = tuple(_words(n, first, end))
        if not n.capitals and all(map(str.isupper, words)) and any(len(word) > 4 for word in words):
            continue
        yield words, first, end - 1, back if "r" in n.kinds[back:start] else start


def _words(n: Narrative, first: int, end: int) -> Iterator[str]:
    for token in range(first, end):
        if n.kinds[token] != "~":
            word = n.words[token]
            yield (_unowned(word) if n.kinds[token] == "S" else word) + (
                "." if n.words[token + 1 : token + 2] == ["."] and n.kinds[token + 1] == "~" else ""
            )


def _unowned(word: str) -> str:
    """A word without its possessive ending."""
    return _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word


def _headline_tokens(n: Narrative) -> set[int]:
    """Tokens of headlines set in capitals, where a verb looks like part of a name."""
    found: set[int] = set()
    if n.capitals:
        return found
    for first, high in n.sentences:
        if n.kinds[high : high + 1] == ".":
            continue
        kinds = n.kinds[first:high]
        capitals = kinds.count("N") + kinds.count("T")
        if capitals > 4 and capitals > 0.6 * sum(map(str.isalpha, kinds)) and kinds.strip("NT~I"):
            found.update(range(first, high))
    return found


def word_before(n: Narrative, first: int) -> str:
    """The title before a name, its full stop left out."""
    return n.words[first - 1 - (n.kinds[first - 1] == "~")].lower() if first > 1 else ""


def is_body(n: Narrative, words: tuple[str, ...], first: int) -> bool:
    """Whether a name shows that it is no person's: "the …", "… Ministry", "WHO"."""
    if (first > 0 and n.words[first - 1].lower() == "the") or "&" in n.words[first : first + len(words)]:
        return True
    return any(word.casefold() in BODY_WORDS for word in words) or (
        len(words) == 1 and words[0].isupper() and not n.capitals
    )


def is_common_body(word: str) -> bool:
    """Whether a capitalised word is no name by itself: "Bank"."""
    return word.casefold() not in PROPER_BODIES and KINDS[word.casefold()] == "o"


def name_text(n: Narrative, first: int, last: int) -> str:
    """A name as the article writes it, without a possessive ending."""
    name = spaced(n.phrase(first, last))
    if not name.replace(" ", "").isalpha():
        name = _POSSESSIVE.sub("", _NICKNAME.sub(" ", name))
    return name


def spaced(text: str) -> str:
    """A phrase without the line breaks of its paragraph, apostrophes straight, so that one name is one string."""
    return " ".join(text.split()).replace("’", "'")


def bare_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words without suffixes, and a surname without its particles: `van der Aal` is `Aal`."""
    while len(words) > 1 and words[-1].casefold().rstrip(".") in SUFFIXES:
        words = words[:-1]
    while len(words) > 1 and words[0].casefold() in PARTICLES:
        words = words[1:]
    return words


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names with one surname are one person's: the given name, or its initial, is the same too.

    Or the one is all that stands behind the other's given names: `Carmen Ibarra de Venn`, `Ibarra de Venn`.
    """
    if surname(a) != surname(b):
        return False
    one, other = a[0].casefold().rstrip("."), b[0].casefold().rstrip(".")
    if one == other or (one[:1] == other[:1] and 1 in (len(one), len(other))):
        return True
    return len(a) != len(b) and _is_surname(*sorted((a, b), key=len))


def _is_surname(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name of several words is another's without the given names."""
    given = long[: -len(short)]
    if len(short) < 2 or len(given) > _GIVEN or long[len(given) :] != short or not _GOVERNING.isdisjoint(given):
        return False
    return short[0].casefold() not in GIVEN_NAMES and short[-1].casefold() not in BODY_WORDS


def surname(words: tuple[str, ...]) -> str:
    """The word by which people of one surname are found."""
    return words[-1].casefold().replace("’", "'")
