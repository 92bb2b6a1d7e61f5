"""Where sentences end, for passages that begin and end where a reader would."""

from __future__ import annotations

import re

from search.query.results import Span

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s++|(?<![。！？])[。！？]++[」』”）]*+\s*+")
_BEGINS = re.compile(r"[\"'“‘„«(\[]*(?:[^\W_a-zа-я]|$)")
_WORD_BEFORE = re.compile(r"(?:[^\W_]\.)*[^\W_]+$")
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        """mr mrs ms dr prof gen col lt maj capt sgt cpl adm cmdr sen rep gov pres hon rev fr sr jr st mt ft no nos vs
        inc corp co ltd bros dept univ assn jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat
        sun ave blvd rd fig vol pp ed approx est al messrs mme mlle supt insp u.s u.k u.n e.u e.g i.e
        г им т ул стр проф акад ген млн млрд тыс руб""",
    )
)
_LONGEST_WORD = 24


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, spaces between them left out; together they hold all its words."""
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    for found in _END.finditer(text):
        if found.end() > start and _is_boundary(text, found):
            spans.append(Span(start, found.start() + len(found[0].rstrip())))
            start = found.end()
    end = len(text.rstrip())
    return [*spans, Span(start, end)] if start < end else spans


def _is_boundary(text: str, found: re.Match[str]) -> bool:
    """Not after an abbreviation or an initial, and only where something begins that can begin a sentence."""
    if not _BEGINS.match(text, found.end()):
        return False
    if not found[0].startswith(".") or found[0].startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(found.start() - _LONGEST_WORD, 0), found.start())
    word = before[0] if before else ""
    return not (word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()))
