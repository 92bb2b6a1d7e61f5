"""Reports of speech in a sentence, and which of them a marked stretch belongs to.

A *report* is a verb of speaking with its subject: `Peskov told reporters`, `said the minister`, `according to the bank`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from search.articles.cues import CUE_NOUNS, CUES, NOUN_LIKE, Cue
from search.articles.narrative import Narrative
from search.articles.subjects import Subject, phrase, subject_before, subject_behind

Order = Literal["before", "behind", "source"]

_NEXT_MARK = re.compile(r"[aDwvOdpm]{0,4}[,:-]?[Qq]")
_AFTER_MARK = re.compile(r"Q,?[dNTILrosw~Sap]{1,8}$")
_WHEN = frozenset(["when", "as", "while", "after", "before", "where", "because", "although", "though"])
_CANDIDATE = re.compile(r"[cgbA]|[wro](?=[tOQq:B])|(?<=Q)v|v(?=[,:]Q)")
_NAMED_LAST = re.compile(r"[-¶.O]([NTI~]{1,5}):?$")
_CUE_KINDS = frozenset("cgb")
_ACCORDING = Cue("according to", "finite", "plain")
_COLON = Cue(":", "finite", "plain")


@dataclass(frozen=True, slots=True)
class Report:
    """A verb of speaking at `token`, its clause's tokens from `first` to `last`, and its subject.

    `order`: the subject stands before the verb, behind it, or is named as a source ("according to").
    """

    token: int
    cue: Cue
    subject: Subject
    order: Order
    first: int
    last: int


def reports(n: Narrative, first: int, high: int) -> list[Report]:
    """The reports in a sentence (tokens `first` up to, not including, `high`), in order."""
    kinds = n.kinds
    found: list[Report] = []
    inside = False
    for match in _CANDIDATE.finditer(kinds, first, high):
        token = match.start()
        kind = kinds[token]
        report = None
        if kind in _CUE_KINDS:
            report = _report(n, token, first, high, found)
            if report and inside and not _surfaces(kinds, report, first, high):
                report = None
        elif kind == "A":
            report = _according(n, token, high)
        elif kind == "v":
            report = _beside(n, token, first, high)
        if report is None and not inside and n.words[token].lower() in CUE_NOUNS:
            report = None if found and kinds[token + 1 : token + 2] != "t" else _possessed(n, token, first, high)
        if report:
            found.append(report)
            inside = inside or _encloses(kinds, report, high)
    return found


def _encloses(kinds: str, report: Report, high: int) -> bool:
    """Whether what follows the verb is a clause of what is said, so that verbs in it are another's words."""
    after = report.last + 1
    if report.order != "before" or report.cue.strength not in ("plain", "that") or after >= high:
        return False
    if report.cue.strength == "plain":
        return kinds[after] in "tpdNTrosSwn0W" or kinds.find("t", after, after + 8) >= 0
    return kinds[after] in "tp" or (kinds[after] in "dNTrosSn0D" and _finite_soon(kinds, after, high))


def _finite_soon(kinds: str, token: int, high: int) -> bool:
    """Whether a finite verb follows before the clause can end."""
    for kind in kinds[token : min(high, token + 12)]:
        if kind in "xBvnt":
            return True
        if kind in ",;:WOQ":
            return False
    return False


def _surfaces(kinds: str, report: Report, first: int, high: int) -> bool:
    """Whether a verb within reported speech is the reporter's own after all."""
    if report.token == report.first == report.last and kinds[report.token] == "g":
        return True
    after = kinds[report.last + 1 : high].lstrip("aD,:")
    if (
        after[:1] == "Q"
        or (after[:1] == "q" and report.cue.strength == "plain")
        or kinds[report.first - 1] in ("Q", "q")
        or kinds[report.first - 2 : report.first] in ("Q,", "q,")
    ):
        return True
    if report.order != "before":
        return report.order == "source"
    before = kinds[report.first - 1]
    if before in ";" or (before in "CW" and kinds[report.first - 2] in ",;"):
        return True
    if before == "," and kinds[first : report.first].lstrip("Ca")[:1] == "W":
        return True
    return before == "C" or kinds[report.first] == "C" or (before == "," and after[:1] in ("", ",", "O"))


