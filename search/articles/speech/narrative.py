"""An article as the reporter's own sentences: tokens with their kinds, each marked stretch folded into one token.

`"We are ready," the minister said` becomes `Q` `drc`: what is inside the marks can't be mistaken for the sentence
around it, and rules about attribution see only what the reporter wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from search.articles.speech.cues import CUES, NOUN_LIKE
from search.articles.speech.lexicon import BODY_ENDINGS, BODY_WORDS, KINDS, QUANTITIES
from search.articles.speech.marks import BREAK, Marked, find_marked
from search.articles.speech.offices import with_offices
from search.articles.speech.tokens import Tokens

_INITIALS = re.compile(r"[^\W\d_a-z](?:\.[^\W\d_a-z]){1,2}")
#: `Jane "Cia" Doe`: part of a name, not something said.
_NICKNAME = re.compile(r"[^\W\d_a-z][\w.]*(?: [^\W\d_a-z][\w.]*)?")
_SAMPLE = 200
_WEIGHTY = re.compile(r"\w{4,}")
_SPEECH_WORDS = re.compile(r"\W*+(?:\w++\W++){3}\w")
#: A full stop that may end no sentence, as what stands around it shows; abbreviations are known by themselves.
_FULL_STOP = re.compile(r"\.(?:(?<=[NTRE]\.)(?!¶)|(?<=[TINREKwDSvd0]\.)(?=[N,;:)])|(?<=d\.))")
_ATTRIBUTED = re.compile(r",?(?:[dNTREILrosw~Sp]{1,8}a?c|c[dNTREILrop])")
_DATELINE = re.compile(r"¶[NE][NOITD0RKE,~.()]{0,15}?(?:-[NE])?-\.?(?:\[[^\]¶]{1,4}\])*(?!\w-)")
_CROWDS = ("ers", "ors", "ists", "ians")
_MONTH_NAMES = frozenset(["jan", "april", "june", "august"])
_BODIES = frozenset(word.capitalize() for word in BODY_WORDS - BODY_ENDINGS)
_SAID = frozenset(["Said", "Says"])
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "its", "my", "our", "your"])
_CAPITAL = re.compile("[NTRKE]")
#: Each alternative begins with a letter of its own: such a search is much faster.
_UNSETTLED = re.compile(
    "R|K|E|d(?=[cgb]|a[cxB])|p(?=o)|r(?=o)|x(?=[oN])|w(?=g[ro])|D(?=[NLI])(?<![O0D]D)|c(?=[xB])(?<=[cgtO]c)"
)
_CUE_KINDS = frozenset("cgb")
_INITIAL = {"R": "r", "K": "c", "E": "o"}
_WITHIN = {"R": "T", "K": "N", "E": "N"}


class Narrative(Struct):
    """Tokens of the joined text. `kinds[i]` is the kind of `words[i]`, which starts at `starts[i]`.

    A marked stretch is one token, `Q` where it is long or complete enough to be speech, `q` where it is a fragment;
    `spans` maps that token to it. `¶` stands for the end of a paragraph. `capitals`: the copy is all in capitals.
    """

    text: str
    kinds: str
    words: list[str]
    starts: list[int]
    spans: dict[int, Marked]
    capitals: bool = False
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def end(self, token: int) -> int:
        """The offset behind a token."""
        span = self.spans.get(token)
        return span.outer_end if span else self.starts[token] + len(self.words[token])

    def phrase(self, first: int, last: int) -> str:
        """The text from one token through another, as written."""
        return self.text[self.starts[first] : self.end(last)]


def narrate(paragraphs: Sequence[str]) -> Narrative:
    """The narrative of some paragraphs. Time is linear in their length."""
    text = BREAK.join(paragraph.replace(BREAK, " ") for paragraph in paragraphs)
    marked = find_marked(text)
    capitals = _in_capitals(text)
    tokens = Tokens(text, capitals)
    spans: dict[int, Marked] = {}
    at = 0
    for span in marked:
        tokens.cut(at, span.outer_start)
        spans[len(tokens.words)] = span
        tokens.fold(span.outer_start)
        at = span.outer_end
    tokens.cut(at, len(text))
    narrative = Narrative(text, _kinds(text, tokens, spans, capitals), tokens.words, tokens.starts, spans, capitals)
    narrative.kinds = _without_datelines(narrative)
    narrative.sentences = _sentences(narrative.kinds)
    if not capitals:
        narrative.kinds = _recased(narrative)
    narrative.kinds = with_offices(narrative.kinds, narrative.words)
    return narrative


def _in_capitals(text: str) -> bool:
    """Whether the copy is all in capitals, seen from its middle: headlines are often so."""
    middle = len(text) // 2
    return text[middle : middle + _SAMPLE].isupper()


def _kinds(text: str, tokens: Tokens, spans: dict[int, Marked], capitals: bool) -> str:
    words, kinds = tokens.words, tokens.kinds
    for match in _FULL_STOP.finditer("".join(kinds)):
        stop = match.start()
        word = words[stop - 1]
        if _continues(words, kinds, stop) or (
            "." in word and kinds[stop + 1 : stop + 2] == ["N"] and _INITIALS.fullmatch(word)
        ):
            kinds[stop] = "~"
        elif word == "A" and (kinds[stop + 1 : stop + 2] == ["I"] or (stop > 1 and kinds[stop - 2] in "Nc")):
            kinds[stop - 1], kinds[stop] = "I", "~"
    line = "".join(kinds)
    interrupted, at = False, 0
    for token, span in spans.items():
        before, after = line[max(0, token - 2) : token], line[token + 1 : token + 28]
        if before[-1:] in ("N", "I") and after[:1] == "N" and _NICKNAME.fullmatch(text, span.start, span.end):
            kinds[token] = "~"
            continue
        inner = text[span.start : span.end]
        goes_on = interrupted and before[-1:] == "," and BREAK not in text[at : span.start]
        speech = (goes_on and inner[-1] in ".?!…") or _is_speech(inner, before, after, capitals)
        kinds[token] = "Q" if speech else "q"
        interrupted, at = speech and inner[-1] == ",", span.end
    return "".join(kinds)


def _continues(words: list[str], kinds: list[str], stop: int) -> bool:
    """Whether what follows a full stop shows that no sentence ended: "Inc. said", "Mo.)"."""
    if stop + 1 >= len(words):
        return False
    return kinds[stop + 1] in ",;:)" or (kinds[stop - 1] in "NTRE" and words[stop + 1][:1].islower())


def _is_speech(inner: str, before: str, after: str, capitals: bool) -> bool:
    """Whether marked words are speech and no fragment or title; `before` and `after` are the kinds around them."""
    opens = before[-1:] in ("", ",", ":", ".", "¶", "Q", "q")
    introduced = opens and (before[-1:] == ":" or (before[:1] in _CUE_KINDS and before[1:] == ","))
    introduced = introduced or _ATTRIBUTED.match(after) is not None
    if has_words(inner, 0, len(inner)):
        return introduced or capitals or not is_title(inner)
    if (
        opens
        and inner[-1] == ","
        and inner[0].isupper()
        and " " in inner
        and "c" in after.partition(".")[0]
        and not is_title(inner)
    ):
        return True
    alone = after[:1] in ("", "¶", "q") and before[-1:] != "," and inner[-1:] in (".", "?", "!", "…")
    return opens and inner[0].isupper() and (introduced or alone)


def has_words(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text has as many words as speech has at least."""
    return _SPEECH_WORDS.match(text, start, end) is not None


