"""The people and bodies of an article: names brought together, their roles and gender, and who "he" is.

A surname stands for the fullest name that the article gives, an epithet for the one whose role it repeats. What fits
nobody, or several, stays unresolved.
"""

from __future__ import annotations

import re
from collections import deque

from msgspec import Struct, field

from search.articles.speech.lexicon import KIN, KINDS
from search.articles.speech.names import (
    bare_name,
    is_body,
    is_common_body,
    name_runs,
    name_text,
    name_words,
    same_person,
    spaced,
    surname,
    word_before,
)
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject, held_of, undetermined
from search.articles.speech.roles import ONE, gender_in, office_in, words_and_heads
from search.articles.speech.subjects import subject_behind
from search.articles.speech.words import GIVEN_NAMES

_AGE = re.compile(r",0(?=[,.;)])")
_ROLE_BEFORE = re.compile(r"(?<![wroNS])([dS][awroNSs0]{0,5}r(?:Od?[Nwo~]{1,4})?),$")
_GENERAL = frozenset(["official", "leader"])
_LEADERS = frozenset(["president", "prime", "premier", "chancellor", "emir", "king", "leader"])
_DETERMINERS = frozenset(["the", "this", "that", "his", "her", "their", "its", "former"])
_NAMESAKES = 16
_INTRODUCTIONS = 3
_EPITHET_WORDS = 6
_KNOWN = 64


class Person(Struct, eq=False):
    """Somebody, or a body, that the article names. `heads` are the offices by which an epithet may mean them."""

    name: str
    words: tuple[str, ...]
    body: bool = False
    gender: str | None = None
    role: str | None = None
    heads: set[str] = field(default_factory=set)
    mentions: int = 1
    spoke: bool = False
    met: int = 0
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def fits(self, gender: str) -> bool:
        """Whether a pronoun of that gender can mean them; "n" is for bodies."""
        if gender == "n":
            return self.body
        if self.body or self.gender not in (gender, None):
            return False
        return self.gender is not None or len(self.words) > 1 or bool(self.heads) or self.spoke

    def role_for(self, epithet: str) -> str | None:
        """The role to show where an epithet means them: the one held, unless the epithet says another or says more."""
        shown = undetermined(epithet) or ""
        if self.body or self.role is None:
            return self.role
        (_, held), (_, named) = words_and_heads(self.role), words_and_heads(shown)
        more = len(self.role.split()) == 1 and len(shown.split()) > 1
        if named and named <= _GENERAL:
            return self.role
        return shown if more or not held & named else self.role


