"""Text to terms: the one function that indexing, queries and snippets agree on.

One regular expression finds the words of a text; each distinct word (its *surface*) is folded and stemmed once and
remembered. Folding is NFKC, case folding and accent folding; stems are Snowball's, English for Latin letters and
Russian for Cyrillic; Han, Kana and Hangul, written without spaces, become overlapping pairs of characters.

A term is made once, from a surface: Snowball is not idempotent, so a term must never be analysed again.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import Stemmer

_LONGEST = 64  # characters of a word that count; what is longer is no word
_REMEMBERED = 1 << 18  # surfaces

_APOSTROPHES = "'’＇"
_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099\u309a\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3130-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Combining marks and invisible joiners, as ranges for a character class."""
    codes = [c for c in range(0x300, 0x20000) if unicodedata.category(chr(c))[0] == "M" and not 0x3099 <= c <= 0x309A]
    starts = [c for i, c in enumerate(codes) if i == 0 or codes[i - 1] != c - 1]
    ends = [c for i, c in enumerate(codes) if i + 1 == len(codes) or codes[i + 1] != c + 1]
    ranges = "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))
    return ranges + "\u00ad\u200c\u200d\u2060\ufeff"


_MARK = f"[{_marks()}]"
_LETTER = rf"[^\W\d_{_CJK}]"
_WORD = rf"[^\W_{_CJK}]+(?:{_MARK}+[^\W_{_CJK}]*)*"
_TOKEN = re.compile(
    rf"{_LETTER}(?:\.{_LETTER})+(?!{_MARK}|[^\W_])(?:\.?[{_APOSTROPHES}][sS](?![^\W_]))?"  # U.S., e.g.
    rf"|\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?"  # 250,000
    rf"|\d+(?:\.\d+)+"  # 3.5
    rf"|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*"
    rf"|[{_CJK}]+"
)
_IS_CJK = re.compile(f"[{_CJK}]").match
_IS_CYRILLIC = re.compile("[\u0400-\u052f]+").fullmatch
_IS_LATIN = re.compile("[a-z]+").fullmatch
_NOT_WORD = re.compile(rf"(?!{_MARK})[^\w.\u2044]|[_\u00ad\u0640\u02bb\u02bc\u02b9\u200c\u200d\u2060\ufeff]")
_POSSESSIVE = re.compile(f"[{_APOSTROPHES}][sS]$")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})


class Token(NamedTuple):
    """A word of a text: `term` to look up, `folded` to compare unstemmed, offsets into the original text."""

    term: str
    folded: str
    start: int
    end: int
    position: int


class Form(NamedTuple):
    """What a surface is indexed as, and the offsets of that part inside the surface."""

    term: str
    folded: str
    start: int
    end: int


class _Stemmers(threading.local):
    """A stemmer is not thread-safe: each thread has its own."""

    def __init__(self) -> None:
        self.english = Stemmer.Stemmer("english", 0)
        self.russian = Stemmer.Stemmer("russian", 0)


_stemmers = _Stemmers()


class _Forms(dict[str, tuple[Form, ...]]):
    """Surface -> forms, emptied when full: a hostile text may slow it down, never fill memory."""

    def __missing__(self, surface: str) -> tuple[Form, ...]:
        if len(surface) > 2 * _LONGEST and not _IS_CJK(surface):
            return tuple(form._replace(end=len(surface)) for form in self[surface[:_LONGEST]])
        forms = _analyse(surface)
        if len(surface) <= 2 * _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[surface] = forms
        return forms


_forms = _Forms()


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; positions count from 0."""
    position = 0
    for match in _TOKEN.finditer(text):
        begin = match.start()
        for term, folded, start, end in _forms[match[0]]:
            yield Token(term, folded, begin + start, begin + end, position)
            position += 1


def terms(text: str) -> list[str]:
    """The terms of a text in order: the `term` of each of its `tokens`."""
    return [form[0] for surface in _TOKEN.findall(text) for form in _forms[surface]]


def surfaces(text: str) -> list[str]:
    """The words of a text as written; `forms` says what each is indexed as."""
    return _TOKEN.findall(text)


def forms(surface: str) -> tuple[Form, ...]:
    """What one of the `surfaces` is indexed as: none, one, or (Han, Kana, Hangul) several adjacent terms."""
    return _forms[surface]


def fold(text: str) -> str:
    """Without case, accents, compatibility forms or anything that is not part of a word; not stemmed."""
    if text.isascii() and text.isalnum():
        return text.lower()[:_LONGEST]
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for i, c in enumerate(decomposed) if not _is_accent(c, decomposed[i - 1 : i]))
    folded = unicodedata.normalize("NFKC", kept.casefold()).translate(_LETTERS)
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
    return _NOT_WORD.sub("", digits)[:_LONGEST]


def _is_accent(mark: str, base: str) -> bool:
    """Marks over, under and through a letter and vowel points; й and ї are letters of their own, ё is not."""
    if mark in "\u0306\u0308" and base in "иіуИІУ":
        return base == ""
    kind = unicodedata.combining(mark)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200


def _analyse(surface: str) -> tuple[Form, ...]:
    if _IS_CJK(surface):
        return tuple(_pairs(surface))
    folded = fold(_POSSESSIVE.sub("", surface))
    if not surface[0].isdecimal():
        folded = folded.replace(".", "")
    return (Form(_stem(folded), folded, 0, len(surface)),) if folded else ()


def _pairs(run: str) -> Iterator[Form]:
    """Overlapping pairs of a run of Han, Kana or Hangul; a single character stays alone."""
    for start in range(max(len(run) - 1, 1)):
        pair = run[start : start + 2]
        if folded := fold(pair):
            yield Form(folded, folded, start, start + len(pair))


def _stem(folded: str) -> str:
    if _IS_LATIN(folded):
        return str(_stemmers.english.stemWord(folded))
    if _IS_CYRILLIC(folded):
        return str(_stemmers.russian.stemWord(folded))
    return folded
