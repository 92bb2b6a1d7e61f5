"""The verbs that report speech, in all their forms, and what each can introduce.

A cue is *plain* when it reports speech with or without "that" ("said", "told"), *that* when its clause needs "that" or
a verb of its own to be read as speech ("argued that"), *label* when it reports a judgement in an object ("called the
plan a farce"), *manner* when it counts only beside marked words ("laughed", "went on").
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from search.articles.speech.words import WORDS

Strength = Literal["plain", "that", "label", "manner"]
Form = Literal["finite", "base", "gerund"]

_VERBS = WORDS["verbs"]
_STRENGTHS: tuple[Strength, ...] = ("plain", "that", "label", "manner")
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing"),
    "read": ("reads", "read", "reading"),
    "swear": ("swears", "swore", "swearing"),
    "think": ("thinks", "thought", "thinking"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed", "showing"),
    "see": ("sees", "saw", "seeing"),
    "feel": ("feels", "felt", "feeling"),
    "begin": ("begins", "began", "beginning"),
    "sing": ("sings", "sang", "singing"),
    "go": ("goes", "went", "going"),
    "put": ("puts", "put", "putting"),
    "cut": ("cuts", "cut", "cutting"),
    "shoot": ("shoots", "shot", "shooting"),
    "speak": ("speaks", "spoke", "speaking"),
    "cast": ("casts", "cast", "casting"),
    "foretell": ("foretells", "foretold", "foretelling"),
    "forecast": ("forecasts", "forecast", "forecasting"),
}
_DOUBLED = frozenset(_VERBS["doubled"])
_EXTRA_PAST = {"pleaded": "plead", "pled": "plead", "summed": "sum", "referred": "refer", "shown": "show"}


class Cue(Struct, frozen=True):
    """One form of a verb of speaking."""

    lemma: str
    form: Form
    strength: Strength


def _forms(lemma: str) -> tuple[str, str, str]:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma in _DOUBLED:
        lemma += lemma[-1]
    sibilant = lemma.endswith(("s", "sh", "ch", "x"))
    single = lemma[:-1] if lemma[-2:-1] == lemma[-1] and lemma[:-1] in _DOUBLED else lemma
    return single + ("es" if sibilant else "s"), lemma + "ed", lemma + "ing"


def _table() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for strength in _STRENGTHS:
        for lemma in _VERBS[strength]:
            third, past, gerund = _forms(lemma)
            for word, form in ((lemma, "base"), (third, "finite"), (past, "finite"), (gerund, "gerund")):
                if word not in table or table[word] == Cue(lemma, "base", strength):
                    table[word] = Cue(lemma, form, strength)  # type: ignore[arg-type]
    for word, lemma in _EXTRA_PAST.items():
        table[word] = Cue(lemma, "finite", table[lemma].strength)
    return table


#: Every form, lower-case -> what it is.
CUES: dict[str, Cue] = _table()

#: Nouns that report what their possessor said.
CUE_NOUNS = frozenset(_VERBS["nouns"])

#: Verbs that findings share with people.
EVIDENCE = frozenset(_VERBS["evidence"])

#: Verbs whose third person is as often a plural noun.
NOUN_LIKE = frozenset(_VERBS["noun_like"])
