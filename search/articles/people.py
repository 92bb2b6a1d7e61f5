"""The people and bodies of an article: names brought together, their roles and gender, and who "he" is.

A surname stands for the fullest name that the article gives, an epithet for the one whose role it repeats, a pronoun for
the last subject that it fits. What fits nobody, or several, stays unresolved.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.articles.given_names import FEMALE_NAMES, MALE_NAMES
from search.articles.lexicon import FEMALE_WORDS, HONORIFICS, KINDS, MALE_WORDS, PLURALS
from search.articles.model import Attribution
from search.articles.narrative import Narrative
from search.articles.subjects import Subject, subject_behind

_RUN = re.compile(r"[NTIL~]{2,}")
_POSSESSIVE = re.compile(r"['’]s$")
_MEMORY, _NAMESAKES = 16, 16
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_WORD = re.compile(r"[\w’'-]+")
_SPOKEN = {
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "adviser": "aide",
    "advisor": "aide",
    "premier": "minister",
}
_TITLE_HEADS = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "prof": "professor"}


@dataclass(slots=True, eq=False)
class Person:
    """Somebody, or a body, that the article names."""

    name: str
    words: tuple[str, ...]
    first: int
    gender: str | None = None
    role: str | None = None
    heads: set[str] = field(default_factory=set)
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """Who said something: the person or the role in the article's words, and how that is known."""

    speaker: str | None
    role: str | None
    attribution: Attribution
    person: Person | None = None


NOBODY = Voice(None, None, "none")


class People:
    """The named people of one narrative, and the thread of who was spoken of last."""

    def __init__(self, n: Narrative) -> None:
        self._n = n
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._by_head: dict[str, list[Person]] = {}
        self._thread: deque[Person] = deque(maxlen=_MEMORY)
        titles = _title_tokens(n)
        for words, first, start in _runs(n):
            if first not in titles:
                self._enter(words, first, start)

    def voice(self, subject: Subject) -> Voice:
        """Who a subject is; remembers them for the pronouns that follow."""
        if subject.kind == "pronoun":
            return self._pronoun(subject)
        if subject.kind == "role":
            return self._epithet(subject)
        return self._named(subject)

    def _enter(self, words: tuple[str, ...], first: int, start: int) -> None:
        bare = _bare(words)
        if len(bare) < 2:
            return
        surname = bare[-1].casefold()
        for person in self._by_surname.get(surname, ()):
            if _same(person.words, bare):
                if len(bare) > len(person.words):
                    person.words, person.name = bare, " ".join(words)
                person.mentions += 1
                break
        else:
            person = Person(" ".join(words), bare, first, _gender_of(bare[0]), mentions=1)
            _file(self._by_surname, surname, person)
            _file(self._by_given, bare[0].casefold(), person)
        if person.role is None:
            self._introduce(person, first, start)

    def _introduce(self, person: Person, first: int, start: int) -> None:
        """The role and gender that stand beside a full name."""
        n = self._n
        title = n.words[first - 1 - (n.kinds[first - 1] == "~")].lower() if first > 1 else ""
        person.gender = person.gender or _gender_in([title])
        found = subject_behind(n, start, min(len(n.kinds), first + 40))
        if found and found.kind == "name" and found.role:
            self._hold(person, found.role)

    def _hold(self, person: Person, role: str) -> None:
        words = [word.casefold() for word in _WORD.findall(role)]
        person.role = person.role or role
        for head in {head for word in words if (head := _head(word))} - person.heads:
            person.heads.add(head)
            _file(self._by_head, head, person)
        person.gender = person.gender or _gender_in(words)

    def _named(self, subject: Subject) -> Voice:
        n = self._n
        first, last = subject.name or (subject.first, subject.last)
        while last > first and n.kinds[last] == "~" and n.words[last] != ".":
            last -= 1
        name = _POSSESSIVE.sub("", n.phrase(first, last))
        words = tuple(_POSSESSIVE.sub("", n.words[i]) for i in range(first, last + 1) if n.kinds[i] != "~")
        title = n.words[first - 1 - (n.kinds[first - 1] == "~")].lower() if first > 0 else ""
        gender = _gender_in([title])
        person = self._find(_bare(words), gender, first)
        if person is None:
            person = Person(name, _bare(words), first, gender)
            _file(self._by_surname, person.words[-1].casefold(), person)
        person.gender = person.gender or gender
        if subject.role:
            self._hold(person, subject.role)
        self._thread.append(person)
        return Voice(person.name, person.role, "named", person)

    def _find(self, words: tuple[str, ...], gender: str | None, first: int) -> Person | None:
        key = words[-1].casefold()
        found = [p for p in self._by_surname.get(key, ()) if len(words) == 1 or _same(p.words, words)]
        fitting = [p for p in found if gender is None or p.gender in (None, gender)]
        if not fitting and len(words) == 1:
            given = self._by_given.get(key, [])
            return given[0] if len(given) == 1 else None
        if len(fitting) > 1:
            talked = [p for p in reversed(self._thread) if p in fitting]
            return talked[0] if talked else min(fitting, key=lambda p: (-p.mentions, p.first))
        return fitting[0] if fitting else None

    def _epithet(self, subject: Subject) -> Voice:
        role = subject.role or ""
        words = [word.casefold() for word in _WORD.findall(role)]
        person = None if subject.plural or words[:1] in (["a"], ["an"], ["one"], ["another"]) else self._holder(words)
        if person:
            self._thread.append(person)
            return Voice(person.name, person.role, "role", person)
        return Voice(None, role, "role")

    def _holder(self, words: list[str]) -> Person | None:
        heads = {head for word in words if (head := _head(word))}
        if not heads or len(words) > 5:
            return None
        people = list(dict.fromkeys(p for head in heads for p in self._by_head.get(head, ())))
        if len(people) > 1:
            talked = [p for p in self._thread if p in people]
            best = [p for p in people if p.role and set(words) & set(p.role.casefold().split()) - heads]
            people = best if len(best) == 1 else talked[-1:] if len(set(map(id, talked))) == 1 else []
        return people[0] if len(people) == 1 else None

    def _pronoun(self, subject: Subject) -> Voice:
        word = self._n.words[subject.first].lower()
        gender = {"he": "m", "him": "m", "he's": "m", "his": "m", "she": "f", "her": "f", "she's": "f"}.get(word)
        if gender is None:
            return Voice(None, None, "pronoun")
        for person in reversed(self._thread):
            if person.gender == gender or person.gender is None:
                person.gender = gender
                self._thread.append(person)
                return Voice(person.name, person.role, "pronoun", person)
        return Voice(None, None, "pronoun")


