"""The people and bodies of an article: names brought together, their roles and gender, and who "he" is.

A surname stands for the fullest name that the article gives, an epithet for the one whose role it repeats. What fits
nobody, or several, stays unresolved.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.articles.lexicon import BODY_WORDS, FEMALE_WORDS, HONORIFICS, KINDS, MALE_WORDS, PARTICLES, PLURALS
from search.articles.narrative import Narrative
from search.articles.phrases import Subject, undetermined
from search.articles.subjects import subject_behind
from search.articles.words import WORDS

_GENDERS = {name: gender[0] for gender, names in WORDS["given_names"].items() for name in names}
_RUN = re.compile(r"[NTIL~]{2,}")
_AGE = re.compile(r",0(?=[,.;)])")
_ROLE_BEFORE = re.compile(r"(?<![wroNS])([dS][awroNSs0]{0,5}r),$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
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
_NAMESAKES = 16
_INTRODUCTIONS = 3
_LONGEST_NAME = 6
_EPITHET_WORDS = 6


@dataclass(slots=True, eq=False)
class Person:
    """Somebody, or a body, that the article names. `heads` are the offices by which an epithet may mean them."""

    name: str
    words: tuple[str, ...]
    body: bool = False
    gender: str | None = None
    role: str | None = None
    heads: set[str] = field(default_factory=set)
    mentions: int = 1
    spoke: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)

    def fits(self, gender: str) -> bool:
        """Whether a pronoun of that gender can mean them; "n" is for bodies."""
        if gender == "n":
            return self.body
        if self.body or self.gender not in (gender, None):
            return False
        return self.gender is not None or len(self.words) > 1 or bool(self.heads) or self.spoke


class People:
    """The people and bodies that one narrative names, found by surname, given name or office."""

    def __init__(self, n: Narrative) -> None:
        self._n = n
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._by_head: dict[str, list[Person]] = {}
        self._unsettled: list[Person] = []
        titles = _headline_tokens(n)
        for words, first, last, start in _runs(n):
            if first not in titles:
                self._enter(words, first, last, start)

    def named(self, subject: Subject, recent: deque[Person]) -> Person:
        """Whom a name stands for; a name met for the first time is entered."""
        n = self._n
        first, last = subject.name or (subject.first, subject.last)
        while last > first and n.kinds[last] == "~" and n.words[last] != ".":
            last -= 1
        words = tuple(_POSSESSIVE.sub("", n.words[i]) for i in range(first, last + 1) if n.kinds[i] != "~")
        bare = _bare(words)
        gender = _gender_in([_word_before(n, first)])
        person = self._find(bare, gender, recent)
        if person is None:
            person = Person(_name(n, first, last), bare, _is_body(n, bare, first), gender)
            _file(self._by_surname, _surname(bare), person)
            self._office_of_body(person)
        person.gender = person.gender or gender
        self._settle(person)
        if subject.role:
            self._hold(person, subject.role)
        return person

    def holder(self, role: str, recent: deque[Person]) -> Person | None:
        """The one person who holds the office that an epithet names, if the article shows one."""
        words = [word.casefold() for word in _WORD.findall(role)]
        heads = {head for word in words if (head := _head(word))}
        if not heads or len(words) > _EPITHET_WORDS or words[0] in ("a", "an", "one", "another"):
            return None
        while self._unsettled:
            self._settle(self._unsettled.pop())
        people = list(dict.fromkeys(p for head in heads for p in self._by_head.get(head, ())))
        if len(people) > 1:
            if recent and recent[-1] in people:
                return recent[-1]
            alike = [p for p in people if p.role and set(words) & set(p.role.casefold().split()) - heads]
            talked = [p for p in recent if p in people]
            people = alike if len(alike) == 1 else list(dict.fromkeys(talked))
        return people[0] if len(people) == 1 else None

    def _enter(self, words: tuple[str, ...], first: int, last: int, start: int) -> None:
        bare = _bare(words)
        if len(bare) < 2:
            return
        for person in self._by_surname.get(_surname(bare), ()):
            if _same(person.words, bare):
                if len(bare) > len(person.words):
                    person.words, person.name = bare, _name(self._n, first, last)
                person.mentions += 1
                break
        else:
            person = Person(_name(self._n, first, last), bare, _is_body(self._n, bare, first), _gender_of(bare[0]))
            _file(self._by_surname, _surname(bare), person)
            _file(self._by_given, bare[0].casefold(), person)
            self._office_of_body(person)
        if person.mentions < _INTRODUCTIONS and not person.body:
            person.places.append((first, start))
            self._unsettled.append(person)

    def _settle(self, person: Person) -> None:
        """Reads what stands beside a person's full names, once it is asked for."""
        for first, start in person.places:
            if person.role is None:
                self._introduce(person, first, start)
        person.places.clear()

    def _introduce(self, person: Person, first: int, start: int) -> None:
        """The role, age and gender that stand beside a full name."""
        n = self._n
        person.gender = person.gender or _gender_in([_word_before(n, first)])
        found = subject_behind(n, start, min(len(n.kinds), first + 40))
        before = _ROLE_BEFORE.search(n.kinds, max(0, first - 8), first)
        if found and found.kind == "name" and found.role:
            self._hold(person, found.role)
        elif before:
            self._hold(person, undetermined(n.phrase(before.start(1), before.end(1) - 1)) or "")
        age = _AGE.match(n.kinds, first + len(person.words))
        if age:
            self._file_head(person, f"{n.words[age.end() - 1]}-year-old")

    def _hold(self, person: Person, role: str) -> None:
        words = [word.casefold() for word in _WORD.findall(role)]
        person.role = person.role or _spaced(role)
        person.gender = person.gender or _gender_in(words)
        for word in words:
            head = _head(word)
            if head:
                self._file_head(person, head)

    def _office_of_body(self, person: Person) -> None:
        if person.body:
            self._file_head(person, person.words[-1].casefold())

    def _file_head(self, person: Person, head: str) -> None:
        if head not in person.heads:
            person.heads.add(head)
            _file(self._by_head, head, person)

    def _find(self, words: tuple[str, ...], gender: str | None, recent: deque[Person]) -> Person | None:
        key = _surname(words)
        found = [p for p in self._by_surname.get(key, ()) if len(words) == 1 or _same(p.words, words)]
        fitting = [p for p in found if gender is None or p.gender in (None, gender)]
        shown = [p for p in fitting if gender and p.gender == gender]
        fitting = shown or fitting
        if not fitting and len(words) == 1:
            given = self._by_given.get(key, [])
            return given[0] if len(given) == 1 else None
        if len(fitting) > 1:
            talked = [p for p in reversed(recent) if p in fitting]
            return talked[0] if talked else max(fitting, key=lambda p: p.mentions)
        return fitting[0] if fitting else None