def is_title(inner: str) -> bool:
    """A title of a work: every word of weight is capitalised, and no sentence ends in it."""
    if inner[-1] in "?!…":
        return False
    weighty = 0
    for match in _WEIGHTY.finditer(inner):
        word = match.group()
        if KINDS[word.lower()] not in "OCWdt":
            if not word[0].isupper():
                return False
            weighty += 1
    return weighty > 1


def _without_datelines(narrative: Narrative) -> str:
    """Kinds with the tokens of datelines turned into stops: `PORT ALDER, May 3 (WNA) —` belongs to no sentence."""
    kinds = narrative.kinds
    kept, at = [], 0
    for match in _DATELINE.finditer("¶" + kinds):
        first, end = match.start(), match.end() - 1
        word = narrative.words[first]
        if (len(word) > 2 and word.isupper()) or "(" in match.group():
            kept += [kinds[at:first], "." * (end - first)]
            at = end
    return "".join([*kept, kinds[at:]])


def _sentences(kinds: str) -> list[tuple[int, int]]:
    """Token ranges of the reporter's sentences, without the stop that ends them."""
    sentences, first = [], 0
    for sentence in kinds.replace("¶", ".").split("."):
        high = first + len(sentence)
        if sentence:
            sentences.append((first, high))
        first = high + 1
    return sentences


