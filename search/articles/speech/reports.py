"""Reports of speech in a sentence: verbs of speaking with their subjects.

`Doe told reporters`, `said the minister`, `according to the bank`, `…, adding that`, `her claim that`. What stands
inside speech that is already being reported belongs to that speech, unless it comes to the surface again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from search.articles.speech.clauses import clause_subject, nearest_subject
from search.articles.speech.cues import CUE_NOUNS, CUES, EVIDENCE, NOUN_LIKE, Cue
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject, speaks
from search.articles.speech.possession import possessed
from search.articles.speech.report import Report, candidates, tells
from search.articles.speech.sources import according, as_put, done_by
from search.articles.speech.subjects import subject_before, subject_behind

_NEXT_MARK = re.compile(r"[aDwvOdpm0]{0,5}[,:-]?[Qq]")
_AFTER_MARK = re.compile(r"Q,?[dNTILrosw~Sap]{1,8}$")
_COMPOUND = re.compile(r"C(?:[aDxn]{0,3}|a?O[dwNroS0Ds]{1,5})$")
_RELATIVE = frozenset(["tv", "tc", "tx", "tB"])
_BORDER = re.compile("[,;CW]")
_MARKED = re.compile("[Qq]")
_NAMING = frozenset(["called", "named", "dubbed", "labeled", "branded", "termed"])
_GOES_ON = frozenset(["quick", "careful", "swift", "eager", "on", "continued", "continues", "proceeded"])
#: What follows these is whom they are said to: `the union, which lost, asked the court to wait`.
_OF_SOMEBODY = frozenset(["ask", "urge", "remind", "assure", "inform", "advise", "promise"])
_AHEAD = 12
_FAR = 60
_BACK = 8


def reports(n: Narrative, first: int, high: int, tokens: Sequence[int] | None = None) -> list[Report]:
    """The reports in a sentence (tokens `first` up to, not including, `high`), in order.

    `tokens` are the candidates in it, where they are known. Where no words are marked, a judgement alone tells nothing
    that was said.
    """
    if tokens is None:
        tokens = candidates(n, first, high)
    marked = _MARKED.search(n.kinds, first, high) is not None
    if not marked:
        tokens = [token for token in tokens if tells(n, token)]
    if not tokens:
        return []
    sentence = _Sentence(n, first, high, marked)
    for token in tokens:
        sentence.consider(token)
    return sentence.found


class _Sentence:
    """One sentence while its reports are being found, from left to right."""

    def __init__(self, n: Narrative, first: int, high: int, marked: bool) -> None:
        self._n, self._kinds, self._words = n, n.kinds, n.words
        self._first, self._high, self._marked = first, high, marked
        self._inside: int | None = None  # the token behind the verb whose speech goes on
        self.found: list[Report] = []

    def consider(self, token: int) -> None:
        """Enters what is reported at a token, if anything is."""
        kind = self._kinds[token]
        report: Report | None = None
        if kind in "cgb":
            if self._inside is not None and not self._may_surface(token):
                return
            report = self._verb(token)
            if report and self._inside is not None and not self._surfaces(report):
                report = None
        elif kind == "A":
            report = according(self._n, token, self._high)
        elif kind == "v":
            report = self._beside(token)
        if report is None and self._inside is None and self._words[token].lower() in CUE_NOUNS:
            report = possessed(self._n, token, self._first, self._high, bool(self.found))
        if report:
            self.found.append(report)
            if self._inside is None and self._encloses(report):
                self._inside = report.last + 1

    def _may_surface(self, token: int) -> bool:
        """Whether anything in what is being said can end it before a verb."""
        return (
            self._marked
            or self._kinds[token] == "g"
            or _BORDER.search(self._kinds, max(self._inside or 0, token - _FAR), token) is not None
        )

    def _verb(self, token: int) -> Report | None:
        kinds = self._kinds
        cue = CUES.get(self._words[token].lower())
        if cue is None:
            return None
        if cue.strength != "manner" and self._word(token + 1) == "by":
            return done_by(self._n, token, self._first, self._high, cue, self._passive(token))
        if cue.lemma == "ask" and (self._word(token + 1) == "not" or kinds[token - 1 : token + 2] == "Wct"):
            return None  # `who asked not to be named`
        before = kinds[token - 1] if token > self._first else "Q"
        passive = self._passive(token)
        if cue.form == "gerund" and not passive and before not in "Cs":
            return self._participle(token, cue)
        if cue.form == "base" and self._unadverbed(token) in "Om":
            return self._infinitive(token, cue)
        if (before in "OSs" or passive) and cue.form != "gerund":
            return None
        if cue.lemma == "put" and self._word(token + 1) == "it":
            return as_put(self._n, token, self._first)
        if cue.strength == "manner" and not self._by_marks(token, before):
            return None
        if before in "Qq," and cue.form == "finite" and self._may_invert(token, cue):
            behind = self._inverted(token, cue, before)
            if behind:
                return behind
        if _COMPOUND.search(kinds, max(self._first, token - _AHEAD), token):
            return self._governed(token, cue, self._last_subject() or clause_subject(self._n, self._first, token), 1)
        subject = subject_before(self._n, token - 1, self._first)
        if subject is None or not self._agrees(cue, subject, token):
            return None
        return Report(token, cue, subject, "before", subject.first, token)

    def _participle(self, token: int, cue: Cue) -> Report | None:
        """`…, he said, adding that …`: the subject is that of the verb before; `with Doe saying` brings its own."""
        before, after = self._kinds[token - 1], self._kinds[token + 1 : token + 2]
        if cue.strength == "manner" and after not in ("Q", ",", ":"):
            return None
        if self._word(token - 1) == "worth":
            return None
        loose = cue.lemma == "say" or token <= self._first + 2 or after in ("t", "Q", "q", ":", ",")
        if before in "dsS" or (before == "O" and not loose):
            return None
        if self._unadverbed(token) in "NI)rm":
            return self._governed(token, cue, subject_before(self._n, token - 1, self._first))
        lead = self._first + (self._kinds[self._first] in "Ca")
        if token - lead <= 1 and (token == lead or before in "OW"):
            return self._governed(token, cue, clause_subject(self._n, self._first, self._high))
        finite = next((r for r in islice(reversed(self.found), _BACK) if self._leads(r)), None)
        return self._governed(token, cue, finite.subject if finite else nearest_subject(self._n, self._first, token))

    def _infinitive(self, token: int, cue: Cue) -> Report | None:
        """`went on to say`; any other infinitive only where marked words follow at once."""
        beside = self._kinds[token + 1 : min(self._high, token + 4)].lstrip(",:")[:1] in ("Q", "q")
        if not beside and self._words[max(self._first, token - 2)] not in _GOES_ON:
            return None
        return self._governed(token, cue, self._last_subject() or clause_subject(self._n, self._first, token))

    def _inverted(self, token: int, cue: Cue, before: str) -> Report | None:
        """`"…," said the envoy`; without marks only where nothing but an apposition follows the name."""
        kinds = self._kinds
        if cue.lemma == "tell" or (token + 1 < self._high and kinds[token + 1] in "Dt"):
            return None
        subject = subject_behind(self._n, token + 1, self._high)
        if subject is None:
            return None
        if kinds[token - 2 : token] == "q," and kinds[subject.last + 1 : subject.last + 2] in ("x", "B"):
            return None  # `Doe, who wrote "The Hour", said she was`
        if before == "," and kinds[token - 2 : token - 1] not in ("Q", "q"):
            if cue.lemma in _OF_SOMEBODY or cue.lemma in EVIDENCE:
                return None
            behind = kinds[subject.last + 1] if subject.last + 1 < self._high else ","
            somebody = set("NTroI") & set(kinds[subject.first : subject.last + 1])
            if subject.kind == "pronoun" or not somebody or not self._follows(behind, subject):
                return None
        return Report(token, cue, subject, "behind", token, subject.last)

    def _follows(self, kind: str, subject: Subject) -> bool:
        """Whether a word may stand behind a speaker who follows the verb: `said an official who asked for secrecy`."""
        return kind in ",OD-(" or (kind == "W" and self._word(subject.last + 1) == "who")

    def _beside(self, token: int) -> Report | None:
        """Any verb reports speech where it stands between a subject and marked words: `"No," groused the envoy`."""
        kinds = self._kinds
        cue = Cue(self._words[token], "finite", "manner")
        if token == self._first:
            return None
        if kinds[token - 1] == "Q" and token + 1 < self._high and kinds[token + 1] in "NTdr":
            return self._inverted(token, cue, "Q")
        if kinds[token + 1 : token + 3] in (",Q", ":Q") and kinds[token - 1] in "NTIrpoa,":
            subject = subject_before(self._n, token - 1, self._first)
            return Report(token, cue, subject, "before", subject.first, token) if subject else None
        return None

    def _governed(self, token: int, cue: Cue, subject: Subject | None, reach: int = 0) -> Report | None:
        """A report whose subject stands elsewhere in the sentence."""
        return Report(token, cue, subject, "before", token - reach, token) if subject else None

    def _leads(self, report: Report) -> bool:
        """Whether a participle can hang on a report: its verb is finite, and no noun."""
        owned = self._kinds[report.subject.last] in "Sd" and report.order == "before"
        return report.cue.form != "gerund" and report.order != "agent" and not owned

    def _last_subject(self) -> Subject | None:
        return next((report.subject for report in islice(reversed(self.found), _BACK) if report.order != "agent"), None)

    def _may_invert(self, token: int, cue: Cue) -> bool:
        """Whether the speaker may stand behind: of a judgement only where speech ends before the verb."""
        span = self._n.spans.get(token - 1)
        return cue.strength != "label" or (
            span is not None and self._kinds[token - 1] == "Q" and self._n.text[span.end - 1] in ",!?"
        )

    def _word(self, token: int) -> str:
        return self._words[token].lower() if token < self._high else ""

    def _unadverbed(self, token: int) -> str:
        """The kind of the word before a verb and its adverbs."""
        token -= 1
        while token > self._first and self._kinds[token] == "a":
            token -= 1
        return self._kinds[token] if token >= self._first else "Q"

    def _passive(self, token: int) -> bool:
        token -= 1
        while token > self._first and self._kinds[token] in "an":
            token -= 1
        return token >= self._first and self._kinds[token] == "B"

    def _by_marks(self, token: int, before: str) -> bool:
        """Whether marked words stand beside a verb that reports speech only there."""
        kinds = self._kinds
        if before in "Qq" or kinds[token - 2 : token] == "Q,":
            return True
        if kinds[token + 1 : token + 2] == "t" and self._finite_soon(token + 2):
            return True
        follows = _NEXT_MARK.match(kinds, token + 1, self._high)
        return follows is not None or _AFTER_MARK.search(kinds, max(0, token - _AHEAD), token) is not None

    def _agrees(self, cue: Cue, subject: Subject, token: int) -> bool:
        """Whether a form that is as often a noun ("claims", "report") is a verb here."""
        after = self._kinds[token + 1 : min(self._high, token + 3)]
        if after[:1] in ("Q", "q") and self._words[token] in _NAMING and subject.kind == "role":
            return False
        if cue.lemma in EVIDENCE and subject.kind == "role" and not speaks(self._n, subject):
            return _MARKED.search(self._kinds, token, self._high) is not None
        if cue.form == "base":
            if self._unadverbed(token) in "xn":
                return True
            plural = subject.kind == "pronoun" or subject.plural
            return (plural or (cue.strength != "manner" and after[:1] in ("t", "Q", ":"))) and (
                after not in _RELATIVE or subject.kind != "role"
            )
        if cue.form == "finite" and cue.lemma in NOUN_LIKE and self._words[token].endswith("s"):
            if after in _RELATIVE:
                return False
            if after[:1] in ("t", "Q", "q", ":", "p") or after == ",Q":
                return True
            return subject.kind != "role" and after[:1] in tuple("NdTSma")
        return True

    def _encloses(self, report: Report) -> bool:
        """Whether what follows the verb is a clause of what is said, so that verbs in it are another's words."""
        kinds, after = self._kinds, report.last + 1
        if report.order != "before" or report.cue.strength not in ("plain", "that") or after >= self._high:
            return False
        if report.cue.strength == "plain":
            return kinds[after] in "tpdNTrosSwn0W" or kinds.find("t", after, after + 8) >= 0
        return kinds[after] in "tp" or (kinds[after] in "dNTrosSn0D" and self._finite_soon(after))

    def _finite_soon(self, token: int) -> bool:
        """Whether a finite verb follows before the clause can end."""
        for kind in self._kinds[token : min(self._high, token + _AHEAD)]:
            if kind in "xBvnt":
                return True
            if kind in ",;:WOQ":
                return False
        return False

    def _surfaces(self, report: Report) -> bool:
        """Whether a verb within reported speech is the reporter's own after all."""
        kinds, first = self._kinds, report.first
        if report.token == first == report.last and kinds[report.token] == "g":
            return True
        after = kinds[report.last + 1 : min(self._high, report.last + _AHEAD)].lstrip("aD,:")[:1]
        if report.cue.strength == "manner" and kinds[first - 1] not in ",;CqQ-" and kinds[report.last + 1] in "Qq":
            return False
        if (after == "Q" and report.cue.strength != "label") or (after == "q" and report.cue.strength == "plain"):
            return True
        if report.outlasts(self._n, self.found[-1].token):
            return True
        before = kinds[max(self._first, first - 2) : first]
        if before.rstrip(",")[-1:] in ("Q", "q"):
            return True
        if report.order != "before":
            return report.order == "source"
        if before[-1:] in (";", "C") or kinds[first] == "C" or before in (",W", ";W"):
            return True
        return before[-1:] == "," and (after in ("", ",", "O") or self._subordinate())

    def _subordinate(self) -> bool:
        """Whether the sentence opens with a clause that depends on another."""
        return _unconnected(self._kinds, self._first, self._high) == "W"


def _unconnected(kinds: str, first: int, high: int) -> str:
    """The kind of a sentence's first word behind "But even"."""
    return kinds[first : min(high, first + 4)].lstrip("Ca")[:1]