def _report(n: Narrative, token: int, first: int, high: int, found: list[Report]) -> Report | None:
    kinds = n.kinds
    word = n.words[token].lower()
    cue = CUES.get(word)
    if cue is None or (token + 1 < high and n.words[token + 1].lower() == "by" and cue.strength != "manner"):
        return None
    before = kinds[token - 1] if token > first else "Q"
    if cue.form == "gerund" and not _passive(kinds, token, first) and before not in "Cs":
        return _participle(n, token, cue, first, found)
    if cue.form == "base" and _unadverbed(kinds, token, first) in "Om":
        return _infinitive(n, token, cue, first, high, found)
    if before in "OSs" and cue.form != "gerund":
        return None
    if cue.strength == "manner" and not _by_speech(kinds, token, high, before):
        return None
    if cue.form == "finite" and _passive(kinds, token, first):
        return None
    if before in "Qq," and cue.form == "finite" and cue.strength in ("plain", "that", "manner"):
        behind = _inverted(n, token, cue, high, before)
        if behind:
            return behind
    if before == "C" or (before in "aD" and token - 2 >= first and kinds[token - 2] == "C"):
        return _compound(n, token, cue, first, found)
    subject = subject_before(n, token - 1, first)
    if subject is None or not _agrees(n, cue, subject, token, high):
        return None
    return Report(token, cue, subject, "before", subject.first, token)


def _unadverbed(kinds: str, token: int, first: int) -> str:
    """The kind of the word before a verb and its adverbs."""
    token -= 1
    while token > first and kinds[token] == "a":
        token -= 1
    return kinds[token] if token >= first else "Q"


def _agrees(n: Narrative, cue: Cue, subject: Subject, token: int, high: int) -> bool:
    """Whether a form that is as often a noun ("claims", "report") is a verb here."""
    after = n.kinds[token + 1 : min(high, token + 3)]
    if cue.form == "base":
        if cue.strength == "manner":
            return subject.kind == "pronoun" or subject.plural or _unadverbed(n.kinds, token, 0) in "xn"
        if _unadverbed(n.kinds, token, 0) in "xn":
            return cue.strength in ("plain", "that", "label")
        return subject.kind == "pronoun" or subject.plural or after[:1] in ("t", "Q", ":")
    if cue.form == "finite" and n.words[token].endswith("s") and cue.lemma in NOUN_LIKE:
        follows = after[:1]
        return (
            follows in ("t", "Q", "q", ":", "p")
            or after == ",Q"
            or (subject.kind != "role" and follows in tuple("NdTSma"))
        )
    return True


def _beside(n: Narrative, token: int, first: int, high: int) -> Report | None:
    """Any verb is one of speaking where it stands between a subject and marked speech: `"No," groused the envoy`."""
    kinds = n.kinds
    word = n.words[token]
    cue = Cue(word, "finite", "manner")
    if token > first and kinds[token - 1] == "Q" and token + 1 < high and kinds[token + 1] in "NTdr":
        return _inverted(n, token, cue, high, "Q") if kinds[token] == "v" else None
    if kinds[token + 1 : token + 3] in (",Q", ":Q") and token > first:
        subject = subject_before(n, token - 1, first) if kinds[token - 1] in "NTIrpoa," else None
        return subject and Report(token, cue, subject, "before", subject.first, token)
    return None


def _passive(kinds: str, token: int, first: int) -> bool:
    before = token - 1
    while before > first and kinds[before] in "an":
        before -= 1
    return before >= first and kinds[before] == "B"


def _inverted(n: Narrative, token: int, cue: Cue, high: int, before: str) -> Report | None:
    """`"…," said the envoy`; without marks only where nothing but an apposition follows the name."""
    if cue.lemma == "tell" or (token + 1 < high and n.kinds[token + 1] in "Dt"):
        return None
    subject = subject_behind(n, token + 1, high)
    if subject is None:
        return None
    if before == "," and n.kinds[token - 2 : token - 1] not in ("Q", "q"):
        behind = n.kinds[subject.last + 1 : subject.last + 2] if subject.last + 1 < high else ""
        if (
            subject.kind == "pronoun"
            or not set("NTroI") & set(n.kinds[subject.first : subject.last + 1])
            or behind not in ("", ",", "O", "D", "-", "(")
        ):
            return None
    return Report(token, cue, subject, "behind", token, subject.last)


