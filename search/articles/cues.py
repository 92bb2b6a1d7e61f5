"""The verbs that report speech, in all their forms, and what each can introduce.

A cue is *plain* when it reports speech with or without "that" ("said", "told"), *that* when its clause needs "that" or a
verb of its own to be read as speech ("argued that"), *label* when it reports a judgement in an object ("called the plan
a farce"), *manner* when it counts only beside marked words ("laughed", "went on").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Strength = Literal["plain", "that", "label", "manner"]
Form = Literal["finite", "base", "gerund"]

_LEMMAS: dict[Strength, str] = {
    "plain": "say tell",
    "that": """
        acknowledge add admit advise affirm agree allege announce answer argue ask assert assure boast caution charge
        claim clarify comment complain conclude concede concur confess confide confirm contend continue counter declare
        demand deny disclose divulge elaborate emphasize emphasise estimate exclaim explain forecast hint
        indicate inform insist joke lament maintain mention mutter note object observe opine plead pledge point post
        predict proclaim promise protest quip read reaffirm reason recall recount reiterate rejoin relate remark remind
        repeat reply report respond retort reveal specify state stress submit suggest summarise summarize swear tell
        testify theorize tweet underline underscore urge volunteer vow warn wonder write think believe find show
        imply cite echo accuse quote""",
    "label": """
        call describe dub label brand blast slam criticize criticise denounce condemn mock refer praise
        hail characterize characterise blame decry deride dismiss portray compare liken tout ridicule credit cast
        thank encourage question attack defend lash rip salute propose offer want support oppose apologize
        express reject recommend request advocate applaud bemoan trumpet pan exhort rate name identify frame boast gush talk rail push press herald tout expose
        hope feel fear depict term pronounce deem commend hammer lambaste savage rebuke chide chastise""",
    "manner": """
        laugh smile begin chant shout yell scream sing whisper cry sigh snap shrug nod growl bellow intone go put
        thunder crow fume rail shoot fire chime interject interrupt marvel gush grumble press deadpan implore beg
        bark chuckle gripe preach moan sneer scoff vent sum conclude speak roar cheer start finish react grouse gripe respond thunder grin wince joke recite intone
        text email e-mail tease taunt enthuse jibe reflect venture weigh wonder bristle rant blog chirp
        worry sound muse open close end cut pray guess allow demur hiss holler opine philosophize rhapsodize""",
}
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing"),
    "read": ("reads", "read", "reading"),
    "swear": ("swears", "swore", "swearing"),
    "think": ("thinks", "thought", "thinking"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed", "showing"),
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
_DOUBLED = frozenset("admit submit quip rip chat dub nod pan sum beg rebut chirp".split()) - {"chirp"}
_EXTRA_PAST = {"pleaded": "plead", "pled": "plead", "summed": "sum", "referred": "refer", "shown": "show"}


@dataclass(frozen=True, slots=True)
class Cue:
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
    for strength, lemmas in _LEMMAS.items():
        for lemma in lemmas.split():
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
CUE_NOUNS = frozenset(
    """claim assertion argument suggestion contention statement comment comments remark remarks promise pledge call vow belief warning
    description declaration insistence view message criticism accusation accusations allegation allegations complaint charge proposal
    demand tweet words response answer reply conclusion prediction assessment claims""".split()
)

#: Verbs whose third person is as often a plural noun.
NOUN_LIKE = frozenset(
    """state show report claim call charge comment demand estimate forecast note object offer plan post question remark
    request promise tweet brand label address answer reply vow quote cry find caution attack defend cite insist lament point cut""".split()
)
