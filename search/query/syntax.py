"""From the text in the search box to a query tree. Never fails on what somebody typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search import analysis
from search.query.nodes import And, Node, Or, Term
from search.query.results import Diagnostic

Match = Literal["all", "any"]

LONGEST_QUERY = 2_000  # characters
MOST_TERMS = 128
DEEPEST = 20


class TooLarge(ValueError):
    """The query is beyond a limit; the message is a sentence for its author."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, and remarks on what was not understood."""

    node: Node
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(q: str, match: Match = "all") -> Parsed:
    """Raises TooLarge, nothing else."""
    if len(q) > LONGEST_QUERY:
        raise TooLarge(f"The query has {len(q):,} characters; at most {LONGEST_QUERY:,} are possible.")
    words = tuple(Term(None, word) for word in q.split() if analysis.terms(word))
    if len(words) > MOST_TERMS:
        raise TooLarge(f"The query has {len(words)} words; at most {MOST_TERMS} are possible.")
    if len(words) == 1:
        return Parsed(words[0])
    return Parsed(Or(words) if match == "any" and words else And(words))
