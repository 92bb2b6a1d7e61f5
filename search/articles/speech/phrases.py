"""Noun phrases: the name in them, the role in them, or neither.

Runs of words are told apart by what stands last and what governs it: `Jane Doe of Ohio` is a person, `Bank of
England` a body, `a spokesman for the bank` a role, `finance minister Jane Doe` a person with a role.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from search.articles.speech.lexicon import (
    BODY_ENDINGS,
    COLLECTIVES,
    DEGREES,
    DEMONYMS,
    HONORIFICS,
    KINDS,
    OFFICES,
    PLURALS,
    QUANTITIES,
)
from search.articles.speech.narrative import Narrative
from search.articles.speech.words import GIVEN_NAMES

SubjectKind = Literal["name", "role", "pronoun"]

_NAME = "NTIL~"
_LONGEST = 24
_NAMING = re.compile("[NI]")
_TITLED = re.compile("[roT]")
_JOINT_OFFICE = re.compile(r"d?N{1,2}CN{1,3}[rT](?=[NI])")
_ARTICLE = re.compile(r"^(?:the|an?|one|its|his|her|their)\s+", re.IGNORECASE)
_WITHIN_NAMES = frozenset(["of", "for", "on"])


class Subject(Struct, frozen=True):
    """Who a verb belongs to: tokens `first` to `last`; the name's own tokens; the role's words, as written."""

    kind: SubjectKind
    first: int
    last: int
    name: tuple[int, int] | None = None
    role: str | None = None
    plural: bool = False


def phrase(n: Narrative, first: int, last: int) -> Subject | None:
    """The noun phrase of tokens `first` to `last`, or None where they are none."""
    kinds = n.kinds
    first = _lead(kinds, first, last)
    if first > last or last - first > _LONGEST:
        return None
    if kinds[first : last + 1] == "p":
        return Subject("pronoun", first, last)
    run = last + 1
    while run > first and kinds[run - 1] in _NAME:
        run -= 1
    while run < last and kinds[run] == "~":
        run += 1
    if _NAMING.search(kinds, run, last + 1):
        return _named(n, first, run, last)
    if kinds[first] in "dS" or kinds[last] in "TS0" or _TITLED.search(kinds, first, last + 1):
        return _role(n, first, last)
    return None


def held_of(n: Narrative, preposition: int, run: int) -> bool:
    """Whether a body's name goes on behind a preposition, up to who holds an office of it: `Bank of Arlen Governor`."""
    body = n.words[preposition - 1]
    if n.kinds[preposition] != "O" or n.kinds[preposition - 1] not in "No" or not body[:1].isupper():
        return False
    return n.words[preposition].lower() in _WITHIN_NAMES and n.kinds[run] == "N"


def possessor(n: Narrative, first: int, last: int) -> Subject:
    """Whose the words behind a possessive are: `Mr. Doe's`, `President Jane Doe's`, `the President's`."""
    name = n.kinds.rfind("T", first, last) + 1 or first
    while name < last and n.kinds[name] == "~":
        name += 1
    if name == last and KINDS[n.words[last][:-2].casefold()] == "r":
        return replace(_role(n, first, last), role=n.phrase(first, last)[:-2])
    return Subject("name", first, last, (name, last), _role_between(n, first, name - 1))


def joint_office(n: Narrative, first: int, high: int) -> int:
    """Where the name behind an office of two parts begins, `Trade and Industry Secretary Doe`, or else `first`."""
    joint = _JOINT_OFFICE.match(n.kinds, first, high)
    return joint.end() if joint and n.words[first].casefold() not in GIVEN_NAMES else first


def speaks(n: Narrative, subject: Subject) -> bool:
    """Whether the head noun names people or a body: a survey says something, a decline does not."""
    preposition = n.kinds.find("O", subject.first, subject.last)
    head = preposition - 1 if preposition > subject.first else subject.last
    return n.kinds[head] in "roTNS"


def undetermined(role: str | None) -> str | None:
    """A role without its article or possessive."""
    return _ARTICLE.sub("", role) if role else role


def _lead(kinds: str, first: int, last: int) -> int:
    while first <= last and kinds[first] in "CWaD~0-":
        first += 1
    if first < last and kinds[first] == "O":
        behind = first + 1
        while behind <= last and kinds[behind] in "D0":
            behind += 1
        if behind == first + 1:
            later = [i for i in range(first + 2, last + 1) if kinds[i] == "d" and kinds[i - 1] not in "OC"]
            if later:
                return later[-1]
            behind += kinds[behind] == "d"
            while behind < last and kinds[behind] in "woD0":
                behind += 1
        first = behind
    return first


def _named(n: Narrative, first: int, run: int, last: int) -> Subject | None:
    """A phrase that ends in a run of capitalised words: the person, or the tail of what the head noun is about."""
    kinds = n.kinds
    if run == last and kinds[first] == "d" and n.words[last].lower() in DEMONYMS:
        return _role(n, first, last)
    company = _company(n, first, run, last)
    joined = run - 2 >= first and kinds[run - 1] == "C" and kinds[run - 2] in _NAME + "ro"
    joined = joined and joint_office(n, first, last) <= run
    if joined and company in (None, run):
        return Subject("role", first, last, role=n.phrase(first, last), plural=True)
    preposition = kinds.find("O", first, run)
    title = kinds.rfind("T", run, last)
    if preposition >= 0 and kinds[run - 1] not in "rT":
        if title > run and held_of(n, preposition, run):
            return _held(n, first, title, last)
        return _headed(n, first, preposition, last)
    if kinds[last] == "T" and (n.words[last].lower() in OFFICES or n.words[last].lower() in PLURALS):
        return _role(n, first, last)
    if company is not None:
        return Subject("name", first, last, (company, last), _role_between(n, first, company - 1))
    name = title + 1 if title >= 0 and _NAMING.search(kinds, title + 1, last + 1) else run
    while name < last and kinds[name] == "~":
        name += 1
    end = last
    while end > name and n.words[end] in DEGREES:
        end -= 1
    return Subject("name", first, last, (name, end), _role_between(n, first, name - 1))


