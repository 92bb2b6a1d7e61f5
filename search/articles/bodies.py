"""Persons and bodies among the speakers, as far as a name and the roles given with it show which.

Machines that read linked data take a type at its word, so that what shows neither stays without one: "Falk Brothers"
may be two people or a firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from search.articles.speech.lexicon import BODY_ENDINGS, BODY_WORDS, KINDS, SUFFIXES
from search.articles.speech.words import GIVEN_NAMES
from search.articles.wire.agencies import known_agency

Kind = Literal["person", "body"]

_BODY_WORDS = BODY_WORDS | BODY_ENDINGS
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_ACRONYM = re.compile(r"[A-Z]{2,}")
_HEAD_ENDS = re.compile(r",| (?:of|for|at|in|on|with|from|to) ")


def kind_of(name: str, roles: Iterable[str] = ()) -> Kind | None:
    """What a speaker is; None where it can be either."""
    words = name.casefold().replace(".", "").split() or [""]
    given = words[0] in GIVEN_NAMES
    if _is_body(name, words):
        return "body" if words[-1] in BODY_ENDINGS or not given else None
    written_so = len(words) > 1 and (given or _INITIALS.match(name) is not None or words[-1] in SUFFIXES)
    return "person" if written_so or any(map(_is_held, roles)) else None


def _is_body(name: str, words: list[str]) -> bool:
    shown = words[0] == "the" or "&" in name or not _BODY_WORDS.isdisjoint(words)
    return shown or known_agency(name) is not None or _ACRONYM.fullmatch(name) is not None


def _is_held(role: str) -> bool:
    """Whether a role is a person's: "chief economist of the bank", not "research firm"."""
    head = _HEAD_ENDS.split(role.casefold(), maxsplit=1)[0].split()
    return bool(head) and KINDS[head[-1]] == "r"
