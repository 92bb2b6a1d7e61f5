"""Speech reported without marks, or with only a fragment in marks: what the verb of speaking introduces or follows.

`The minister said that CONTENT`, `CONTENT, according to the bank`, `the envoy called CONTENT-with-"fragment"`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from search.articles.model import QuoteKind
from search.articles.speech.cues import CUE_NOUNS
from search.articles.speech.narrative import Narrative, has_words, is_title
from search.articles.speech.report import Report

_FINITE = frozenset("xBvcbn")
_OPENS_CLAUSE = frozenset("pdNTIroswS0RnLaW~")
_MARK = re.compile("[Qq]")
_PLACING = frozenset("OdwNsSroDT0~aI")
#: `in an interview`, `on Friday` before the clause that is said: `she said in an interview she was`.
_PLACED = re.compile(r"O[dwNsSoDT0~]{1,8}(?=p[axBcvn])|OD(?=[dpNTSIro])")
#: `…, a trader now charged with fraud`: who is spoken of, and nobody who speaks.
_PASSIVE = frozenset(["with", "of", "as", "by"])
_TITLE = 3
_LATER, _REACH = 8, 100
_INTRODUCTION = 14
_VERB = 3  # `declined to immediately say`
_ASKING = frozenset(["if", "what", "how", "why", "who", "whether", "unless", "whatever", "where"])
_TOLD = frozenset(["tell", "remind", "inform", "assure", "warn", "ask", "advise", "promise", "caution", "urge"])


class Content(Struct, frozen=True):
    """What a report says: characters `start` to `end` of the joined text."""

    start: int
    end: int
    report: Report
    kind: QuoteKind


def contents(n: Narrative, first: int, high: int, found: Sequence[Report], speech: Sequence[int]) -> Iterator[Content]:
    """The contents of a sentence's reports, except where marked speech (tokens `speech`) holds them."""
    closing = _last_word(n, first, high, found, speech)
    if closing:
        yield from closing
        return
    taken = first
    for number, report in enumerate(found):
        before = _before(n, first, report, high) if taken == first else None
        if before:
            yield from _content(n, *before, report, speech)
            taken = report.last
        opening = None if _serves(n.kinds, report, first) else _opening(n, report, first, high)
        if opening is not None and opening >= taken:
            last = report.subject.first if report.subject.first > opening else high
            stop = _closing(n, opening, last, found[number + 1 : number + 1 + _LATER])
            yield from _content(n, opening, stop, report, speech)
            taken = stop


def _last_word(n: Narrative, first: int, high: int, found: Sequence[Report], speech: Sequence[int]) -> list[Content]:
    """A whole sentence that its last words give to somebody: `…, he said.`"""
    if len(found) < 2 or found[-1].last + 1 < high or found[-1].order == "source":
        return []
    span = _before(n, first, found[-1], high)
    return list(_content(n, *span, found[-1], speech)) if span else []


def _serves(kinds: str, report: Report, clause: int) -> bool:
    """Whether the verb belongs to marked speech that stands before it."""
    first = report.first
    if report.order != "before" or first <= clause or kinds[first] == "C":
        return False
    return kinds[first - 1] == "Q" or kinds[max(clause, first - 2) : first] in ("Q,", "Q-")


def _before(n: Narrative, first: int, report: Report, high: int) -> tuple[int, int] | None:
    """`CONTENT, the minister said.`"""
    kinds = n.kinds
    start = report.first
    if report.order == "before" and (report.cue.form == "gerund" or report.cue.strength not in ("plain", "that")):
        return None
    if start - 1 <= first or kinds[start - 1] not in ",-q":
        return None
    if report.order == "before" and report.last + 1 < high and n.words[report.last + 1].lower() in _PASSIVE:
        return None
    if kinds[start - 1] == "q" and n.text[n.spans[start - 1].end - 1] not in ",?!":
        return None
    if report.order != "source" and not _ends(n, report.last + 1, high, report.cue.lemma == "tell"):
        return None
    return (first, start) if _is_clause(_unmarked(n, first, start)) else None


def _ends(n: Narrative, after: int, high: int, told: bool) -> bool:
    """Whether nothing that is said follows the verb: only time, place, an audience, or another clause."""
    rest = n.kinds[after:high]
    if not rest:
        return True
    if rest.lstrip(",:-")[:1] in ("Q", "q"):
        return False
    if rest[0] == ",":
        return True
    if rest[0] in "rN" or (told and rest[0] in "dm"):
        behind = _behind_audience(n.kinds, after, high, True)
        return behind >= high or n.kinds[behind] in ",DO-("
    if rest[0] == "O":
        return n.words[after] != "to" or rest[1:2] in ("r", "d", "N", "m")
    return rest[0] in "DaWCg-(" and "t" not in rest[:4] and "Q" not in rest[:3]


