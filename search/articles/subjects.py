"""Noun phrases as the subjects of verbs of speaking: before the verb, behind it, with titles and appositions.

`Russian presidential spokesman Dmitry Peskov`, `Jane Doe, 44, the finance minister,`, `a spokesman for the bank`, `she`:
each becomes a `Subject` with the tokens of the name, the words of the role, or the pronoun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from search.articles.lexicon import COLLECTIVES, HONORIFICS, QUANTITIES
from search.articles.narrative import Narrative

SubjectKind = Literal["name", "role", "pronoun"]

_NAME = "NTIL~"
_STOPS = frozenset(",;:.¶Qqt()[]-WcgbBxpmnvA")
_NOUNS = frozenset("NTIL~roswS0d)")
_SEGMENTS = 7
_REACH = 60
_LONGEST = 24
_APPOSED = frozenset("dr0wOWgToRcaBSs")
_AFTER = frozenset("dNTIL~roswS0")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a verb belongs to: tokens `first` to `last`; the name's own tokens; the role's words, as written."""

    kind: SubjectKind
    first: int
    last: int
    name: tuple[int, int] | None = None
    role: str | None = None
    plural: bool = False


def subject_before(n: Narrative, token: int, low: int) -> Subject | None:
    """The subject that ends at or before `token`, looking back no further than `low`."""
    kinds = n.kinds
    low = max(low, token - _REACH)
    while token >= low and (kinds[token] in "axDn~B0" or (kinds[token] in "Od" and kinds[token + 1] in "D0")):
        token -= 1
    token = _outside(kinds, token, low)
    if token < low:
        return None
    kind = kinds[token]
    if kind == "p":
        return Subject("pronoun", token, token)
    if kind == "W" and n.words[token].lower() in ("who", "which"):
        return subject_before(n, token - 1 - (kinds[token - 1] in ",-"), low)
    if kind in ",-":
        return _apposed(n, token - 1, low)
    if kind == "C":
        return None
    if kind not in _NOUNS and not (kind == "g" and token > low and kinds[token - 1] in "Ssd"):
        return None
    start = _start(kinds, token, low)
    if start - 2 >= low and kinds[start - 1] in "gv" and kinds[start - 2] in "roN)":
        reduced = phrase(n, _start(kinds, start - 2, low), start - 2)
        if reduced:
            return reduced
    return phrase(n, start, token)


def subject_behind(n: Narrative, token: int, high: int) -> Subject | None:
    """The subject that begins at `token`, with the apposition that follows it."""
    kinds = n.kinds
    high = min(high, token + _REACH)
    while token < high and kinds[token] == "a":
        token += 1
    if token < high and kinds[token] in "pm":
        return Subject("pronoun", token, token)
    last = token
    while last < high and (
        kinds[last] in _AFTER or (kinds[last] in "vg" and (last == token or kinds[last - 1] == "d"))
    ):
        last += 1
    last -= 1
    while last >= token and kinds[last] in "-":
        last -= 1
    if last < token:
        return None
    found = phrase(n, token, last)
    if found is None:
        return None
    if found.kind == "role" or found.name == (token, last):
        found = _prolonged(n, found, high)
    return _with_apposition(n, found, high)


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
    while run <= last and kinds[run] in "~L" and run < last and kinds[run] == "~":
        run += 1
    if "N" in kinds[run : last + 1] or "I" in kinds[run : last + 1]:
        return _named(n, first, run, last)
    if (
        "T" in kinds[run : last + 1]
        or kinds[last] in "roS0"
        or kinds[first] == "d"
        or "r" in kinds[first:last]
        or "o" in kinds[first:last]
    ):
        return _titled(n, first, last)
    return None


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
    if run > first and kinds[run - 1] == "C" and run - 2 >= first and kinds[run - 2] in _NAME + "ro":
        return Subject("role", first, last, role=n.phrase(first, last), plural=True)
    preposition = kinds.find("O", first, run)
    if preposition >= 0 and kinds[run - 1] not in "rT":
        return _headed(n, first, preposition, last)
    name = run
    for token in range(run, last + 1):
        if kinds[token] == "T" and token < last and any(k in "NI" for k in kinds[token + 1 : last + 1]):
            name = token + 1
    while name < last and kinds[name] == "~":
        name += 1
    return Subject("name", first, last, (name, last), _role_between(n, first, name - 1))


