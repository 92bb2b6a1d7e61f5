"""What is said in each sentence: marked words with the report they belong to, and speech reported without marks.

The sentences are read in order; a statement that its own sentence leaves open takes its speaker from the colon before
it, from the quotation that it continues, or from the sentence that leads up to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from search.articles.model import QuoteKind
from search.articles.speech.attribution import claim, credited, introduction, signature
from search.articles.speech.clauses import clause_subject
from search.articles.speech.indirect import contents
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import speaks
from search.articles.speech.report import Report, candidates
from search.articles.speech.reports import reports
from search.articles.speech.subjects import subject_behind
from search.articles.speech.voices import NOBODY, Voice, Voices

_MARK = re.compile("[Qq]")
_CLOSING = ".!?…"
#: `Doe said.`, `the envoy said on Monday`, `Jane Doe, a nurse, said`: no complement of its own follows.
_ATTRIBUTED = re.compile(
    r"-?(?:[dNTILrosw~S]{1,8}(?:,[^,Qqtc]{1,20}+,)?a?c|c[dNTILro])(?=$|[.,¶OaDW-])(?![aD]*[,:]Q|,?a?,?t)|-[NTI~]+$"
)
#: `was hailed as "…" by the Gazette`
_PASSIVE, _BY = re.compile(r"Ba?[cvw]W?$"), re.compile("O[dNTroS]")
_ASKING = frozenset(["asked", "asks", "wondered", "wonders", "told", "tells"])
_ASKED = re.compile(r"[dNTILrosw~S]{1,8}a?c")


class Statement(Struct, frozen=True):
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
        self._voices = Voices(n)
        self._statements: list[Statement] = []
        self._unclosed = {span.end for span in n.spans.values() if span.unclosed}
        self._intro: Report | None = None
        self._last: Statement | None = None
        self._lead: Voice | tuple[int, int] = NOBODY
        self._above: Voice | tuple[int, int] = NOBODY

    def statements(self) -> list[Statement]:
        """Every statement, in the order of the text."""
        n, kinds = self._n, self._n.kinds
        marks, tokens = [match.start() for match in _MARK.finditer(kinds)], candidates(n, 0, len(kinds))
        mark = token = previous = 0
        for first, high in n.sentences:
            if not previous or kinds.find("¶", previous, first) >= 0:
                adjoins = kinds.count("¶", previous, first) == 1
                self._lead, self._above = NOBODY, self._lead if adjoins else NOBODY
            previous = high
            marked, mark = mark, bisect_left(marks, high, mark)
            told, token = token, bisect_left(tokens, high, token)
            if marked == mark and told == token and kinds[high - 1] != ":":
                self._note(first, high)
                self._intro = None
                continue
            for start, end in parted(n, first, high, marks[marked:mark]):
                self._clause(start, end, marks[marked:mark], tokens[told:token])
        return self._statements

    def _clause(self, first: int, high: int, marks: Sequence[int], tokens: Sequence[int]) -> None:
        kinds = self._n.kinds
        inside = marks[bisect_left(marks, first) : bisect_left(marks, high)]
        held = tokens[bisect_left(tokens, first) : bisect_left(tokens, high)]
        found = reports(self._n, first, high, held)
        speech = [mark for mark in inside if kinds[mark] == "Q"]
        if found or speech:
            self._statements += self._said(first, high, speech, found)
        if not found:
            self._note(first, high)
        self._intro = introduction(self._n, first, high, found) if kinds[high - 1] == ":" else None

    def _note(self, first: int, high: int) -> None:
        if high - first > 3:
            self._voices.pass_over(first, high)
            self._lead = (first, high)

    def _said(self, first: int, high: int, speech: list[int], found: list[Report]) -> list[Statement]:
        n = self._n
        voices = {id(report): self._voices.of(report.subject) for report in found}
        alone = bool(speech) and n.kinds[first:high].strip("Qq,-") == ""
        out: list[Statement] = []
        for mark in speech:
            statement = self._marked(mark, first, high, found, voices, alone)
            if statement.kind == "direct" or statement.voice.attribution != "none":
                out.append(statement)
        for content in contents(n, first, high, found, speech):
            voice = voices[id(content.report)]
            out.append(Statement(content.start, content.end, content.kind, voice, _cue_words(n, content.report)))
        if len(out) > 1:
            out.sort(key=lambda s: s.start)
        if found:
            self._lead = voices[id(found[-1])]
        return out

    def _marked(
        self, mark: int, first: int, high: int, found: list[Report], voices: dict[int, Voice], alone: bool
    ) -> Statement:
        n = self._n
        span = n.spans[mark]
        signed = signature(n, mark)
        if signed:
            self._last = Statement(span.start, span.end, "direct", self._voices.of(signed), None)
            return self._last
        belongs = None if credited(n, mark) else claim(n, mark, first, found)
        if belongs:
            voice, cue = voices[id(belongs.report)], _cue_words(n, belongs.report)
            kind: QuoteKind = "direct" if belongs.direct else "mixed"
        else:
            voice, cue = self._unclaimed(mark, first, high, alone), None
            apart = mark == first or n.kinds[mark - 1] in ",:"
            kind = "direct" if alone or (apart and n.text[span.end - 1] in ",.?!…—-") else "mixed"
        statement = Statement(span.start, span.end, kind, voice, cue)
        if span.resumed and belongs:
            self._look_back(voice)
        self._last = statement
        return statement

    def _look_back(self, voice: Voice) -> None:
        """Gives the paragraphs of one speech to the speaker whom only its last one names."""
        for place in range(len(self._statements) - 1, -1, -1):
            earlier = self._statements[place]
            if earlier.voice.attribution != "none" or earlier.end not in self._unclosed:
                return
            self._statements[place] = replace(earlier, voice=voice.continued())

    def _unclaimed(self, mark: int, first: int, high: int, alone: bool) -> Voice:
        n = self._n
        span = n.spans[mark]
        if span.resumed and self._last:
            return self._last.voice.continued()
        if mark > first and n.kinds[mark - 1] == ":":
            report = introduction(n, first, mark, ())
            return self._voices.of(report.subject) if report else NOBODY
        if mark == first and self._intro:
            return self._voices.of(self._intro.subject)
        if n.kinds[first] == "g" and isinstance(self._lead, Voice):
            return self._lead.continued()
        if not alone:
            return self._of_sentence(mark, first, high)
        gap = n.kinds[_token_at(n, self._last.end) : mark] if self._last else "¶¶"
        if self._last and "¶" not in gap:
            return self._last.voice.continued()
        if self._lead is not NOBODY:
            return self._lead if isinstance(self._lead, Voice) else self._led(*self._lead)
        if self._last and gap.count("¶") == 1:
            return self._last.voice.continued()
        return (self._above if isinstance(self._above, Voice) else self._led(*self._above)).continued()

    def _of_sentence(self, mark: int, first: int, high: int) -> Voice:
        """Whose words stand in a sentence without a verb of speaking: its subject's, or the last speaker's."""
        n = self._n
        by = _BY.match(n.kinds, mark + 1, high) if _PASSIVE.search(n.kinds, max(first, mark - 6), mark) else None
        agent = subject_behind(n, mark + 2, high) if by and n.words[mark + 1].lower() == "by" else None
        if agent:
            return self._voices.of(agent)
        subject = clause_subject(n, first, high)
        voice = self._voices.meant(subject) if subject else NOBODY
        adjoining = n.kinds[mark - 1] == "," or (mark == first and n.text[n.spans[mark].end - 1] == ",")
        if voice.person or adjoining:
            return voice
        if self._last and "¶" not in n.kinds[_token_at(n, self._last.end) : mark]:
            return self._last.voice.continued()
        heard = voice.role is not None and voice.attribution == "role" and "n" not in n.kinds[first:mark]
        return voice if heard and subject and speaks(n, subject) else NOBODY

    def _led(self, first: int, high: int) -> Voice:
        """Whom the sentence before a quotation is about, where it names or means a person."""
        subject = clause_subject(self._n, first, high)
        voice = self._voices.meant(subject) if subject else NOBODY
        return voice if voice.person else NOBODY


def _token_at(n: Narrative, offset: int) -> int:
    return bisect_right(n.starts, offset)


def _cue_words(n: Narrative, report: Report) -> str:
    if report.cue.lemma in (":", "according to"):
        return report.cue.lemma
    return n.words[report.token]


def parted(n: Narrative, first: int, high: int, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The token ranges of a sentence, parted behind marked words that end one."""
    for mark in marks:
        if mark < high - 1 and _ends_sentence(n, mark, high):
            yield first, mark + 1
            first = mark + 1
    yield first, high


def _ends_sentence(n: Narrative, mark: int, high: int) -> bool:
    span = n.spans[mark]
    if n.text[span.end - 1] not in _CLOSING:
        return False
    if n.kinds[mark + 1] in "Qq":
        return True
    if n.kinds[mark] == "q" and n.text[span.end - 1] == "." and n.words[mark + 1][:1].isupper():
        return True
    if not n.words[mark + 1][:1].isupper():
        return False
    asked = _ASKED.match(n.kinds, mark + 1, high) if n.text[span.end - 1] in "?!" else None
    if asked and n.words[asked.end() - 1] in _ASKING:
        return False
    return not _ATTRIBUTED.match(n.kinds, mark + 1, high)