def _unmarked(n: Narrative, first: int, start: int) -> str:
    """Kinds of some tokens, a comma inside marks set behind them: `As host of "The Hour," Doe left`."""
    kinds = n.kinds[first:start]
    if "q" not in kinds:
        return kinds
    return "".join(
        "q," if kind == "q" and n.text[n.spans[at].end - 1] == "," else kind for at, kind in enumerate(kinds, first)
    )


def _is_clause(kinds: str) -> bool:
    """Whether the words before ", he said" are a sentence and no mere introduction to one."""
    kinds = kinds.rstrip(",-").lstrip("Ca,")
    while kinds and kinds[0] in "WOgDvc":
        kinds = kinds.partition(",")[2].lstrip("Ca")
    return not _FINITE.isdisjoint(kinds) or kinds.count("w") > 1


def _opening(n: Narrative, report: Report, first: int, high: int) -> int | None:
    """Where what is said begins, behind the verb."""
    kinds = n.kinds
    token = report.last + 1
    if report.order == "behind" or token >= high:
        return None
    if kinds[token : token + 2] == "Bt":
        return token + 2
    if report.cue.strength == "manner":
        return token if kinds[token] == "q" else _that(n, report, token, high) if kinds[token] == "t" else None
    aside = kinds[token] == "," and report.first > first + 1 and kinds[report.first - 1] == ","
    if aside and (report.order == "before" or kinds[token + 1 : token + 2] in ("x", "B", "c", "n")):
        return None if _is_clause(kinds[first : report.first]) or kinds[token + 1 : token + 2] == "g" else token + 1
    if report.order == "source":
        return _behind_comma(kinds, token, high) if report.first <= _sentence_lead(kinds, report.first) else None
    if report.first == first + 1 and n.words[first].lower() == "as" and report.cue.strength in ("plain", "that"):
        return _behind_comma(kinds, token, high)
    return _that(n, report, token, high) or _without_that(n, report, token, high)


def _behind_comma(kinds: str, token: int, high: int) -> int | None:
    """Behind the comma that ends `As Doe told us,` or `According to Doe, writing for the Post,`."""
    comma = kinds.find(",", token, min(high, token + _INTRODUCTION))
    if comma >= 0 and kinds[comma + 1 : comma + 2] in ("g", "W"):
        comma = kinds.find(",", comma + 1, min(high, comma + _INTRODUCTION))
    return comma + 1 if comma >= 0 else None


def _sentence_lead(kinds: str, token: int) -> int:
    """`token` itself where it opens its sentence, else a position before it."""
    opens = token == 0 or kinds[token - 1] in ".¶QC;" or (kinds[token - 1] == "," and kinds[token - 2] in "WC")
    return token if opens else -1


def _that(n: Narrative, report: Report, token: int, high: int) -> int | None:
    kinds = n.kinds
    that = kinds.find("t", token, min(high, token + 16))
    if that < 0 or that + 1 >= high:
        return None
    between = kinds[token:that]
    if set(between) & set(",;:QcgbxB") and not between.startswith(",") and not _is_time_and_place(n, token, that):
        return None
    if not _states(kinds, that + 1, high):
        return None
    if between.strip(",dDaw0") == "":
        return that + 1
    if between[0] == "O":
        audience = n.words[token] != "to" or any(kind in "rNm" for kind in between)
        return that + 1 if len(between) > 1 and n.words[token] != "of" and audience else None
    return that + 1 if report.cue.lemma in _TOLD else None


def _is_time_and_place(n: Narrative, token: int, that: int) -> bool:
    """Whether nothing but a phrase like `in her opening remarks` stands between verb and "that"."""
    kinds = n.kinds[token:that]
    return kinds[0] == "O" and all(
        kind in _PLACING or (kind in "cb" and n.words[at].lower() in CUE_NOUNS) for at, kind in enumerate(kinds, token)
    )


def _states(kinds: str, token: int, high: int) -> bool:
    """Whether a clause follows "that", and it is no demonstrative: `reiterated that approach`."""
    return kinds[token] not in "wo" or not _FINITE.isdisjoint(kinds[token : min(high, token + 14)])


def _without_that(n: Narrative, report: Report, token: int, high: int) -> int | None:
    kinds = n.kinds
    if report.cue.lemma in _TOLD:
        token = _behind_audience(kinds, token, high, report.cue.lemma == "tell")
    placed = _PLACED.match(kinds, token, high)
    token = placed.end() if placed else token
    while token < high and kinds[token] in "aD" and n.words[token].lower() != "there":
        token += 1
    if token >= high:
        return None
    if kinds[token] == "W" and n.words[token].lower() not in _ASKING:
        return None
    if report.cue.lemma == "say" and kinds[token] in _OPENS_CLAUSE:
        return token
    if report.cue.strength in ("plain", "that") and kinds[token] in _OPENS_CLAUSE and _finite_soon(kinds, token, high):
        return token
    fragment = kinds.find("q", token, min(high, token + 30))
    if fragment < 0 or kinds[token] in ",:;" or (kinds[token] == "O" and report.cue.lemma in ("say", "tell", "write")):
        return None
    amount = kinds[token] == "0" and report.cue.lemma == "add"  # `shares added 3.4 percent`
    return None if amount or _is_work(n, token, fragment, report) else token


