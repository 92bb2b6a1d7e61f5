"""Noun phrases as the subjects of verbs of speaking: before the verb, behind it, with titles and appositions.

`Aldorian presidential spokesman John Doe`, `Jane Doe, 44, the finance minister,`, `a spokesman for the bank`, `she`:
each becomes a `Subject` with the tokens of the name, the words of the role, or the pronoun.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from search.articles.speech.cues import NOUN_LIKE
from search.articles.speech.lexicon import COLLECTIVES
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject, held_of, joint_office, phrase, undetermined

_STOPS = frozenset(",;:.¶Qqt()[]-WcgbBxpmnvA")
_NOUNS = frozenset("NTIL~roswS0d)")
_SEGMENTS = 7
_REACH = 60
_RELATED = frozenset("NrowsS0DT")
_HELD = re.compile("[^O]*[rT]")  # `acting director of the council`
_AFTER = frozenset("dNTIL~roswS0")


def subject_before(n: Narrative, token: int, low: int) -> Subject | None:
    """The subject that ends at or before `token`, looking back no further than `low`."""
    kinds = n.kinds
    low = max(low, token - _REACH)
    if kinds[token] in "0d" and token - 2 >= low and kinds[token - 2] in "d0" and n.words[token - 1].lower() == "in":
        return Subject("role", token - 2, token, role=n.phrase(token - 2, token), plural=True)
    while token >= low and (kinds[token] in "axDn~B0" or (kinds[token] in "Od" and kinds[token + 1] in "D0d")):
        token -= 1
    token = _outside(kinds, token, low)
    if token < low:
        return None
    kind = kinds[token]
    if kind == "p":
        return Subject("pronoun", token, token)
    if (kind == "W" and n.words[token].lower() in ("who", "which")) or (kind == "t" and kinds[token - 1] in _RELATED):
        return subject_before(n, token - 1 - (kinds[token - 1] in ",-"), low)
    if kind in ",-":
        return _apposed(n, token - 1, low)
    if kind == "C":
        return None
    if kind == "v" and token > low and kinds[token - 1] in "woNrd":
        return _those(n, token) or subject_before(n, token - 1, low)
    if kind in "cB":
        return _of_relative(n, token, low)
    if kind not in _NOUNS and not (kind == "g" and token > low and kinds[token - 1] in "Ssd"):
        return None
    start = _start(kinds, token, low)
    if "C" in kinds[start:token]:
        start = max([start, *(at + 1 for at in range(start, token) if kinds[at] == "C" and n.words[at] == "but")])
    if start - 2 >= low and kinds[start - 1] in "gv" and kinds[start - 2] in "roN)":
        reduced = phrase(n, _start(kinds, start - 2, low), start - 2)
        if reduced:
            return reduced
    found = phrase(n, start, token)
    governed = found is None or kinds[start - 1] not in "cgbBxC"
    return (_of_relative(n, start, low) if governed else None) or found


def _those(n: Narrative, token: int) -> Subject | None:
    """`those surveyed`, `some polled`."""
    if n.kinds[token - 1] != "d" or n.words[token - 1].lower() not in COLLECTIVES | {"those"}:
        return None
    return Subject("role", token - 1, token, role=n.phrase(token - 1, token), plural=True)


def _of_relative(n: Narrative, start: int, low: int) -> Subject | None:
    """`An official who spoke on the quiet said`: the subject before "who"."""
    for token in range(start - 1, max(low, start - 16), -1):
        if n.kinds[token] in ",;:Qqt":
            return None
        if n.kinds[token] == "W" and n.words[token].lower() == "who" and n.kinds[token + 1] in "avxcBbnK":
            return subject_before(n, token, low)
    return None


def subject_behind(n: Narrative, token: int, high: int) -> Subject | None:
    """The subject that begins at `token`, with the apposition that follows it."""
    kinds = n.kinds
    high = min(high, token + _REACH)
    while token < high and kinds[token] == "a":
        token += 1
    if token < high and kinds[token] in "pm":
        return Subject("pronoun", token, token)
    last = joint_office(n, token, high)
    while last < high and (kinds[last] in _AFTER or _within(n, token, last)):
        if kinds[last] == "d" and last > token + 1 and kinds[last - 2 : last] in ("Nw", "Iw"):
            last -= 1  # `Doe shook her head`: a verb that no list has
            break
        last += 1
    last -= 1
    while last >= token and kinds[last] in "-":
        last -= 1
    if last < token:
        return None
    found = phrase(n, token, last)
    if found is None:
        return None
    if found.kind == "role" or (
        found.name and last == found.name[1] and found.name[0] - token <= (kinds[token] == "d")
    ):
        found = _prolonged(n, found, high)
    return _with_apposition(n, found, high)


def _within(n: Narrative, first: int, token: int) -> bool:
    """Whether a word that is no noun goes on a noun phrase: `a recently leaked memo`, `a talk show host`."""
    kinds = n.kinds
    kind, after = kinds[token], kinds[token + 1 : token + 2]
    if kind in "vg":
        return token == first or kinds[token - 1] in "da"
    if token == first or after in ("", ","):
        return False
    return (
        kinds[token - 1] == "d" if kind in "aD" else kind in "cb" and after in "wroNT" and n.words[token] in NOUN_LIKE
    )


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
        aside = segment[0] in "Wg" or (segment[0] == "w" and _is_doing(n, first, segment))
        found = None if aside else _segment(n, first, last)
        placelike = (
            kinds[last + 2 : last + 3] != "W"
            and len(segment) <= 2
            and segment.strip("~N") == ""
            and _follows_place(kinds, first, low)
        )
        if found and found.kind == "name" and not placelike:
            return _with_role_before(n, replace(found, role=found.role or undetermined(role)), first, low)
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


def _is_doing(n: Narrative, first: int, segment: str) -> bool:
    """Whether what stands between commas says what somebody does: `Jane Doe, giving evidence to the council,`."""
    return n.words[first].endswith("ing") and not _HELD.match(segment)


def _follows_place(kinds: str, first: int, low: int) -> bool:
    """Whether a one-word segment completes a place: `of Oakland, California,`."""
    token = first - 2
    if token < low or kinds[token] not in "N":
        return False
    while token > low and kinds[token] in "N~":
        token -= 1
    return kinds[token] in "O" or (kinds[token] == "d" and kinds[token - 1] == "O")


def _with_role_before(n: Narrative, named: Subject, first: int, low: int) -> Subject:
    """`The finance minister, Jane Doe, said`: the segment before the name, where it is nothing but a role."""
    kinds = n.kinds
    if named.role or first - 2 < low or kinds[first - 1] != ",":
        return named
    last = first - 2
    start = last
    while start > low and kinds[start - 1] not in ",;:.¶Q-":
        start -= 1
    while start < last and kinds[start] in "Ca":
        start += 1
    found = _segment(n, start, last)
    if found and found.kind == "role" and found.last == last and not found.plural and kinds[start] in "dSTN":
        return replace(named, first=start, role=undetermined(found.role))
    return named


def _prolonged(n: Narrative, found: Subject, high: int) -> Subject:
    """A role or a body with the prepositional phrases behind it: `a spokesman` + `for the bank`."""
    kinds = n.kinds
    last = found.last
    while last + 1 < high and kinds[last + 1] in "Ov":
        end = last + 2
        if kinds[last + 1] == "v":
            if n.words[end : end + 1] != ["by"] or found.kind != "role":
                break
            end += 1
        elif n.words[last + 1].lower() not in ("of", "for", "at", "from", "with", "to", "in", "by"):
            break
        start = end
        while end < high and kinds[end] in _AFTER:
            end += 1
        if end == start or kinds[start] in "D":
            break
        last = end - 1
    if last == found.last:
        return found
    if found.kind == "role":
        return replace(found, last=last, role=n.phrase(found.first, last))
    first, _ = found.name or (found.first, found.last)
    if "T" in kinds[found.last + 1 : last] and held_of(n, found.last + 1, found.last + 2):
        return phrase(n, first, last) or found
    if first == found.last and n.kinds[first] == "N" and found.role is None and n.words[found.last + 1].lower() == "of":
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
    if (end < high and kinds[end] in "BxcgpQqt") or (segment[:2] in ("wo", "wd") and n.words[first].endswith("s")):
        return found
    if (
        not segment
        or segment[0] not in "drToNws0S"
        or not any(kind in "roT" for kind in segment)
        or (segment[0] == "w" and _is_doing(n, first, segment))
    ):
        if found.kind == "role" and "N" in segment and set(segment) <= set("NTIL~"):
            return replace(found, kind="name", name=(first, end - 1), role=undetermined(found.role), last=end - 1)
        return found
    if found.kind == "role":
        inner = phrase(n, first, end - 1)
        if inner and inner.kind == "name":
            return replace(inner, first=found.first)
        return found
    return replace(found, role=found.role or undetermined(n.phrase(first, end - 1)), last=end - 1)
