"""From the text in the search box to a query tree. Whatever somebody typed has a meaning.

The language: words, "exact phrases", "near words"~5, AND OR NOT, -word, parentheses, prefix*, fuzzy~ and fuzzy~2,
and a field before any of them (speaker:marlow, headline:(grain OR wheat), date:2021..2022-06). NOT binds before AND,
AND before OR; words side by side are joined by AND, or by OR where any of them may match. Even then a NOT or a date
among words restricts the others: `any` of "grain rye -wheat" is grain or rye, and no wheat.

A recursive descent over `lexemes`, which are made well formed first, so that here nothing can fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from search import analysis
from search.query.leaves import beyond_limits, quotation, word
from search.query.lexemes import Kind, Lexeme, Remarks, lexemes, well_formed
from search.query.nodes import EVERYTHING, And, Node, Not, Or, Range
from search.query.results import Diagnostic

Match = Literal["all", "any"]

LONGEST_QUERY = 2_000  # characters
MOST_TERMS = 128
DEEPEST = 20  # parentheses


class TooLarge(ValueError):
    """The query is beyond a limit; the message is a sentence for its author."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, and remarks on what was not understood as written."""

    node: Node
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(q: str, match: Match = "all") -> Parsed:
    """The tree of a query; everything, where it has no words. Raises TooLarge, nothing else."""
    if len(q) > LONGEST_QUERY:
        raise TooLarge(f"The query has {len(q):,} characters; at most {LONGEST_QUERY:,} are possible.")
    remarks = Remarks(q)
    parts = list(lexemes(q, remarks))
    _check(parts)
    parts = well_formed(parts, remarks)
    node = _Parser(parts, match, remarks).alternatives(None) if parts else EVERYTHING
    return Parsed(node, tuple(sorted(remarks.made, key=lambda remark: remark.start)))


def _check(parts: Iterable[Lexeme]) -> None:
    words, depth = 0, 0
    for part in parts:
        if part.kind in ("word", "quoted"):
            words += len(analysis.terms(part.text))
        if part.kind == "word" and (reason := beyond_limits(part.text)):
            raise TooLarge(reason)
        depth += (part.kind == "open") - (part.kind == "close" and depth > 0)
        if depth > DEEPEST:
            raise TooLarge(f"The query has parentheses more than {DEEPEST} deep; that is too many.")
    if words > MOST_TERMS:
        raise TooLarge(f"The query has {words:,} words; at most {MOST_TERMS} are possible.")


class _Parser:
    """Reads well-formed lexemes from left to right; one method for each level of the grammar."""

    def __init__(self, parts: list[Lexeme], match: Match, remarks: Remarks) -> None:
        self.parts = parts
        self.match = match
        self.remarks = remarks
        self.at = 0

    def alternatives(self, field: str | None) -> Node:
        """alternatives = sequence { "OR" sequence }"""
        children = [self.sequence(field)]
        while self.next_is("or"):
            self.at += 1
            children.append(self.sequence(field))
        return _or(children)

    def sequence(self, field: str | None) -> Node:
        """sequence = conjunction { conjunction }, joined as `match` says"""
        children = [self.conjunction(field)]
        while self.next_is("word", "quoted", "open", "field", "not"):
            children.append(self.conjunction(field))
        if self.match == "all" or len(children) == 1:
            return _and(children)
        limits = [child for child in children if isinstance(child, Not | Range)]
        wanted = [child for child in children if not isinstance(child, Not | Range)]
        return _and([_or(wanted), *limits]) if wanted else _alternative_days(limits)

    def conjunction(self, field: str | None) -> Node:
        """conjunction = operand { "AND" operand }"""
        children = [self.operand(field)]
        while self.next_is("and"):
            self.at += 1
            children.append(self.operand(field))
        return _and(children)

    def operand(self, field: str | None) -> Node:
        """operand = { "NOT" } [ field ":" ] ( word | quotation | "(" alternatives ")" )"""
        negated = False
        while self.next_is("not"):
            negated = not negated
            self.at += 1
        if self.next_is("field"):
            field = self.take().text
        node = self.primary(field)
        return Not(node) if negated else node

    def primary(self, field: str | None) -> Node:
        part = self.take()
        if part.kind == "word":
            return word(part, field, self.remarks)
        if part.kind == "quoted":
            return quotation(part, field, self.remarks)
        node = self.alternatives(field)
        self.take()
        return node

    def next_is(self, *kinds: Kind) -> bool:
        return self.at < len(self.parts) and self.parts[self.at].kind in kinds

    def take(self) -> Lexeme:
        self.at += 1
        return self.parts[self.at - 1]


def _alternative_days(limits: Sequence[Node]) -> Node:
    """Where nothing but dates and NOTs stand together, any of the dates, and none of what is excluded."""
    days = [limit for limit in limits if isinstance(limit, Range)]
    return _and([*([_or(days)] if days else []), *(limit for limit in limits if isinstance(limit, Not))])


def _and(children: Sequence[Node]) -> Node:
    flat = [grandchild for child in children for grandchild in (child.children if isinstance(child, And) else [child])]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _or(children: Sequence[Node]) -> Node:
    flat = [grandchild for child in children for grandchild in (child.children if isinstance(child, Or) else [child])]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))
