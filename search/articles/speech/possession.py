"""Speech reported by a noun: `the minister's claim that …`, `his promise of …`, `the contention of the bank that …`."""

from __future__ import annotations

from msgspec.structs import replace

from search.articles.speech.cues import Cue
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject, possessor
from search.articles.speech.report import Report
from search.articles.speech.subjects import subject_behind

_OWNERS = frozenset(["his", "her", "their"])
_RELATIVE = frozenset(["tv", "tc", "tx", "tB"])
_FOLLOWED_BY = frozenset("tOQq:")
_PREDICATED = frozenset(["B:", "BQ", "Bt"])


def possessed(n: Narrative, token: int, first: int, high: int, told: bool) -> Report | None:
    """The report of a noun at `token`, whose speaker is its possessor; `told`: the sentence has another before it."""
    kinds = n.kinds
    after = kinds[token + 1 : min(high, token + 3)]
    if after[:1] not in _FOLLOWED_BY and after not in _PREDICATED:
        return None
    if after in _RELATIVE or (told and after[:1] != "t"):
        return None
    owner = token - 1
    while owner > first and token - owner < 4 and kinds[owner] in "wDcvg0":
        owner -= 1
    cue = Cue(n.words[token].lower(), "finite", "label" if after[0] in "Oq" else "that")
    if kinds[owner] == "d" and n.words[owner].lower() in _OWNERS:
        return Report(token, cue, Subject("pronoun", owner, owner), "before", owner, token)
    if kinds[owner] != "S":
        return _of_whom(n, token, high, cue)
    run = owner
    while run > first and kinds[run - 1] in "NTIL~":
        run -= 1
    return Report(token, cue, possessor(n, run, owner), "before", run, token)


def _of_whom(n: Narrative, token: int, high: int, cue: Cue) -> Report | None:
    """`the contention of the minister that`."""
    if n.words[token + 1].lower() != "of":
        return None
    subject = subject_behind(n, token + 2, high)
    if subject is None or n.kinds[subject.last + 1 : subject.last + 2] != "t":
        return None
    return Report(token, replace(cue, strength="that"), subject, "before", token, subject.last)