def _file(index: dict[str, list[Person]], key: str, person: Person) -> None:
    people = index.setdefault(key, [])
    if len(people) < _NAMESAKES:
        people.append(person)


def _runs(n: Narrative) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Each run of a name: its words, its first token, and where the noun phrase with its title begins."""
    for match in _RUN.finditer(n.kinds):
        start, end = match.span()
        first = n.kinds.rfind("T", start, end - 1) + 1 or start
        while first < end and n.kinds[first] == "~":
            first += 1
        while end > first and n.kinds[end - 1] == "L":
            end -= 1
        if not 2 <= end - first <= 6:
            continue
        back = start
        while back > 0 and start - back < 4 and n.kinds[back - 1] in "wroSsN":
            back -= 1
        words = tuple(
            n.words[i] + ("." if n.kinds[i + 1 : i + 2] == "~" else "") for i in range(first, end) if n.kinds[i] != "~"
        )
        yield words, first, back if "r" in n.kinds[back:start] else start


def _title_tokens(n: Narrative) -> set[int]:
    """Tokens of headlines set in capitals, where a verb looks like part of a name."""
    found: set[int] = set()
    for first, high in n.sentences:
        kinds = n.kinds[first:high]
        capitals = kinds.count("N") + kinds.count("T")
        if capitals > 4 and capitals > 0.6 * sum(map(str.isalpha, kinds)) and kinds.strip("NT~I"):
            found.update(range(first, high))
    return found


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and words[-1].casefold() in _SUFFIXES:
        words = words[:-1]
    return words


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return a[-1].casefold() == b[-1].casefold() and a[0].casefold() == b[0].casefold()


def _gender_of(given: str) -> str | None:
    lower = given.casefold()
    return "m" if lower in MALE_NAMES else "f" if lower in FEMALE_NAMES else None


def _gender_in(words: list[str]) -> str | None:
    if any(word in FEMALE_WORDS for word in words):
        return "f"
    return "m" if any(word in MALE_WORDS for word in words) else None


def _head(word: str) -> str | None:
    word = _TITLE_HEADS.get(word, word)
    word = _SPOKEN.get(PLURALS.get(word, word), PLURALS.get(word, word))
    return word if word not in HONORIFICS and KINDS.get(word) in ("r",) or word.endswith("-year-old") else None