def _is_work(n: Narrative, token: int, fragment: int, report: Report) -> bool:
    """Whether something written is named and not quoted: `wrote a memoir, "No Return Ticket"`."""
    span = n.spans[fragment]
    return report.cue.lemma == "write" and token < fragment and is_title(n.text[span.start : span.end])


def _behind_audience(kinds: str, token: int, high: int, needed: bool) -> int:
    """Behind `reporters`, `him`, `the BBC`: who was told."""
    if token < high and kinds[token] == "m":
        return token + 1
    start = token
    while token < high and kinds[token] in "dsSw":
        token += 1
    if token < high and kinds[token] == "r":
        return token + 1
    while token < high and kinds[token] in "NTI~":
        token += 1
    return token if token > start or not needed else high


def _finite_soon(kinds: str, token: int, high: int) -> bool:
    if kinds[token] == "p":
        return kinds[token + 1 : token + 2] not in ("O", "C", ",", "", "d", "D", "W")
    for at in range(token + (kinds[token] == "W"), min(high, token + 12)):
        if kinds[at] in "xBvn":
            return kinds[at - 1] != "C" and (kinds[at] != "v" or at > token)
        if kinds[at] in ",;:tWOQ":
            return False
    return False


def _closing(n: Narrative, opening: int, high: int, later: Sequence[Report]) -> int:
    """Where what is said ends: with the sentence, or before the next verb of speaking."""
    kinds = n.kinds
    for report in later:
        joined = "C" in kinds[max(opening, report.first - 1) : report.first + 1]
        if report.cue.strength == "label" and not joined and not _MARK.search(kinds, report.last + 1, high):
            continue
        if report.first > opening and kinds[report.first - 1] in ",;-Cq" and report.order != "behind":
            return report.first - (kinds[report.first - 1] != "q")
        if report.first - 1 > opening and kinds[report.first - 1] == "W" and report.cue.form == "gerund":
            return report.first - 1
        if report.first > opening and kinds[report.first] == "C":
            return report.first
        if report.first < opening < report.token and report.outlasts(n, opening):
            return report.token - 1
    semicolon = kinds.find(";", opening, min(high, opening + _REACH))
    return semicolon if semicolon > 0 else high


def _denied(kinds: str, report: Report) -> bool:
    """`would not say`."""
    verb = kinds[report.subject.last + 1 : report.token].rpartition(",")[2]
    if "W" in verb:
        verb = verb[-_VERB:]  # `an official who asked not to be named said`
    return report.order == "before" and "n" in verb


def _content(n: Narrative, first: int, stop: int, report: Report, speech: Sequence[int]) -> Iterator[Content]:
    kinds = n.kinds
    while first < stop and kinds[first] in "C,-:~":
        first += 1
    while stop > first and kinds[stop - 1] in ",-:;C(":
        stop -= 1
    if report.subject.kind == "pronoun" and n.words[report.subject.first].lower() in ("i", "we", "you"):
        return
    marked = bisect_left(speech, first)
    if marked < len(speech) and speech[marked] < stop:
        stop = max(kinds.rfind(sign, first, speech[marked]) for sign in ",;C")
        if "q" not in kinds[first : max(first, stop)]:
            return
    if stop <= first or (_denied(kinds, report) and report.cue.strength != "label"):
        return
    fragments = [n.spans[at] for at in range(first, stop) if kinds[at] == "q"]
    telling = any(not is_title(n.text[span.start : span.end]) for span in fragments)
    telling = telling or (report.cue.strength == "label" and kinds[first] in "NmTI" and bool(fragments))
    kind: QuoteKind = "mixed" if telling else "indirect"
    if (
        report.cue.strength in ("label", "manner")
        and kind == "indirect"
        and not (report.cue.strength == "manner" and kinds[first - 1] == "t")
    ):
        return
    if kinds[first] == "q" and kind == "indirect" and stop - first <= _TITLE:
        return  # a title: `wrote "The Long Way Home"`
    start, end = n.starts[first], n.end(stop - 1)
    if kinds[first] == "q":
        start = n.spans[first].start
    if kinds[stop - 1] == "q":
        end = n.spans[stop - 1].end
    if end > start and has_words(n.text, start, end):
        yield Content(start, end, report, kind)