def _participle(n: Narrative, token: int, cue: Cue, first: int, found: list[Report]) -> Report | None:
    """`…, he said, adding that …`: the subject is that of the verb before."""
    if cue.strength == "manner" and n.kinds[token + 1 : token + 2] not in ("Q", ",", ":"):
        return None
    before, after = n.kinds[token - 1], n.kinds[token + 1 : token + 2]
    if before in "dsS" or (before == "O" and cue.lemma != "say" and after not in ("t", "Q", "q", ":", ",")):
        return None
    if _unadverbed(n.kinds, token, first) in "NI)rm":
        subject = subject_before(n, token - 1, first)
    else:
        finite = next((report for report in reversed(found) if report.cue.form != "gerund"), None)
        subject = finite.subject if finite else _nearest_subject(n, first, token)
    return subject and Report(token, cue, subject, "before", token, token)


def _nearest_subject(n: Narrative, first: int, token: int) -> Subject | None:
    """The subject of the clause that a participle hangs on: a later "when" clause before the sentence's own."""
    for at in range(token - 1, max(first, token - 40), -1):
        if n.kinds[at] == "W" and n.kinds[at - 1] in ",-" and n.words[at].lower() in _WHEN:
            return subject_behind(n, at + 1, token) or _pronoun_within(n, at, token)
    return clause_subject(n, first, token) or _pronoun_within(n, first, token)


def _pronoun_within(n: Narrative, first: int, token: int) -> Subject | None:
    place = n.kinds.rfind("p", max(first, token - 20), token)
    return Subject("pronoun", place, place) if place >= 0 else None


def _by_speech(kinds: str, token: int, high: int, before: str) -> bool:
    """Whether marked words stand beside a verb that reports speech only there."""
    return (
        before in "Qq"
        or kinds[token - 2 : token] == "Q,"
        or _NEXT_MARK.match(kinds, token + 1, high) is not None
        or _AFTER_MARK.search(kinds, max(0, token - 12), token) is not None
    )


def _infinitive(n: Narrative, token: int, cue: Cue, first: int, high: int, found: list[Report]) -> Report | None:
    """`went on to say`; any other infinitive only where marked words follow at once."""
    beside = n.kinds[token + 1 : min(high, token + 4)].lstrip(",:")[:1] in ("Q", "q")
    if not beside and n.words[max(first, token - 2)] not in ("on", "continued", "continues", "proceeded"):
        return None
    subject = found[-1].subject if found else clause_subject(n, first, token)
    return subject and Report(token, cue, subject, "before", token, token)


def _compound(n: Narrative, token: int, cue: Cue, first: int, found: list[Report]) -> Report | None:
    """`She laughed and said`: the subject is that of the verb before "and"."""
    subject = found[-1].subject if found else clause_subject(n, first, token)
    return subject and Report(token, cue, subject, "before", token - 1, token)


def clause_subject(n: Narrative, first: int, high: int) -> Subject | None:
    """The subject with which a sentence opens: its first noun phrase, whatever its verb."""
    kinds = n.kinds
    while first < high and kinds[first] in "CaQq,-":
        first += 1
    for _ in range(3):
        if first < high and kinds[first] in "OWgcD":
            comma = _comma(n, first, min(high, first + 25))
            if comma < 0:
                return None
            first = comma + 1
        while first < high and kinds[first] in "Ca":
            first += 1
    if first < high and kinds[first] == "d":
        comma = _comma(n, first, min(high, first + 6))
        if comma > 0 and "D" in kinds[first:comma] and not set("Nro") & set(kinds[first:comma]):
            first = comma + 1
    return subject_behind(n, first, high) if first < high else None


def _comma(n: Narrative, first: int, high: int) -> int:
    """The first comma, also one inside the marks of a fragment: `On "Face to Face," the senator`."""
    for token in range(first, high):
        if n.kinds[token] == "," or (n.kinds[token] == "q" and n.text[n.spans[token].end - 1] == ","):
            return token
    return -1