def _headed(n: Narrative, first: int, preposition: int, last: int) -> Subject | None:
    """`Jane Doe of Ohio` is a person; `Bank of England` a body; `a spokesman for the bank` a role."""
    kinds = n.kinds
    start = first + (kinds[first] == "d")
    run = start
    while run < preposition and kinds[run] in _NAME:
        run += 1
    head = kinds[start:run]
    if run < preposition and kinds[run] == "O":
        pass
    elif "r" in kinds[start:preposition] or "o" in kinds[start:preposition]:
        inner = _rear_name(n, first, preposition - 1)
        return inner or Subject("role", first, last, role=n.phrase(first, last), plural=_is_plural(n, first, last))
    if "N" not in head or run < preposition:
        found = _rear_name(n, first, run - 1) if run - 1 >= first and kinds[run - 1] in "NI" else None
        return found or Subject("role", first, last, role=n.phrase(first, last), plural=_is_plural(n, first, last))
    if start == first and (head.count("N") > 1 or "T" in head):
        found = phrase(n, first, run - 1)
        return replace(found, last=last) if found else None
    return Subject("name", first, last, (start, last))


def _rear_name(n: Narrative, first: int, last: int) -> Subject | None:
    while last >= first and n.kinds[last] == "O":
        last -= 1
    if last < first or n.kinds[last] not in "NI":
        return None
    found = phrase(n, first, last)
    return found if found and found.kind == "name" else None


def _titled(n: Narrative, first: int, last: int) -> Subject:
    while last > first and n.kinds[last] in "~":
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
    if first > last or not any(kind in "roT" for kind in kinds[first : last + 1]):
        return None
    if n.words[last].lower() in HONORIFICS:
        return None
    end = last + 1 if last + 1 < len(kinds) and kinds[last + 1] == "~" else last
    return n.phrase(first, end)


def _start(kinds: str, token: int, low: int) -> int:
    """Where the noun phrase that ends at `token` begins."""
    first = token
    while first > low:
        kind = kinds[first - 1]
        if kind == ")":
            opened = _outside(kinds, first - 1, low)
            if opened == first - 1:
                break
            first = opened + 1
            continue
        if kind in _STOPS and not (
            kind in "gcv" and first - 2 >= low and kinds[first - 2] in "dC" and kinds[first] in "wroN"
        ):
            break
        first -= 1
    return first


def _outside(kinds: str, token: int, low: int) -> int:
    """The token before a parenthesis that closes at `token`."""
    if token >= low and kinds[token] in ")]":
        for opened in range(token - 1, max(low - 1, token - 14), -1):
            if kinds[opened] in "([":
                return opened - 1
    return token


def _apposed(n: Narrative, last: int, low: int) -> Subject | None:
    """The subject whose apposition ends at `last`: segments between commas, read back to the one it belongs to."""
    kinds = n.kinds
    role: str | None = None
    fallback: Subject | None = None
    for _ in range(_SEGMENTS):
        last = _outside(kinds, last, low)
        first = last
        while first > low and kinds[first - 1] not in ",;:.¶Q-":
            first -= 1
        if last < low or first > last:
            break
        segment = kinds[first : last + 1]
        if segment.strip("aD") == "" and first - 2 >= low:
            last = first - 2
            continue
        found = None if segment[0] in "Wg" else _segment(n, first, last)
        placelike = len(segment) <= 2 and segment.strip("~N") == "" and _follows_place(kinds, first, low)
        if found and found.kind == "name" and not placelike:
            return replace(found, role=found.role or role or _role_before(n, first, low))
        if found and found.kind == "pronoun":
            return found
        if found and segment[0] in "drosTw" and found.kind == "role":
            role = found.role if segment[0] in "drosTw" else role
            fallback = found
        if first - 1 < low or kinds[first - 1] not in ",-":
            break
        last = first - 2
    return fallback