def _recased(narrative: Narrative) -> str:
    """Kinds of words settled by their neighbours: a sentence's first word is capital whatever it is."""
    kinds, words = list(narrative.kinds), narrative.words
    firsts = {first for first, _ in narrative.sentences}
    firsts.update(token + 1 for token in narrative.spans if kinds[token] != "~")
    seen = {words[at] for match in _CAPITAL.finditer(narrative.kinds) if (at := match.start()) not in firsts}
    for match in _UNSETTLED.finditer(narrative.kinds):
        token = match.start()
        if kinds[token] in "RKE" or (kinds[token] == "x" and kinds[token + 1 : token + 2] != ["o"]):
            _settle_capital(kinds, words, token, token in firsts, seen)
        else:
            _settle_next(kinds, words, token)
    common: set[str] = set()
    last = len(kinds) - 1
    for token in firsts:
        if token >= last:
            continue
        kind = kinds[token]
        if kind == "N" and words[token] not in seen:
            common = common or set(words)
            kinds[token] = _first_word(words[token], kinds[token + 1], words[token].lower() in common)
        elif kind == "x" and words[token] in seen and kinds[token + 1] in "cxa":
            kinds[token] = "N"
    return "".join(kinds)


def _settle_capital(kinds: list[str], words: list[str], token: int, first: bool, seen: set[str]) -> None:
    """A capitalised word that is no name by itself: `Minister`, `Ministry`, `Said`, `Do`."""
    kind, word = kinds[token], words[token]
    if kind == "x":
        if word[0].isupper() and not first:
            kinds[token] = "N"
            seen.add(word)
    elif kind == "R" and _goes_on_as_name(kinds, words, token + 1):
        kinds[token] = "N"
    else:
        alone = first and word not in seen and kinds[token + 1 : token + 2] not in (["N"], ["T"])
        alone = alone or (first and word in _SAID)
        kinds[token] = (_INITIAL if alone else _WITHIN)[kind]


def _goes_on_as_name(kinds: list[str], words: list[str], token: int) -> bool:
    """Whether what follows a capitalised role makes a name of both: `Teachers Union`, `Police Department`."""
    return words[token : token + 1] != [] and (words[token] in _BODIES or (kinds[token] == "~" and words[token] != "."))


def _settle_next(kinds: list[str], words: list[str], token: int) -> None:
    """A word whose part the word before it shows: `the attacks`, `they report`, `a creative writing professor`."""
    kind, word = kinds[token], words[token].lower()
    if kind == "c":
        kinds[token] = "w" if word.endswith("s") and CUES[word].lemma in NOUN_LIKE else "c"
    elif kind == "D":
        kinds[token] = "N" if word in _MONTH_NAMES else "D"
    elif kind in "dw" and kinds[token + 1] == "g":
        kinds[token + 1] = "w"
    elif kind == "d":
        if word in _ARTICLES or (word in QUANTITIES and words[token + 1].endswith("s")):
            kinds[token + 1] = "w"
    elif words[token + 1] in CUES and (kind in "px" or word.endswith("s")):
        kinds[token + 1] = "b"


def _first_word(word: str, follows: str, common: bool) -> str:
    """The kind of a sentence's first word that is capital nowhere else: a name only where the next word lets it be one.

    `common`: the article also has it in small letters.
    """
    if word.endswith("ly") and len(word) > 4 and follows not in "cNx":
        return "a"
    crowd = len(word) > 7 - (follows != "O") and word.endswith(_CROWDS)
    if follows in "cbO" and (crowd or (common and word.endswith("s"))):
        return "r"
    if follows in "wrosdpgW" or (follows in "OavBx,t" and word.endswith(("ing", "ed"))):
        return "g" if word.endswith("ing") else "v" if word.endswith("ed") else "w"
    return "w" if common and follows not in "NTIL~" else "N"