class People:
    """The people and bodies that one narrative names, found by surname, given name or office."""

    def __init__(self, n: Narrative) -> None:
        self._n = n
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._by_head: dict[str, list[Person]] = {}
        self._unsettled: list[Person] = []
        self._met: list[Person] = []
        for words, first, last, start in name_runs(n):
            self._enter(words, first, last, start)

    def named(self, subject: Subject, recent: deque[Person]) -> Person | None:
        """Whom a name stands for; a name met for the first time is entered. None for no name but "Bank"."""
        n = self._n
        first, last = subject.name or (subject.first, subject.last)
        while last > first and n.kinds[last] == "~" and n.words[last] != ".":
            last -= 1
        bare = name_words(n, first, last) or (n.words[last],)  # a company may have no other words: "3 Co"
        gender = gender_in((word_before(n, first),))
        person = self._find(bare, gender, recent)
        if person is None:
            if len(bare) == 1 and is_common_body(bare[0]):
                return self.holder(bare[0], recent)
            person = Person(name_text(n, first, last), bare, is_body(n, bare, first), gender)
            _file(self._by_surname, surname(bare), person)
            self._office_of_body(person)
        person.gender = person.gender or gender
        self._settle(person)
        if subject.role:
            self._hold(person, subject.role)
        return person

    def holder(self, role: str, recent: deque[Person]) -> Person | None:
        """The one person who holds the office that an epithet names, if the article shows one."""
        words, heads = words_and_heads(role)
        if not heads or len(words) > _EPITHET_WORDS or words[0] in ONE:
            return None
        while self._unsettled:
            self._settle(self._unsettled.pop())
        people = list(dict.fromkeys(p for head in heads for p in self._by_head.get(head, ())))
        if not heads.isdisjoint(_GENERAL):
            people = [p for p in people if not p.body] or _officials(set(words), recent)
        if len(people) > 1:
            people = self._told_apart(
                people, {word for word in words if office_in(word) is None} - _DETERMINERS, recent
            )
        return people[0] if len(people) == 1 else None

    def only(self, gender: str, token: int) -> Person | None:
        """The one person named before a token whom a pronoun of that gender can mean, if the name shows the gender."""
        fitting: list[Person] = []
        for person in self._met[:_KNOWN]:
            if person.met >= token or len(fitting) > 1:
                break
            if not person.body and person.gender in (gender, None):
                fitting.append(person)
        return fitting[0] if len(fitting) == 1 and fitting[0].gender else None

    def _told_apart(self, people: list[Person], modifiers: set[str], recent: deque[Person]) -> list[Person]:
        """Those of several holders whom the epithet's other words name, or else the one who has just spoken."""
        alike = [p for p in people if p.role and modifiers & set(p.role.casefold().split())]
        if modifiers:
            return alike
        if recent and recent[-1] in people:
            return [recent[-1]]
        return list(dict.fromkeys(p for p in recent if p in people))

    def _enter(self, words: tuple[str, ...], first: int, last: int, start: int) -> None:
        bare = bare_name(words)
        if len(bare) < 2:
            return
        for person in self._by_surname.get(surname(bare), ()):
            if same_person(person.words, bare):
                if len(bare) > len(person.words):
                    person.words, person.name = bare, name_text(self._n, first, last)
                person.mentions += 1
                break
        else:
            person = Person(name_text(self._n, first, last), bare, is_body(self._n, bare, first), _gender_of(bare[0]))
            _file(self._by_surname, surname(bare), person)
            _file(self._by_given, bare[0].casefold(), person)
            person.met = first
            self._met.append(person)
            self._office_of_body(person)
        if person.mentions < _INTRODUCTIONS and not person.body:
            person.places.append((first, last, start))
            self._unsettled.append(person)

    def _settle(self, person: Person) -> None:
        """Reads what stands beside a person's full names, once it is asked for."""
        for first, last, start in person.places:
            if person.role is None and self._introduced(first, last, start):
                self._introduce(person, first, start)
        person.places.clear()

    def _introduced(self, first: int, last: int, start: int) -> bool:
        """Whether anything but the rest of a sentence stands beside a name."""
        kinds = self._n.kinds
        return start < first or kinds[first - 1 : first] in ("~", ",", "T") or kinds[last + 1 : last + 2] == ","

    def _introduce(self, person: Person, first: int, start: int) -> None:
        """The role, age and gender that stand beside a full name."""
        n = self._n
        person.gender = person.gender or gender_in((word_before(n, first),))
        joined = self._joined(start)
        found = subject_behind(n, start, min(len(n.kinds), first + 40))
        before = _ROLE_BEFORE.search(n.kinds, max(0, first - 13), first) if n.kinds[first - 1 : first] == "," else None
        if found and found.name and found.name[0] <= first <= found.name[1] and found.role:
            self._hold(person, n.phrase(joined, start - 1) + " " + found.role if joined < start else found.role)
        elif before:
            self._hold(person, undetermined(n.phrase(before.start(1), before.end(1) - 1)) or "")
        age = _AGE.match(n.kinds, first + len(person.words))
        if age:
            self._file_head(person, f"{n.words[age.end() - 1]}-year-old")

    def _joined(self, start: int) -> int:
        """Where an office of two parts begins, `Ways and Means chairman Doe`, unless the first is somebody else."""
        n, first = self._n, start - 2
        if first >= 0 and held_of(n, start - 1, start):
            while first > 0 and n.kinds[first - 1] == "N":
                first -= 1
            return first
        if first < 0 or n.kinds[first : start + 1] != "NCN":
            return start
        if n.kinds[first - 1 : first] == "N":
            return start if n.words[first - 1].casefold() in GIVEN_NAMES else first - 1
        known = self._by_surname.get(n.words[first].casefold(), ())
        somebody = any(p.mentions > 1 or p.spoke or p.words[0].casefold() in GIVEN_NAMES for p in known)
        return start if somebody else first

    def _hold(self, person: Person, role: str) -> None:
        words, heads = words_and_heads(role)
        if role.casefold() not in KIN:
            person.role = person.role or spaced(role)
        person.gender = person.gender or gender_in(words)
        for head in heads:
            if person.body or KINDS[head] == "r":  # a campaign's spokesman is not the campaign
                self._file_head(person, head)

    def _office_of_body(self, person: Person) -> None:
        if person.body:
            head = person.words.index("of") - 1 if "of" in person.words[1:] else -1
            self._file_head(person, person.words[head].casefold())

    def _file_head(self, person: Person, head: str) -> None:
        if head not in person.heads:
            person.heads.add(head)
            _file(self._by_head, head, person)

    def _find(self, words: tuple[str, ...], gender: str | None, recent: deque[Person]) -> Person | None:
        key = surname(words)
        found = [p for p in self._by_surname.get(key, ()) if len(words) == 1 or same_person(p.words, words)]
        fitting = found
        if gender:
            fitting = [p for p in found if p.gender == gender] or [p for p in found if p.gender is None]
        if not fitting and len(words) == 1:
            given = self._by_given.get(key, [])
            return given[0] if len(given) == 1 else None
        if len(fitting) > 1:
            talked = [p for p in reversed(recent) if p in fitting]
            return talked[0] if talked else max(fitting, key=lambda p: p.mentions)
        return fitting[0] if fitting else None


def _officials(epithet: set[str], recent: deque[Person]) -> list[Person]:
    """Who has spoken with an office of the body or country that an epithet names: `the Palace official`."""
    said = epithet - _GENERAL - _DETERMINERS
    held = ((p, set(p.role.casefold().split())) for p in dict.fromkeys(recent) if p.role)
    return [p for p, role in held if said and said <= role and ("leader" not in epithet or role & _LEADERS)]


def _file(index: dict[str, list[Person]], key: str, person: Person) -> None:
    people = index.setdefault(key, [])
    if len(people) < _NAMESAKES:
        people.append(person)


def _gender_of(given: str) -> str | None:
    return GIVEN_NAMES.get(given.casefold())
