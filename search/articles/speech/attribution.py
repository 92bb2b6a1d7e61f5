"""Which report a marked stretch belongs to: the one beside it, the one that introduces it, a colon, a signature."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from search.articles.speech.clauses import clause_subject
from search.articles.speech.cues import Cue
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject, phrase, possessor
from search.articles.speech.report import Report

_NAMED_LAST = re.compile(r"[-¶.O]([SNTI~]{1,5}(?:C[NTI~]{1,5})?):?$")
_OWNED_LAST = re.compile(r"(?:^|[¶.O])([NTI~]{0,4}S)[Nwob]{1,3}:?$")
_CREDITED = re.compile(r"-[NTI~]{1,5}(?:C[NTI~]{1,5})?:$")
_SIGNED = re.compile(r"[.¶]{0,2}-([NTIL~]{2,6})(?=[Qq.,¶0(]|$)|[.¶]{0,2}¶-([NTI])(?=[.,¶(]|$)")
_BRACKETED = re.compile(r"\[([NTI~]{1,5})\]$")
_COLON = Cue(":", "finite", "plain")
_FROM = frozenset(["from", "by"])


class Claim(Struct, frozen=True):
    """The report that a marked stretch belongs to, and whether the stretch is a sentence of its own."""

    report: Report
    direct: bool


def claim(n: Narrative, mark: int, first: int, found: list[Report]) -> Claim | None:
    """The report, among those of its sentence, that the marked stretch at token `mark` belongs to."""
    kinds = n.kinds
    place = bisect_right(found, mark, key=_position)
    behind = found[place] if place < len(found) else None
    if behind and _adjoins(kinds, mark, behind) and not (place and _goes_on(kinds, mark, found[place - 1], behind)):
        return Claim(behind, mark == first or kinds[mark - 1] in ",Q")
    if place:
        nearest = found[place - 1]
        gap = kinds[nearest.last + 1 : mark]
        return Claim(nearest, gap.strip(",:-") == "" or gap.endswith((",", ":")))
    return Claim(behind, False) if behind and behind.order != "agent" else None


def credited(n: Narrative, mark: int) -> bool:
    """Whether a headline with its author stands before marked words: `Polls disagree - Jane Doe: "…"`."""
    return n.kinds[mark - 1] == ":" and _CREDITED.search(n.kinds, max(0, mark - 14), mark) is not None


def introduction(n: Narrative, first: int, high: int, found: Sequence[Report] = ()) -> Report | None:
    """Who a sentence that ends in a colon introduces: a name before it, its last report, or the one it is about."""
    named = _NAMED_LAST.search(n.kinds, max(first, high - 8), high)
    if named and (named.group()[0] != "O" or n.words[named.start()].lower() in _FROM):
        return _colon(phrase(n, named.start(1), named.end(1) - 1), high)
    owner = _OWNED_LAST.search(n.kinds, max(first, high - 10), high)
    if owner:
        return _colon(possessor(n, owner.start(1), owner.end(1) - 1), high)
    return found[-1] if found else _colon(clause_subject(n, first, high) or phrase(n, first, high - 1), high)


def signature(n: Narrative, mark: int) -> Subject | None:
    """The name behind a dash that signs marked words, or in brackets before them: `“…” — Jane Doe`, `[DOE] "…"`."""
    named = _BRACKETED.search(n.kinds, max(0, mark - 8), mark)
    if named:
        return phrase(n, named.start(1), named.end(1) - 1)
    signed = _SIGNED.match(n.kinds, mark + 1)
    if signed is None:
        return None
    first, end = signed.span(signed.lastindex or 1)
    return phrase(n, first, end - 1)


def _colon(subject: Subject | None, high: int) -> Report | None:
    return Report(high - 1, _COLON, subject, "before", subject.first, high - 1) if subject else None


def _goes_on(kinds: str, mark: int, before: Report, behind: Report) -> bool:
    """Whether the marked words complete the verb before them, and the verb behind them opens another clause."""
    if (
        before.order == "before"
        and mark - before.last < 12
        and (kinds[before.last + 1 : mark].strip("Dat,:") == "" or kinds[mark - 1] == "t")
    ):
        return True
    after = kinds[behind.last + 1 : behind.last + 2]
    return behind.order == "before" and after != "" and after in "tdNpqQTrowS" and behind.first > mark + 1


def _adjoins(kinds: str, mark: int, report: Report) -> bool:
    return report.first - mark < 6 and kinds[mark + 1 : report.first].strip(",-a") == ""


def _position(report: Report) -> int:
    return report.token
