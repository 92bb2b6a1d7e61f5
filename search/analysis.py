"""Text to terms: the one function that indexing, queries and snippets agree on.

One regular expression finds the words of a text as written, its *surfaces*; each distinct surface is folded and
stemmed once and remembered. Folding is Unicode NFKC, case folding and accent folding. Stems are Snowball's
(https://snowballstem.org): English for Latin letters, Russian for Cyrillic. Han, Kana and Hangul, written without
spaces, become overlapping pairs of characters.

A term is made once, from a surface: Snowball is not idempotent ("organisation" gives "organis", that gives "organi"),
so a term must never be analysed again.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple, TypeVar

import Stemmer

_LONGEST = 64  # characters of a word that are compared; what is longer is no word
_REMEMBERED = 1 << 16  # surfaces: some 30 MB; of a running text, 99 % of the words are among so many

_APOSTROPHES = "'’＇"
_INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"  # soft hyphen, joiners: inside a word, not part of it
#: The first of all characters of Han, Kana and Hangul.
FIRST_UNSPACED = "\u1100"

_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099-\u309a"
    "\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3130-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Combining marks, which `\\w` leaves out, as ranges for a character class."""
    planes = chain(range(0x300, 0x1F000), range(0xE0100, 0xE01F0))  # the rest has none, and importing should be quick
    codes = [code for code in planes if unicodedata.category(chr(code))[0] == "M"]
    starts = [code for before, code in zip([-1, *codes], codes, strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], -1], strict=True) if after != code + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_MARK = f"[{_marks()}{_INVISIBLE}]"
_LETTER = r"[^\W\d_]"
_SURFACE = re.compile(
    rf"\w(?:\w*+(?=[ \n])"  # most words: nothing but a space can follow, so nothing else need be tried
    rf"|\.(?<={_LETTER}\.){_LETTER}(?:\.{_LETTER})*(?!\w|{_MARK})\.?(?:[{_APOSTROPHES}][sS](?!\w|{_MARK}))?"  # U.S.'s
    r"|(?<=\d)\d{0,2}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?"  # 250,000
    r"|(?<=\d)\d*+(?:\.\d+)+"  # 3.5
    rf"|\w*(?:{_MARK}+\w*)*(?:[{_APOSTROPHES}]\w+(?:{_MARK}+\w*)*)*)"  # Sana'a
)
_INSIDE = re.compile(rf"\w|{_MARK}|[.,{_APOSTROPHES}\u00a0\u2009\u202f]")
_PART = re.compile(rf"[{_CJK}]+|[^_{_CJK}]+")
_CHARACTER = re.compile("[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*|.[\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_STARTS_CJK = re.compile(f"[{_CJK}]").match
_POSSESSIVE = re.compile(f"[{_APOSTROPHES}\u02bc][sS]$")
_NOT_WORD = re.compile(rf"(?!{_MARK})[^\w.\u2044]|[_\u0640\u02b9\u02bb\u02bc{_INVISIBLE}]")
_IS_LATIN = re.compile("[a-z]+").fullmatch
_IS_CYRILLIC = re.compile("[\u0400-\u052f]+").fullmatch
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)

T = TypeVar("T")


class Token(NamedTuple):
    """A word of a text: `term` to look up, `folded` to compare unstemmed, offsets into the original text."""

    term: str
    folded: str
    start: int
    end: int
    position: int


