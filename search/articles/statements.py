"""What is said in each sentence: marked words with the report they belong to, and speech reported without marks.

The sentences are read in order; a statement that its own sentence leaves open takes its speaker from the colon before
it, from the quotation that it continues, or from the sentence that leads up to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.articles.attribution import Report, claim, clause_subject, introduction, reports
from search.articles.model import QuoteKind
from search.articles.narrative import SPEECH_WORDS, Narrative
from search.articles.people import NOBODY, People, Voice

_CUES = frozenset("cgb")
_OBJECTED = frozenset("tell remind inform assure ask warn advise".split())


@dataclass(frozen=True, slots=True)
class Statement:
    """Characters `start` to `end` of the joined text, said by `voice`, with the words of the cue."""

    start: int
    end: int
    kind: QuoteKind
    voice: Voice
    cue: str | None = None


class Listener:
    """Reads a narrative once, from its first sentence to its last."""

    def __init__(self, n: Narrative) -> None:
        self._n = n
        self._people = People(n)
        self._intro: Report | None = None
        self._last: Statement | None = None
        self._lead: Voice | None = None
        self._paragraph_end = -1

    def statements(self) -> Iterator[Statement]:
        """Every statement, in the order of the text."""
        previous = -1
        for first, high in clauses(self._n):
            if "¶" in self._n.kinds[max(previous, 0) : first] or previous < 0:
                self._lead = None
            yield from self._clause(first, high)
            previous = high

    def _clause(self, first: int, high: int) -> Iterator[Statement]:
        n = self._n
        kinds = n.kinds[first:high]
        marks = [first + i for i, kind in enumerate(kinds) if kind in "Qq"]
        speaks = not _CUES.isdisjoint(kinds) or "ccording" in " ".join(n.words[first:high])
        found = reports(n, first, high) if speaks else []
        said: list[Statement] = []
        if found or marks:
            said = list(self._said(first, high, marks, found))
        if not found:
            self._note(first, high)
        self._intro = introduction(n, first, high) if kinds[-1:] == ":" else None
        yield from said

    def _note(self, first: int, high: int) -> None:
        subject = clause_subject(self._n, first, high)
        if subject:
            voice = self._people.voice(subject)
            self._lead = voice if voice.person or subject.kind != "role" else None

    def _said(self, first: int, high: int, marks: list[int], found: list[Report]) -> Iterator[Statement]:
        n = self._n
        voices = {id(report): self._people.voice(report.subject) for report in found}
        speech = [mark for mark in marks if n.kinds[mark] == "Q"]
        out: list[Statement] = []
        for mark in speech:
            out.append(self._marked(mark, first, high, found, voices))
        for start, end, report, kind in contents(n, first, high, found, speech):
            out.append(Statement(start, end, kind, voices[id(report)], _cue_words(n, report)))
        out.sort(key=lambda s: s.start)
        if found:
            self._lead = voices[id(found[-1])]
        yield from out

    def _marked(self, mark: int, first: int, high: int, found: list[Report], voices: dict[int, Voice]) -> Statement:
        n = self._n
        span = n.spans[mark]
        belongs = claim(n, mark, first, high, found)
        alone = n.kinds[first:high].strip("Qq,-") == ""
        if belongs:
            voice, cue = voices[id(belongs.report)], _cue_words(n, belongs.report)
            kind: QuoteKind = "direct" if belongs.direct else "mixed"
        else:
            voice, cue = self._unclaimed(mark, first, high, alone), None
            kind = "direct" if alone or n.kinds[mark - 1] == ":" else "mixed"
        statement = Statement(span.start, span.end, kind, voice, cue)
        self._last = statement
        return statement

    def _unclaimed(self, mark: int, first: int, high: int, alone: bool) -> Voice:
        n = self._n
        span = n.spans[mark]
        if span.resumed and self._last:
            return _continued(self._last.voice)
        if mark > first and n.kinds[mark - 1] == ":":
            report = introduction(n, first, mark)
            return self._people.voice(report.subject) if report else NOBODY
        if mark == first and self._intro:
            return self._people.voice(self._intro.subject)
        if not alone:
            subject = clause_subject(n, first, high)
            voice = self._people.voice(subject) if subject else NOBODY
            return voice if voice.person else NOBODY
        same = self._last and "¶" not in n.kinds[_token_at(n, self._last.end) : mark]
        if same and self._last:
            return _continued(self._last.voice)
        if self._lead:
            return self._lead
        if self._last and n.kinds[_token_at(n, self._last.end) : mark].count("¶") == 1:
            return _continued(self._last.voice)
        return NOBODY


def _token_at(n: Narrative, offset: int) -> int:
    from bisect import bisect_right

    return bisect_right(n.starts, offset)


def _continued(voice: Voice) -> Voice:
    if voice.speaker is None and voice.role is None:
        return NOBODY
    return Voice(voice.speaker, voice.role, "continued", voice.person)


def _cue_words(n: Narrative, report: Report) -> str:
    if report.cue.lemma in (":", "according to"):
        return report.cue.lemma
    return n.words[report.token]


def clauses(n: Narrative) -> Iterator[tuple[int, int]]:
    """Token ranges of sentences, parted also behind marked words that end one."""
    for first, high in n.sentences:
        start = first
        for mark in range(first, high - 1):
            if n.kinds[mark] == "Q" and _ends_sentence(n, mark, high):
                yield start, mark + 1
                start = mark + 1
        yield start, high


def _ends_sentence(n: Narrative, mark: int, high: int) -> bool:
    span = n.spans[mark]
    if n.text[span.end - 1] not in ".!?…":
        return False
    if n.kinds[mark + 1] in "Qq":
        return True
    if not n.words[mark + 1][:1].isupper():
        return False
    rest = n.kinds[mark + 1 : high]
    return not (len(rest) < 14 and "Q" not in rest and rest.rstrip("ODNaw")[-1:] in ("c",) and ",c" not in rest[:-1])


def contents(
    n: Narrative, first: int, high: int, found: list[Report], speech: list[int]
) -> Iterator[tuple[int, int, Report, QuoteKind]]:
    """Speech without marks, or with fragments in marks, that the reports of a sentence introduce or follow."""
    taken = first
    for number, report in enumerate(found):
        stop = found[number + 1].first if number + 1 < len(found) else high
        opening = _opening(n, report, high)
        span = None
        if number == 0 and report.order in ("before", "source"):
            span = _content_before(n, first, report, high)
            if span:
                yield from _content(n, *span, report, speech)
        if opening is not None and opening >= taken:
            stop = _closing(n, opening, high, found[number + 1 :])
            yield from _content(n, opening, stop, report, speech)
            taken = stop


def _content_before(n: Narrative, first: int, report: Report, high: int) -> tuple[int, int] | None:
    """`CONTENT, the minister said.`"""
    kinds = n.kinds
    start = report.first
    if report.order == "before" and (report.cue.form == "gerund" or report.cue.strength in ("label", "manner")):
        return None
    if start - 1 <= first or kinds[start - 1] not in ",-":
        return None
    after = kinds[report.last + 1 : high]
    if after and report.order == "before" and (after[0] not in ",DOa-rNq" or "t" in after[:4]):
        return None
    return (first, start - 1) if kinds[first] not in "W" or True else None


def _opening(n: Narrative, report: Report, high: int) -> int | None:
    """Where what is said begins, behind the verb."""
    kinds = n.kinds
    token = report.last + 1
    if report.order == "behind":
        return None
    if report.order == "source":
        return token + 1 if token < high and kinds[token] == "," else None
    if report.cue.strength == "manner" or token >= high:
        return None
    if report.cue.strength == "label":
        return token
    that = kinds.find("t", token, min(high, token + 12))
    between = kinds[token:that] if that >= 0 else ""
    if that >= 0 and not set(between) & set(",;:Qqcgb"):
        return that + 1
    if report.cue.strength == "that" or report.cue.lemma == "tell":
        return None if report.cue.lemma != "tell" else _behind_object(kinds, token, high)
    while token < high and kinds[token] in "aD":
        token += 1
    if token >= high or kinds[token] in ".,;:QqCOW0-t":
        return None
    return token


def _behind_object(kinds: str, token: int, high: int) -> int | None:
    return None


def _closing(n: Narrative, opening: int, high: int, later: list[Report]) -> int:
    """Where what is said ends: at the sentence's end, or before the next verb of the same speaker."""
    kinds = n.kinds
    for report in later:
        if report.token > opening and report.cue.form == "gerund" and kinds[report.token - 1] == ",":
            return report.token - 1
        if (
            report.first > opening
            and kinds[report.first - 1] in ",C"
            and report.order != "behind"
            and kinds[report.first - 1] == "C"
        ):
            return report.first
    semicolon = kinds.find(";", opening, high)
    return semicolon if semicolon > 0 else high


def _content(
    n: Narrative, first: int, stop: int, report: Report, speech: list[int]
) -> Iterator[tuple[int, int, Report, QuoteKind]]:
    kinds = n.kinds
    while first < stop and kinds[first] in "C,-:":
        first += 1
    while stop > first and kinds[stop - 1] in ",-:;C":
        stop -= 1
    if stop - first < SPEECH_WORDS or any(first <= mark < stop for mark in speech):
        return
    kind: QuoteKind = "mixed" if "q" in kinds[first:stop] else "indirect"
    if report.cue.strength == "label" and kind == "indirect":
        return
    start, end = n.starts[first], n.end(stop - 1)
    if kinds[first] == "q":
        start = n.spans[first].start
    if kinds[stop - 1] == "q":
        end = n.spans[stop - 1].end
    if end > start:
        yield start, end, report, kind
