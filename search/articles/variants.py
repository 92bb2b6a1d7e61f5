"""Which names of an archive are one speaker's: the rule by which spelling variants come together.

Names of one word and names that `aliases.toml` settles stay as they are. Two names are *alike* where their first and
last words are written alike and nothing between them, nor a Jr. or II at the end, speaks against it. Words are written
alike

    exactly    but for case, accents, apostrophes and hyphens: José, Jose
    by sound   but for how another alphabet is rendered: Dmitry, Dmitri, Dmitrii; Sergey, Sergei; Alexander, Aleksandr;
               Yevgeny, Evgeny; Mikhail, Mihail; Schukin, Shukin
    in short   where one is the initial of the other: J., Joan

and a middle name or initial may be missing from one of them. Alike is not the same, so the archive has to say so:

1. Names alike exactly in all of their words are brought together at once. Where it is by sound, both must be given some
   role in common, or no other first name goes with that surname and their roles, where both have any, share a word.
2. A middle name more or less needs a *witness*: a role of two words or more that both are given ("energy minister"), or
   any role that both are given where no other first name goes with that surname in the archive.
3. A first name in short needs a role of two words or more that both are given, and one full name alone that fits.
4. Two middle names that can't be one person's (Ada B. Morn, Ada K. Morn) keep the name without any apart from both.
5. Names that one article gives to two speakers are never brought together, nor is anything else through them.

The strongest pairs are brought together first; a name comes to others only where rule 5 holds for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from search.articles.identity import folded
from search.articles.speech.lexicon import PARTICLES, SUFFIXES

_RENDERINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^ye", "e"),
        (r"x", "ks"),
        (r"ksand[e]?r$", "ksandr"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"shch|sch", "sh"),
        (r"tz|tc", "ts"),
        (r"[iy]+[aey]*[iyj]$|[iy]$", "i"),
        (r"(?<=[aeou])[yj]", "i"),
        (r"(?<=[^aeiou])(?:y|j|i)(?=[aeou])", "i"),
        (r"([^aeiou])\1+", r"\1"),
    )
)
_NEVER_MISSING = PARTICLES | frozenset(("of", "for", "and", "the", "on", "in"))
_NO_WITNESS = frozenset(("the", "a", "an", "former", "then", "of", "and", "late", "acting"))

#: How much speaks for a pair: the lower, the stronger. A pair that nothing speaks for has None.
Strength = int


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive knows of a name: the roles in which it is quoted."""

    name: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name in parts, folded: `first` and `last` words, `middle` ones, and a suffix or ""."""

    first: str
    middle: tuple[str, ...]
    last: str
    suffix: str


def block(name: str) -> str | None:
    """What all names share that could be brought together with this one; None for a name of one word."""
    parts = _parts(name)
    return f"{_sound(parts.last)} {_sound(parts.first)[0]}" if parts else None


def together(known: Iterable[Known], apart: Collection[frozenset[str]] = ()) -> list[tuple[str, ...]]:
    """The groups of two and more names that are one speaker's, out of the names of one `block`.

    `apart` holds pairs of names that one article gives to two speakers.
    """
    names = {one.name: one for one in known if _parts(one.name)}
    groups = {name: {name} for name in names}
    for _, one, other in sorted(_pairs(list(names.values()))):
        merged = groups[one] | groups[other]
        if not any(frozenset(pair) in apart for pair in combinations(merged, 2)):
            for name in merged:
                groups[name] = merged
    found = {id(group): tuple(sorted(group)) for group in groups.values() if len(group) > 1}
    return sorted(found.values())


def shown(names: Iterable[str], quotes: Callable[[str], int]) -> str:
    """The name to show for a group: the one quoted most, then the fullest, then the first in the alphabet."""
    return min(names, key=lambda name: (-quotes(name), -len(name), name))


def _pairs(known: list[Known]) -> Iterator[tuple[Strength, str, str]]:
    rivals = _Rivals(known)
    for one, other in combinations(known, 2):
        strength = _strength(one, other, rivals)
        if strength is not None:
            yield strength, min(one.name, other.name), max(one.name, other.name)


class _Rivals:
    """The names that could be meant as well, which is what makes a likeness weak."""

    def __init__(self, known: list[Known]) -> None:
        self._parts = [parts for one in known if (parts := _parts(one.name))]

    def middles_agree(self, parts: _Parts) -> bool:
        """Whether all middle names that go with this first and last name can be one person's."""
        found = {other.middle for other in self._parts if _whole_alike(parts, other) and other.middle}
        return all(_middle_alike(one, other) for one, other in combinations(found, 2))

    def alone(self, parts: _Parts) -> bool:
        """Whether no other first name goes with this surname."""
        return all(_in_short(parts.first, other.first) for other in self._parts if _alike(parts.last, other.last))

    def one_fits(self, short: _Parts) -> bool:
        """Whether a first name in short can stand for one first name alone."""
        found = {
            _sound(other.first)
            for other in self._parts
            if len(other.first) > 1 and _alike(short.last, other.last) and other.first[0] == short.first
        }
        return len(found) == 1