class Form(NamedTuple):
    """What (part of) a surface is indexed as, and the offsets of that part inside the surface."""

    term: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; positions count from 0."""
    position = 0
    for match in _SURFACE.finditer(text):
        begin = match.start()
        for term, folded, start, end in _forms[match[0]]:
            yield Token(term, folded, begin + start, begin + end, position)
            position += 1


def terms(text: str) -> list[str]:
    """The terms of a text in order: the `term` of each of its `tokens`, faster."""
    return list(chain.from_iterable(map(_terms.__getitem__, _SURFACE.findall(text))))


def surfaces(text: str) -> list[str]:
    """The words of a text as written; `forms` says what each is indexed as."""
    return _SURFACE.findall(text)


def surface_matches(text: str, parts: Iterable[tuple[int, int]] | None = None) -> Iterator[re.Match[str]]:
    """The `surfaces` with their offsets, for those who look up each themselves; those in parts between spaces alone."""
    if parts is None:
        return _SURFACE.finditer(text)
    return chain.from_iterable(_SURFACE.finditer(text, start, end) for start, end in parts)


def forms(surface: str) -> tuple[Form, ...]:
    """What one of the `surfaces` is indexed as: none, one, or (Han, Kana, Hangul) several adjacent terms."""
    return _forms[surface]


def plain_terms(words: list[str]) -> list[str]:
    """The term of each of some words of ASCII letters and digits in lower case, at most 64 long."""
    stems = _stemmers.english.stemWords(words)
    return [stem if word.isalpha() else word for word, stem in zip(words, stems, strict=True)]


def inside_words(text: str) -> list[int]:
    """Where characters stand that can be part of a surface; no surface reaches across the others.

    Nor does it matter to `forms` which of the apostrophes a surface has, or the case of letters.
    """
    return [match.start() for match in _INSIDE.finditer(text)]


def fold(word: str) -> str:
    """The word without case, accents, compatibility forms or what is not part of a word; not stemmed."""
    if word.isascii() and word.isalnum():
        return word.lower()[:_LONGEST]
    decomposed = unicodedata.normalize("NFKD", word[: 4 * _LONGEST])
    bases = zip(" " + decomposed, decomposed, strict=False)
    plain = "".join(mark for base, mark in bases if not _is_accent(mark, base))
    folded = unicodedata.normalize("NFKC", plain.casefold()).translate(_UNDECOMPOSED)
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
    return _NOT_WORD.sub("", digits)[:_LONGEST]


def is_unspaced(word: str) -> bool:
    """Whether this is Han, Kana or Hangul, which is indexed in overlapping pairs of characters."""
    return bool(_STARTS_CJK(word))


def is_character(word: str) -> bool:
    """Whether this is one character of Han, Kana or Hangul, which may stand anywhere in a word."""
    return is_unspaced(word) and _CHARACTER.fullmatch(word) is not None


def characters(pair: str) -> list[Form]:
    """The one or two characters of what is indexed as a pair, each as it would be alone."""
    found = [(match, _pair_folded[match[0]]) for match in _CHARACTER.finditer(pair) if match[0]]
    return [Form(folded, folded, *match.span()) for match, folded in found]


def _is_accent(mark: str, base: str) -> bool:
    """Whether this is an accent or a vowel point. Not so for й and ї, letters of their own; ё is read as е."""
    if mark in "\u0306\u0308" and base in "иіуИІУ":
        return False
    kind = unicodedata.combining(mark)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200


def _analyse(surface: str) -> tuple[Form, ...]:
    if surface.isascii() and surface.isalnum():
        folded = surface.lower()[:_LONGEST]
        return (Form(_stem(folded), folded, 0, len(surface)),)
    return tuple(form for part in _PART.finditer(surface) for form in _part(part[0], part.start()))


def _part(part: str, begin: int) -> Iterator[Form]:
    if is_unspaced(part):
        yield from _pairs(part, begin)
        return
    folded = fold(_POSSESSIVE.sub("", part))
    if not part[0].isdecimal():
        folded = folded.replace(".", "")
    if folded:
        yield Form(_stem(folded), folded, begin, begin + len(part))


def _pairs(run: str, begin: int) -> Iterator[Form]:
    """Overlapping pairs of a run of Han, Kana or Hangul; a single character stays alone."""
    bounds = [match.start() for match in _CHARACTER.finditer(run)] + [len(run)]
    for start, end in zip(bounds, bounds[2:] or bounds[1:], strict=False):
        if folded := _pair_folded[run[start:end]]:
            yield Form(folded, folded, begin + start, begin + end)


def _stem(folded: str) -> str:
    if _IS_LATIN(folded):
        return str(_stemmers.english.stemWord(folded))
    if _IS_CYRILLIC(folded):
        return str(_stemmers.russian.stemWord(folded))
    return folded


class _Stemmers(threading.local):
    """A stemmer is not thread-safe, so each thread has its own; without a cache, for results are remembered here."""

    def __init__(self) -> None:
        self.english = Stemmer.Stemmer("english", 0)
        self.russian = Stemmer.Stemmer("russian", 0)


class _Remembered(dict[str, T]):
    """Results by word. Emptied when full, so that a hostile text costs time but never memory."""

    def __init__(self, compute: Callable[[str], T]) -> None:
        super().__init__()
        self.compute = compute

    def __missing__(self, word: str) -> T:
        value = self.compute(word)
        if len(word) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = value
        return value


_stemmers = _Stemmers()
_pair_folded = _Remembered(fold)
_forms = _Remembered(_analyse)
_terms = _Remembered(lambda surface: tuple(form.term for form in _forms[surface]))