_NO_NAMES = frozenset({"the", "a", "an", "this", "that", "its", "their"})


def _company(n: Narrative, first: int, run: int, last: int) -> int | None:
    """Where the name of a company or another body begins, None for other names: `Pool and Reed's Motors Corp`."""
    kinds = n.kinds
    if n.words[last].lower() not in BODY_ENDINGS:
        return None
    while run > first and kinds[run - 1] in "SC" and _unnamed(n, run, last):
        run -= 1
        while run > first and kinds[run - 1] in _NAME:
            run -= 1
    while (before := _before_company(n, run, last)) is not None:
        run = before
    return run


def _before_company(n: Narrative, run: int, last: int) -> int | None:
    """Where a company's name goes on to the left, over words that are names only there: "Banc One Corp"."""
    initials = run > 1 and n.words[run - 1] == "." and n.words[run - 2].isupper()
    at = run - 2 if initials else run - 1
    initial = n.words[at][:1] if at >= 0 else ""
    if n.words[at].lower() in _NO_NAMES or not (initial.isupper() or initial.isdigit()):
        return None
    inside = at > 0 and n.kinds[at] == "a" and n.kinds[at - 1] == "N"
    alike = n.kinds[at] in "Nwo0B" and "-" not in n.words[at]
    return at if initials or inside or alike or _unnamed(n, run, last) else None


def _unnamed(n: Narrative, first: int, last: int) -> bool:
    """Whether words that end a company's name are no name by themselves: "Stores Inc"."""
    return all(n.kinds[at] in "TCS~" or n.words[at].lower() in BODY_ENDINGS for at in range(first, last + 1))


def _held(n: Narrative, first: int, title: int, last: int) -> Subject:
    """`Bank of Arlen Governor Jane Doe`: the person who holds an office of a body."""
    name = title + 1 + (n.kinds[title + 1] == "~")
    return Subject("name", first, last, (min(name, last), last), _role_between(n, first, title))


def _headed(n: Narrative, first: int, preposition: int, last: int) -> Subject | None:
    """`Jane Doe of Ohio` is a person; `Bank of England` a body; `a spokesman for the bank` a role."""
    kinds = n.kinds
    start = first + (kinds[first] == "d")
    run = start
    while run < preposition and kinds[run] in _NAME:
        run += 1
    head = kinds[start:run]
    if "r" in kinds[start:preposition] or "o" in kinds[start:preposition]:
        inner = _rear_name(n, first, preposition - 1)
        return inner or _role(n, first, last)
    if "N" not in head or run < preposition:
        found = _rear_name(n, first, run - 1) if run - 1 >= first and kinds[run - 1] in "NI" else None
        return found or _role(n, first, last)
    if start == first and (head.count("N") > 1 or "T" in head):
        found = phrase(n, first, run - 1)
        return replace(found, last=last) if found else None
    if n.words[preposition].lower() not in _WITHIN_NAMES:
        return Subject("name", first, last, (start, preposition - 1))
    return Subject("name", first, last, (start, last))


def _rear_name(n: Narrative, first: int, last: int) -> Subject | None:
    while last >= first and n.kinds[last] == "O":
        last -= 1
    if last < first or n.kinds[last] not in "NI":
        return None
    found = phrase(n, first, last)
    return found if found and found.kind == "name" else None


def _role(n: Narrative, first: int, last: int) -> Subject:
    while last > first and n.kinds[last] == "~":
        last -= 1
    return Subject("role", first, last, role=n.phrase(first, last), plural=_is_plural(n, first, last))


def _is_plural(n: Narrative, first: int, last: int) -> bool:
    """Whether the head noun, before any "of" or "for", is a plural."""
    preposition = n.kinds.find("O", first, last)
    head = n.words[preposition - 1 if preposition > first else last].lower()
    return (
        (head.endswith("s") and not head.endswith("ss")) or head in COLLECTIVES or n.words[first].lower() in QUANTITIES
    )


def _role_between(n: Narrative, first: int, last: int) -> str | None:
    """The words before a name, without the article and without "Mr."."""
    kinds = n.kinds
    while first <= last and kinds[first] in "dCaW0~":
        first += 1
    while last >= first and (kinds[last] == "~" or n.words[last].lower() in HONORIFICS):
        last -= 1
    for at in range(first, last):
        if kinds[at] == "r" and n.words[at].lower() in PLURALS:
            first = min(at + 2, last)  # `supporters include state Rep. Doe`: what stands before the verb is no role
    verbal = kinds[last] == "w" and n.words[last].endswith("s")  # in a headline: `Mayor rebuffs Doe`
    if verbal or not _TITLED.search(kinds, first, last + 1):
        return None
    end = last + 1 if last + 1 < len(kinds) and kinds[last + 1] == "~" else last
    return n.phrase(first, end)
