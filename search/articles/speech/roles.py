"""What the words of a role say: the offices among them, whose gender they show, whether one nameless person has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from search.articles.speech.lexicon import FEMALE_WORDS, HONORIFICS, KINDS, MALE_WORDS, PLURALS

_WORD = re.compile(r"[\w’'-]+")
_SAME_OFFICE = {
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "adviser": "aide",
    "advisor": "aide",
    "premier": "minister",
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "prof": "professor",
}
#: With what a role begins that is not held by anybody named.
ONE = frozenset(["a", "an", "one", "another"])
_ASKING = frozenset(["reporter", "journalist", "interviewer", "moderator", "host", "questioner"])
_BEHIND_OFFICES = frozenset(["of", "for", "by", "at", "from", "in", "with", "on", "to"])
_ROLES, _LONGEST_ROLE = 4096, 200  # so many are remembered: the same ones speak in article after article


def is_source(role: str) -> bool:
    """Whether a role is one nameless person's who may be meant by "he" after that: no body, and nobody who asks."""
    words, heads = words_and_heads(role)
    return words[0] in ONE and any(KINDS[head] == "r" for head in heads) and _ASKING.isdisjoint(heads)


def may_be(role: str, gender: str) -> bool:
    """Whether "he" or "she" may mean the holder of a role."""
    return gender != "n" and gender_in(words_and_heads(role)[0]) in (gender, None)


def gender_in(words: Sequence[str]) -> str | None:
    """The gender that words such as "Mrs" or "spokesman" show: "f", "m" or None."""
    if not FEMALE_WORDS.isdisjoint(words):
        return "f"
    return None if MALE_WORDS.isdisjoint(words) else "m"


def words_and_heads(role: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a role, and the offices among them: `chairman of the board` is no board."""
    return _remembered(role) if len(role) <= _LONGEST_ROLE else _looked_up(role)


def _looked_up(role: str) -> tuple[tuple[str, ...], frozenset[str]]:
    words = tuple([word.casefold() for word in _WORD.findall(role)])
    named = list(takewhile(lambda word: word not in _BEHIND_OFFICES, words))
    heads = [head for word in named if (head := office_in(word))]
    if heads and KINDS[heads[-1]] == "o" and heads[-1] == office_in(named[-1]):
        heads = heads[-1:]  # a rival's campaign is no rival
    return words, frozenset(heads)


_remembered = lru_cache(maxsize=_ROLES)(_looked_up)


def office_in(word: str) -> str | None:
    """The office that a word names, in the singular, one word for all who speak for somebody."""
    word = PLURALS.get(word, word)
    word = _SAME_OFFICE.get(word, word)
    if word in HONORIFICS:
        return None
    return word if KINDS[word] in "ro" else None