def _possessed(n: Narrative, token: int, first: int, high: int) -> Report | None:
    """`the minister's claim that …`, `his promise of …`: the speaker is the possessor."""
    kinds = n.kinds
    if (
        token + 1 >= high
        or (kinds[token + 1] not in "tOQq:" and kinds[token + 1 : token + 3] not in ("B:", "BQ"))
        or kinds[token + 1 : token + 3] in ("tv", "tc", "tx", "tB")
    ):
        return None
    owner = token - 1
    while owner > first and token - owner < 4 and kinds[owner] in "wDcvg0":
        owner -= 1
    cue = Cue(n.words[token].lower(), "finite", "that" if kinds[token + 1] in "tQ:" else "label")
    if kinds[owner] == "d" and n.words[owner].lower() in ("his", "her", "their"):
        return Report(token, cue, Subject("pronoun", owner, owner), "before", owner, token)
    if kinds[owner] == "S":
        subject = phrase(n, owner, owner)
        run = owner
        while run > first and kinds[run - 1] in "NTIL~":
            run -= 1
        subject = Subject("name", run, owner, (run, owner))
        return Report(token, cue, subject, "before", run, token)
    return None


def _according(n: Narrative, token: int, high: int) -> Report | None:
    words = n.words
    if words[token] not in ("according", "According") or token + 2 >= high or words[token + 1] != "to":
        return None
    subject = subject_behind(n, token + 2, high)
    return subject and Report(token, _ACCORDING, subject, "source", token, subject.last)


def introduction(n: Narrative, first: int, high: int) -> Report | None:
    """Who a sentence that ends in a colon introduces: its last report, else the one it is about."""
    named = _NAMED_LAST.search(n.kinds, max(first, high - 8), high)
    if named and (named.group()[0] != "O" or n.words[named.start()].lower() in ("from", "by")):
        subject = phrase(n, named.start(1), named.end(1) - 1)
        if subject:
            return Report(high - 1, _COLON, subject, "before", subject.first, high - 1)
    found = reports(n, first, high)
    if found:
        return found[-1]
    subject = clause_subject(n, first, high) or phrase(n, first, high - 1)
    return subject and Report(high - 1, _COLON, subject, "before", subject.first, high - 1)


@dataclass(frozen=True, slots=True)
class Claim:
    """The report that a marked stretch belongs to, and whether the stretch is a sentence of its own."""

    report: Report
    direct: bool


def claim(n: Narrative, mark: int, first: int, high: int, found: list[Report]) -> Claim | None:
    """The report in the same sentence (tokens `first` to `high`) that the marked stretch at token `mark` belongs to."""
    kinds = n.kinds
    place = bisect_right(found, mark, key=_position)
    behind = found[place] if place < len(found) else None
    if behind and _adjoins(kinds, mark, behind) and not (place and _goes_on(kinds, mark, found[place - 1], behind)):
        return Claim(behind, mark == first or kinds[mark - 1] in ",Q")
    if place:
        nearest = found[place - 1]
        gap = kinds[nearest.last + 1 : mark]
        return Claim(nearest, gap.strip(",:-") == "" or gap.endswith((",", ":")))
    return Claim(behind, False) if behind else None


def _goes_on(kinds: str, mark: int, before: Report, behind: Report) -> bool:
    """Whether the marked words complete the verb before them, and the verb behind them opens another clause."""
    if before.order == "before" and kinds[before.last + 1 : mark].strip("Dat,:") == "":
        return True
    after = kinds[behind.last + 1 : behind.last + 2]
    return behind.order == "before" and after != "" and after in "tdNpqQTrowS" and behind.first > mark + 1


def _position(report: Report) -> int:
    return report.token


def _adjoins(kinds: str, mark: int, report: Report) -> bool:
    return report.first - mark < 6 and kinds[mark + 1 : report.first].strip(",-aC") == ""


_SIGNED = re.compile(r"[.¶]{0,2}-([NTIL~]{2,6})(?=[Qq.,¶0(]|$)|[.¶]*¶-([NTI])(?=[.,¶(]|$)")


def signature(n: Narrative, mark: int) -> Subject | None:
    """The name behind a dash that signs marked words: `“…” — Jane Doe`."""
    signed = _SIGNED.match(n.kinds, mark + 1)
    if signed is None:
        return None
    first, end = signed.span(signed.lastindex or 1)
    return phrase(n, first, end - 1)