def _strength(one: Known, other: Known, rivals: _Rivals) -> Strength | None:
    first, second = _parts(one.name), _parts(other.name)
    if not (first and second and first.suffix == second.suffix and _alike(first.last, second.last)):
        return None
    if not (_in_short(first.first, second.first) and _middle_alike(first.middle, second.middle)):
        return None
    if not _alike(first.first, second.first):
        short = min(first, second, key=lambda parts: len(parts.first))
        return 4 if rivals.one_fits(short) and _witnessed(one, other, 2) else None
    if len(first.middle) == len(second.middle) and all(map(_alike, first.middle, second.middle)):
        if first == second:
            return 0
        return 1 if _witnessed(one, other, 1) or (rivals.alone(first) and not _at_odds(one, other)) else None
    if not rivals.middles_agree(first):
        return None
    if _witnessed(one, other, 2):
        return 2
    return 3 if rivals.alone(first) and _witnessed(one, other, 1) else None


def _witnessed(one: Known, other: Known, words: int) -> bool:
    """Whether both are given a role of that many words; "energy minister" is also an "Arlen energy minister"."""
    first, second = ({_role(role) for role in known.roles} for known in (one, other))
    shared = (min(a, b, key=len) for a in first for b in second if a <= b or a >= b)
    return any(len(role) >= words for role in shared)


def _at_odds(one: Known, other: Known) -> bool:
    """Whether both are given roles, and not one word in common."""
    first, second = (frozenset().union(*map(_role, known.roles)) for known in (one, other))
    return bool(first and second) and not first & second


@lru_cache(maxsize=4096)
def _role(role: str) -> frozenset[str]:
    return frozenset(folded(role).split()) - _NO_WITNESS


@lru_cache(maxsize=65_536)
def _parts(name: str) -> _Parts | None:
    words = folded(name.replace("'", "").replace("-", "")).split()
    suffix = words.pop() if len(words) > 2 and words[-1] in SUFFIXES else ""
    return _Parts(words[0], tuple(words[1:-1]), words[-1], suffix) if len(words) > 1 else None


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    for pattern, plain in _RENDERINGS:
        word = pattern.sub(plain, word)
    return word


def _alike(one: str, other: str) -> bool:
    """Written alike, exactly or by sound; initials are not enough to hear anything."""
    return one == other or (len(one) > 1 and len(other) > 1 and _sound(one) == _sound(other))


def _in_short(one: str, other: str) -> bool:
    return _alike(one, other) or (1 in (len(one), len(other)) and one[0] == other[0])


def _whole_alike(one: _Parts, other: _Parts) -> bool:
    return _alike(one.first, other.first) and _alike(one.last, other.last) and one.suffix == other.suffix


def _middle_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Middle names that can be one person's: the same, in short, or missing; small words are not missing."""
    if not one or not other:
        return not any(word in _NEVER_MISSING for word in one or other)
    return len(one) == len(other) and all(map(_in_short, one, other))
