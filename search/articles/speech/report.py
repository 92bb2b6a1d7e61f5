"""A report of speech, and the words at which one may stand."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from search.articles.speech.cues import CUE_NOUNS, CUES, Cue
from search.articles.speech.narrative import Narrative
from search.articles.speech.phrases import Subject

Order = Literal["before", "behind", "source", "agent"]

_CANDIDATE = re.compile(r"[cgbAwrov](?:(?<=[cgbA])|(?<=[wro])(?=[tOQq:B])|(?<=Qv)|(?<=v)(?=[,:]Q))")
_VERBS = frozenset("cgbAv")
_CLAUSE = 12  # tokens behind a subject among which a "who" opens a clause about it


class Report(Struct, frozen=True):
    """A verb of speaking at `token`, its tokens and its subject's from `first` to `last`.

    `order`: the subject stands before the verb, behind it, is named as a source ("according to"), or as the agent of a
    passive ("was asked by").
    """

    token: int
    cue: Cue
    subject: Subject
    order: Order
    first: int
    last: int

    def outlasts(self, n: Narrative, token: int) -> bool:
        """Whether `token` stands in a clause between subject and verb: `Doe, who had said nothing, told reporters`."""
        return (
            self.order == "before"
            and n.kinds[self.token - 1] == ","
            and n.kinds.find("W", self.subject.last + 1, min(token, self.subject.last + _CLAUSE)) > 0
        )


def candidates(n: Narrative, first: int, high: int) -> list[int]:
    """The tokens from `first` up to, not including, `high` at which a report may stand, in order."""
    kinds, words = n.kinds, n.words
    found = [match.start() for match in _CANDIDATE.finditer(kinds, first, high)]
    return [token for token in found if kinds[token] in _VERBS or words[token].lower() in CUE_NOUNS]


def tells(n: Narrative, token: int) -> bool:
    """Whether a candidate can report speech without marked words."""
    kind = n.kinds[token]
    if kind in "cgb":
        cue = CUES.get(n.words[token]) or CUES.get(n.words[token].lower())
        return cue is not None and (cue.strength in ("plain", "that") or n.kinds[token + 1 : token + 2] == "t")
    return kind == "A" or n.kinds[token + 1 : token + 2] in ("t", ":", "B", "O")
