"""Sources of what is said: `according to the bank`, `as the envoy put it`, `as reported by the Gazette`."""

from __future__ import annotations

from search.articles.speech.cues import Cue
from search.articles.speech.narrative import Narrative
from search.articles.speech.report import Report
from search.articles.speech.subjects import subject_before, subject_behind

_ACCORDING = Cue("according to", "finite", "plain")
_PUT_IT = Cue("put it", "finite", "manner")


def according(n: Narrative, token: int, high: int) -> Report | None:
    """`according to the bank`."""
    if token + 1 >= high or n.words[token + 1].lower() != "to":
        return None
    subject = subject_behind(n, token + 2, high)
    return Report(token, _ACCORDING, subject, "source", token, subject.last) if subject else None


def done_by(n: Narrative, token: int, first: int, high: int, cue: Cue, passive: bool) -> Report | None:
    """`was asked by the moderator whether`; `As reported by the Gazette,` names a source."""
    led = token == first + 1 and n.words[first].lower() == "as"
    if cue.form != "finite" or not (led or passive):
        return None
    subject = subject_behind(n, token + 2, high)
    if subject is None:
        return None
    return Report(token, cue, subject, "source" if led else "agent", token - led, subject.last)


def as_put(n: Narrative, token: int, first: int) -> Report | None:
    """`As the envoy puts it, …`, `…, as the envoy put it`; without "as" it is a verb beside marked words."""
    subject = subject_before(n, token - 1, first)
    if subject is None:
        return None
    if subject.first > first and n.words[subject.first - 1].lower() == "as":
        return Report(token, _PUT_IT, subject, "source", subject.first - 1, token + 1)
    return Report(token, _PUT_IT, subject, "before", subject.first, token + 1)
