"""What was typed so far, as engines complete it: its words, and the question that finds headlines with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from search.analysis import tokens
from search.query.nodes import And, Prefix, Term
from search.query.results import CompletionKind

#: The facets whose values are completed, in the order in which they are told; headlines come last.
NAMED: tuple[CompletionKind, ...] = tuple(kind for kind in get_args(CompletionKind) if kind != "headline")

_MOST_WORDS = 8
LONGEST = 200  # characters that anybody types to find a name


def typed(text: str) -> tuple[str, ...]:
    """The words so far, folded; none where nobody would type so much to find a name."""
    found = tuple(token.folded for token in tokens(text[: LONGEST + 1]))
    return found if len(text) <= LONGEST and len(found) <= _MOST_WORDS else ()


def begins(words: Sequence[str], label: str) -> bool:
    """Whether each of the words begins a word of a name, each another one.

    What a longer beginning fits, a shorter one fits too or not at all, so that the longest may choose first.
    """
    own = [token.folded for token in tokens(label)]
    for word in sorted(words, key=len, reverse=True):
        fitting = next((one for one in own if one.startswith(word)), None)
        if fitting is None:
            return False
        own.remove(fitting)
    return True


def headline_node(words: Sequence[str]) -> And | None:
    """Headlines that have all of the words, the last at least as a beginning; None for a single letter."""
    *whole, last = words
    if not whole and len(last) < 2 and last.isascii():
        return None
    return And((*(Term("headline", word) for word in whole), Prefix("headline", last)))