def _segment(n: Narrative, first: int, last: int) -> Subject | None:
    """A segment read as a noun phrase up to where it stops being one."""
    kinds = n.kinds
    while first <= last and kinds[first] in "CaW":
        first += 1
    if first <= last and kinds[first] == "p":
        return Subject("pronoun", first, first)
    if first <= last and kinds[first] == "O":
        return None
    end = first
    while end <= last and kinds[end] not in _STOPS:
        end += 1
    end -= 1
    while end > first and kinds[end] in "aD":
        end -= 1
    return phrase(n, first, end) if end >= first else None


def _follows_place(kinds: str, first: int, low: int) -> bool:
    """Whether a one-word segment completes a place: `of Oakland, California,`."""
    token = first - 2
    if token < low or kinds[token] not in "N":
        return False
    while token > low and kinds[token] in "N~":
        token -= 1
    return kinds[token] in "O" or (kinds[token] == "d" and kinds[token - 1] == "O")


def _role_before(n: Narrative, first: int, low: int) -> str | None:
    """`The finance minister, Jane Doe, said`: the segment before the name, where it is nothing but a role."""
    kinds = n.kinds
    if first - 2 < low or kinds[first - 1] != ",":
        return None
    last = first - 2
    start = last
    while start > low and kinds[start - 1] not in ",;:.¶Q-":
        start -= 1
    found = _segment(n, start, last)
    if found and found.kind == "role" and found.last == last and not found.plural and kinds[start] in "dSTN":
        return _undetermined(found.role)
    return None


def _prolonged(n: Narrative, found: Subject, high: int) -> Subject:
    """A role or a body with the prepositional phrases behind it: `a spokesman` + `for the bank`."""
    kinds = n.kinds
    last = found.last
    while last + 1 < high and kinds[last + 1] == "O":
        end = last + 2
        if n.words[last + 1].lower() not in ("of", "for", "at", "from", "with", "to", "in", "by"):
            break
        while end < high and kinds[end] in _AFTER:
            end += 1
        if end == last + 2 or kinds[last + 2] in "D":
            break
        last = end - 1
    if last == found.last:
        return found
    if found.kind == "role":
        return replace(found, last=last, role=n.phrase(found.first, last))
    first, _ = found.name or (found.first, found.last)
    if (
        first == found.last
        and n.kinds[found.first] == "N"
        and found.role is None
        and n.words[found.last + 1].lower() == "of"
    ):
        return replace(found, last=last, name=(first, last))
    return replace(found, last=last)


def _with_apposition(n: Narrative, found: Subject, high: int) -> Subject:
    """`said Jane Doe, 44, the finance minister of …,`: the role that follows a name."""
    kinds = n.kinds
    if found.kind == "pronoun" or found.last + 2 >= high or kinds[found.last + 1] != ",":
        return found
    first = found.last + 2
    if kinds[first] == "0" and first + 1 < high and kinds[first + 1] == ",":
        first += 2
    end = first
    while end < high and kinds[end] not in ",;:.¶Qqt()[]-WBxcgp":
        end += 1
    segment = kinds[first:end]
    if end < high and kinds[end] in "BxcgpQqt":
        return found
    if not segment or segment[0] not in "drToNws0S" or not any(kind in "roT" for kind in segment):
        if found.kind == "role" and segment and set(segment) <= set(_NAME):
            return replace(found, kind="name", name=(first, end - 1), role=_undetermined(found.role), last=end - 1)
        return found
    if found.kind == "role":
        inner = phrase(n, first, end - 1)
        if inner and inner.kind == "name":
            return replace(inner, first=found.first)
        return found
    return replace(found, role=found.role or _undetermined(n.phrase(first, end - 1)), last=end - 1)


_ARTICLE = re.compile(r"^(?:the|an?|one)\s+", re.IGNORECASE)


def _undetermined(role: str | None) -> str | None:
    """A role without its article."""
    return _ARTICLE.sub("", role) if role else role
