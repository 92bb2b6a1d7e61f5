"""Subjects of whole clauses: who a sentence, or the part of it before a participle, is about."""

from __future__ import annotations

import re

from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject
from search.articles.speech.subjects import subject_behind

_WHEN = frozenset(["when", "as", "while", "after", "before", "where", "because", "although", "though"])
_NEAR = 40
#: `in Salem, New Hampshire,`: the part behind the comma completes the place.
_PLACE = re.compile(r"O[N~]{1,4}$")
_REST_OF_PLACE = re.compile(r",[N~]{1,3}D{0,2},")


def clause_subject(n: Narrative, first: int, high: int) -> Subject | None:
    """The subject with which a sentence opens: its first noun phrase, whatever its verb."""
    kinds, near = n.kinds, min(high, first + _NEAR)
    while first < near and kinds[first] in "CaQq,-":
        first += 1
    for _ in range(3):
        if first < high and kinds[first] in "OWgcD":
            comma = _comma(n, first, min(high, first + 25))
            if comma < 0:
                return None
            place = _REST_OF_PLACE.match(kinds, comma, high) if _PLACE.search(kinds, first, comma) else None
            first = place.end() if place else comma + 1
        while first < high and kinds[first] in "Ca":
            first += 1
    if first < high and kinds[first] == "d":
        first = _behind_time(n, first, high)
    return subject_behind(n, first, high) if first < high else None


def nearest_subject(n: Narrative, first: int, token: int) -> Subject | None:
    """The subject of the clause that a participle hangs on: a later "when" clause before the sentence's own."""
    for at in range(token - 1, max(first, token - _NEAR), -1):
        if n.kinds[at] == "W" and n.kinds[at - 1] in ",-" and n.words[at].lower() in _WHEN:
            return subject_behind(n, at + 1, token) or _pronoun(n, at, token)
    return clause_subject(n, first, token) or _pronoun(n, first, token)


def _pronoun(n: Narrative, first: int, token: int) -> Subject | None:
    place = n.kinds.rfind("p", max(first, token - 20), token)
    return Subject("pronoun", place, place) if place >= 0 else None


def _behind_time(n: Narrative, first: int, high: int) -> int:
    """Behind `A few days later,`."""
    comma = _comma(n, first, min(high, first + 6))
    timely = comma > 0 and "D" in n.kinds[first:comma] and not set("Nro") & set(n.kinds[first:comma])
    return comma + 1 if timely else first


def _comma(n: Narrative, first: int, high: int) -> int:
    """The first comma, also one inside the marks of a fragment: `On "Face to Face," the senator`."""
    for token in range(first, high):
        if n.kinds[token] == "," or (n.kinds[token] in "qQ" and n.text[n.spans[token].end - 1] == ","):
            return token
    return -1
