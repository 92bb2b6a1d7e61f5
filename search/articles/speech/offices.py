"""Offices of several words before a name: `Secretary of State Jane Doe`, `the mayor of Port Alder, Jane Doe`.

Where such an office runs straight into a name, nothing but the words tells where it ends. All of its words become
titles, `TTTNN`, so that every rule about names and roles sees a title and a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.articles.speech.lexicon import BODY_ENDINGS, BODY_WORDS, DOMAINS
from search.articles.speech.words import GIVEN_NAMES

_OFFICE = re.compile(r"[Tr]O(?=(d?[wo]{0,3})([NIL~]*))(?=[dwoN]{1,4}[NIL~])")
_HEADS = frozenset(["minister", "secretary", "undersecretary", "commissioner"])  # "minister for", not "aide for"


def with_offices(kinds: str, words: Sequence[str]) -> str:
    """Kinds with the words of offices that run into a name turned into titles."""
    kept, at = [], 0
    for found in _OFFICE.finditer(kinds):
        head, name = found.start(), _name(kinds, words, found)
        if name is not None and head >= at:
            kept += [kinds[at : head + 1], "T" * (name - head - 1)]
            at = name
    return "".join([*kept, kinds[at:]]) if kept else kinds


def _name(kinds: str, words: Sequence[str], found: re.Match[str]) -> int | None:
    """Where the name begins that an office runs into, None where there is no office or no name."""
    head = found.start()
    preposition = words[head + 1].lower()
    if preposition != "of" and (preposition != "for" or words[head].lower() not in _HEADS):
        return None
    run, end = found.span(2)
    last = words[end - 1].lower()
    if run == end or last in BODY_WORDS or last in BODY_ENDINGS:
        return None
    if found[1].lstrip("d"):
        return run if words[run - 1] in DOMAINS else None
    domains = [at for at in range(run, end - 1) if words[at].lower() in DOMAINS]
    if domains:
        return domains[-1] + 1
    if kinds[head] != "T" or words[run].casefold() in GIVEN_NAMES:
        return None
    given = (at for at in range(run + 1, end - 1) if words[at].casefold() in GIVEN_NAMES)
    return next(given, None)
