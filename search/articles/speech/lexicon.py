"""The small words by which sentences of reported speech are read: each word's kind is one character.

A sentence becomes a string of kinds, so that "palace aide Jane Doe said" reads `orNNc` and every rule about
noun phrases and clauses is a walk over characters.

    N name-like   T title   I initial   L particle   S name's   s noun's   r person noun   o body noun
    v past form of some other verb
    A according   d determiner   p subject pronoun   m object pronoun   0 number   D time word   w any other word
    c g b cue: finite, gerund, base   x auxiliary   B form of "be"   n negation   a adverb   O preposition
    C and, or, but   t that   W wh-word or subordinator   Q q marked words
    and the punctuation . , ; : ( ) [ ] - and ~ for what stands inside abbreviations
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.articles.speech.cues import CUES
from search.articles.speech.marks import BREAK
from search.articles.speech.words import WORDS

_LETTERS = {
    "subject_pronoun": "p",
    "object_pronoun": "m",
    "determiner": "d",
    "auxiliary": "x",
    "be": "B",
    "negation": "n",
    "conjunction": "C",
    "that": "t",
    "subordinator": "W",
    "according": "A",
    "preposition": "O",
    "adverb": "a",
    "time": "D",
    "past": "v",
    "other": "w",
}
_OCCUPATIONS = ("ographer", "ologist", "icist")
_QUALIFIERS = ("-based", "-held", "-owned", "-backed", "-led")
_PARTY = re.compile("[RDI]-[A-Z]")
_NOUNS = {key: frozenset(words) for key, words in WORDS["nouns"].items()}

#: Words that open a surname: "van der".
PARTICLES = _NOUNS["particles"]
#: What offices are for: "Secretary of State".
DOMAINS = _NOUNS["domains"]
#: What may stand behind a surname, without its stop: "Doe Jr.".
SUFFIXES = _NOUNS["suffixes"]
#: Titles that are no office: "Mr.".
HONORIFICS = _NOUNS["honorifics"]
#: Nouns that are plural without showing it, and determiners that make a plural.
COLLECTIVES, QUANTITIES = _NOUNS["collectives"], _NOUNS["quantities"]
#: Nouns and titles that show a gender.
FEMALE_WORDS, MALE_WORDS = _NOUNS["female"], _NOUNS["male"]
#: Words that make a name a body's: "… Ministry".
BODY_WORDS = _NOUNS["bodies"] | _NOUNS["body_names"]
#: Letters behind a name that are no part of it: "Jane Doe MP".
DEGREES = _NOUNS["degrees"]
#: People of a country, of whom one alone is no name: "the Dane".
DEMONYMS = _NOUNS["demonyms"]
#: Relations, which are nobody's office: "his sister Jane Doe".
KIN = _NOUNS["kin"]
#: Bodies of which a country has one, so that the word alone is a name: "the Senate".
PROPER_BODIES = _NOUNS["proper_bodies"]
#: Words that end a company's name, so that what stands before them belongs to it: "General … Corp".
BODY_ENDINGS = _NOUNS["body_endings"]
#: Titles that are no surname as well: what ends in one is an office, "U.S. Attorney".
OFFICES = _NOUNS["titles"] - _NOUNS["names_too"]
#: The same, and what makes a title behind a hyphen: "Secretary-General", but no "Doe-King".
COMPOUND_OFFICES = OFFICES | {"general"}


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("man"):
        return noun[:-2] + "en"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


PLURALS: dict[str, str] = {_plural(noun): noun for noun in [*WORDS["nouns"]["persons"], *WORDS["nouns"]["bodies"]]}


def _table() -> dict[str, str]:
    table = {word: "o" for noun in _NOUNS["bodies"] for word in (noun, _plural(noun))}
    table |= {word: "r" for noun in _NOUNS["persons"] for word in (noun, _plural(noun))}
    for word, cue in CUES.items():
        if cue.form != "base" or word not in table:
            table[word] = {"finite": "c", "gerund": "g", "base": "b"}[cue.form]
    table |= {word: _LETTERS[key] for key, words in WORDS["kinds"].items() for word in words}
    return table


_KINDS = _table()
_PUNCTUATION = (
    dict.fromkeys(".!?…", ".")
    | dict.fromkeys("—–-―/", "-")
    | dict.fromkeys("$€£¥%#@*+=°", "0")
    | {sign: sign for sign in ",;:()[]"}
    | {"<": "(", ">": ")", "&": "~"}
)


class _Kinds(dict[str, str]):
    """Word as written -> its kind, remembered up to a bound."""

    def __missing__(self, word: str) -> str:
        if len(self) > 200_000:
            self.clear()
            self.update({"": "q", BREAK: "¶"})
        kind = self[word] = _kind(word)
        return kind


def _kind(word: str) -> str:
    if word in "'’":
        return "~"
    if word[0] == "." and word[1:2].isdigit():
        return "0"
    if not word[0].isalnum():
        return _PUNCTUATION.get(word, "-" if not word[0].isalpha() else "w")
    if word[0].isdigit():
        return "0" if not word.endswith(("-year-old", "-year-olds")) else "r"
    plain = word.replace("’", "'")
    lower = plain.casefold()
    capital = word[0].isupper()
    if lower.endswith(("'d", "'ll", "'ve", "'re", "'m")) and lower not in _KINDS:
        return "p"
    if lower.endswith(("'s", "s'")) and lower not in _KINDS:
        return _contracted(lower) or ("S" if capital else "s")
    if capital:
        return _capitalised(word, lower)
    if lower in _NOUNS["particles"] and lower not in _KINDS:
        return "L"
    if lower in _KINDS:
        return _KINDS[lower]
    if lower.endswith("ly") and len(lower) > 4:
        return "a"
    if "-" in lower:
        return _hyphenated(word, lower)
    return "v" if lower.endswith("ed") and len(lower) > 3 and not lower.endswith("eed") else "w"


def _contracted(lower: str) -> str | None:
    stem = lower[:-2]
    if stem in _CONTRACTED:
        return "p"
    if stem == "who":
        return "W"
    return "w" if stem in {"that", "there", "here", "what", "who", "how", "where", "let"} else None


_CONTRACTED = frozenset({"he", "she", "it"})


def _capitalised(word: str, lower: str) -> str:
    if _PARTY.match(word):
        return "0"
    if len(word) == 1:
        return {"I": "p", "A": "d"}.get(word, "I")
    if lower in _NOUNS["titles"]:
        return "T"
    known = _KINDS.get(lower)
    if known is None and "-" in lower and lower.rpartition("-")[2] in COMPOUND_OFFICES:
        return "T"
    if known is None and lower.endswith(_OCCUPATIONS):
        return "R"
    if lower.endswith(_QUALIFIERS):
        return "w"
    if known is None or lower in _NOUNS["names_too"]:
        return "N"
    if known in "ocgb":
        return "E" if known == "o" else "K"
    if word.isupper() and len(word) <= 3 and lower in {"us", "it", "who", "may", "am"}:
        return "N"
    return {"r": "R"}.get(known, known)


def _hyphenated(word: str, lower: str) -> str:
    head, _, last = word.rpartition("-")
    if last[:1].isupper() and head.casefold() in _NOUNS["particles"]:
        return "N"
    return _KINDS.get(last) if _KINDS.get(last) in ("r", "o") else "w"  # type: ignore[return-value]


class _CapitalKinds(_Kinds):
    """The same for copy all in capitals, where a word that is not known may be a name."""

    def __missing__(self, word: str) -> str:
        kind = super().__missing__(word)
        if word.isalpha() and word.isupper():
            lower = _kind(word.lower())
            kind = "T" if word.lower() in _NOUNS["titles"] else "N" if lower == "w" and len(word) > 1 else lower
        self[word] = kind
        return kind


KINDS: dict[str, str] = _Kinds({"": "q", BREAK: "¶"})
CAPITAL_KINDS: dict[str, str] = _CapitalKinds({"": "q", BREAK: "¶"})


@lru_cache(maxsize=20_000)
def is_abbreviation(word: str) -> bool:
    """Whether a full stop after the word belongs to it."""
    return word.rpartition("-")[2].casefold() in _NOUNS["abbreviated"]