def _file(index: dict[str, list[Person]], key: str, person: Person) -> None:
    people = index.setdefault(key, [])
    if len(people) < _NAMESAKES:
        people.append(person)


def _runs(n: Narrative) -> Iterator[tuple[tuple[str, ...], int, int, int]]:
    """Each name of several words: its words, its first token, and where the noun phrase with its title begins."""
    for match in _RUN.finditer(n.kinds):
        start, end = match.span()
        first = n.kinds.rfind("T", start, end - 1) + 1 or start
        while first < end and n.kinds[first] == "~":
            first += 1
        while end > first and n.kinds[end - 1] == "L":
            end -= 1
        if not 2 <= end - first <= _LONGEST_NAME:
            continue
        back = start
        while back > 0 and start - back < 4 and n.kinds[back - 1] in "wroSsN":
            back -= 1
        words = tuple(_words(n, first, end))
        if not n.capitals and all(len(word) > 3 and word.isupper() for word in words):
            continue
        yield words, first, end - 1, back if "r" in n.kinds[back:start] else start


def _words(n: Narrative, first: int, end: int) -> Iterator[str]:
    for token in range(first, end):
        if n.kinds[token] != "~":
            yield n.words[token] + (
                "." if n.words[token + 1 : token + 2] == ["."] and n.kinds[token + 1] == "~" else ""
            )


def _headline_tokens(n: Narrative) -> set[int]:
    """Tokens of headlines set in capitals, where a verb looks like part of a name."""
    found: set[int] = set()
    if n.capitals:
        return found
    for first, high in n.sentences:
        kinds = n.kinds[first:high]
        capitals = kinds.count("N") + kinds.count("T")
        if capitals > 4 and capitals > 0.6 * sum(map(str.isalpha, kinds)) and kinds.strip("NT~I"):
            found.update(range(first, high))
    return found


def _word_before(n: Narrative, first: int) -> str:
    """The title before a name, its full stop left out."""
    return n.words[first - 1 - (n.kinds[first - 1] == "~")].lower() if first > 1 else ""


def _is_body(n: Narrative, words: tuple[str, ...], first: int) -> bool:
    """Whether a name shows that it is no person's: "the …", "… Ministry", "WHO"."""
    if first > 0 and n.words[first - 1].lower() == "the":
        return True
    return any(word.casefold() in BODY_WORDS for word in words) or (
        len(words) == 1 and words[0].isupper() and not n.capitals
    )


def _name(n: Narrative, first: int, last: int) -> str:
    return _POSSESSIVE.sub("", _spaced(n.phrase(first, last)))


def _spaced(text: str) -> str:
    """A phrase without the line breaks of its paragraph, apostrophes straight, so that one name is one string."""
    return " ".join(text.split()).replace("’", "'")


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words without suffixes, and a surname without its particles: `van der Aal` is `Aal`."""
    while len(words) > 1 and words[-1].casefold() in _SUFFIXES:
        words = words[:-1]
    while len(words) > 1 and words[0].casefold() in PARTICLES:
        words = words[1:]
    return words


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names with one surname are one person's: the given name, or its initial, is the same too."""
    one, other = a[0].casefold().rstrip("."), b[0].casefold().rstrip(".")
    if _surname(a) != _surname(b):
        return False
    return one == other or (one[:1] == other[:1] and 1 in (len(one), len(other)))


def _surname(words: tuple[str, ...]) -> str:
    return words[-1].casefold().replace("’", "'")


def _gender_of(given: str) -> str | None:
    return _GENDERS.get(given.casefold())


def _gender_in(words: list[str]) -> str | None:
    if any(word in FEMALE_WORDS for word in words):
        return "f"
    return "m" if any(word in MALE_WORDS for word in words) else None


def _head(word: str) -> str | None:
    """The office that a word names, in the singular, one word for all who speak for somebody."""
    word = PLURALS.get(word, word)
    word = _SAME_OFFICE.get(word, word)
    if word in HONORIFICS:
        return None
    return word if KINDS[word] in "ro" else None
