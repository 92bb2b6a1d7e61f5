"""The query string cut into lexemes: words, quotations, parentheses, operators, field names.

`well_formed` makes of them a sequence that a parser can read without fail: what can't be meant as written is left out
or read as a word, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from search import analysis
from search.fields import QUERY_FIELDS
from search.query.results import Diagnostic

Kind = Literal["word", "quoted", "open", "close", "and", "or", "not", "field"]

_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_PARENTHESES: dict[str, Kind] = {"(": "open", ")": "close", "（": "open", "）": "close"}
_CLOSING = {"«": "»", "»": "«", "「": "」", "『": "』"} | dict.fromkeys('"＂“”„‟', '"＂“”„‟')
_MARKS = "".join(_CLOSING) + "」』"
_SPACE = re.compile(r"[\s」』]*")
_SIGN = re.compile(r"(?<![^\s(（])[-+](?![-+\s)）]|$)")
_WORD = re.compile(rf"[^\s()（）{_MARKS}]+")
_FIELD = re.compile(rf"({'|'.join(QUERY_FIELDS)}):", re.IGNORECASE)
_UNKNOWN_FIELD = re.compile(r"([^\W\d]\w*):(?![\s)）/]|$|\d+(?:[\s)）]|$))")  # medtop:123 is a code
_NEAR = re.compile(r"~(\d*)")
_MOST_REMARKS = 10


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A part of the query, with its offsets there.

    `text` is a word as written, what stands between two quotation marks, or the name of a field. `near` is what
    follows `~` after a quotation.
    """

    kind: Kind
    text: str
    start: int
    end: int
    near: str | None = None


class Remarks:
    """The diagnostics made so far, in order; a query full of faults needs no more than the first few."""

    def __init__(self, q: str) -> None:
        self.q = q
        self.made: list[Diagnostic] = []

    def add(self, message: str, start: int, end: int) -> None:
        if len(self.made) < _MOST_REMARKS:
            self.made.append(Diagnostic(message, start, end))


def lexemes(q: str, remarks: Remarks) -> Iterator[Lexeme]:
    """The parts of the query in order."""
    at = _end(_SPACE, q, 0)
    while at < len(q):
        lexeme = _lexeme(q, at, remarks)
        if lexeme:
            yield lexeme
        at = lexeme.end if lexeme else at + 1
        if lexeme and lexeme.kind == "field" and (value := _WORD.match(q, at)):
            yield Lexeme("word", value[0], at, value.end())
            at = value.end()
        at = _end(_SPACE, q, at)


def well_formed(parts: Iterable[Lexeme], remarks: Remarks) -> list[Lexeme]:
    """A sequence in which parentheses pair up, and every operator and field stands before what it applies to."""
    return list(_bound(_balanced(parts, remarks), remarks))


def _lexeme(q: str, at: int, remarks: Remarks) -> Lexeme | None:
    """The lexeme that begins here; None where a character means nothing."""
    if q[at] in _CLOSING:
        return _quotation(q, at, remarks)
    if q[at] in _PARENTHESES:
        return Lexeme(_PARENTHESES[q[at]], q[at], at, at + 1)
    if _SIGN.match(q, at):
        return Lexeme("not", "-", at, at + 1) if q[at] == "-" else None
    if field := _FIELD.match(q, at):
        return _field(q, field, remarks)
    if unknown := _UNKNOWN_FIELD.match(q, at):
        remarks.add(f"{unknown[1]} is not a field; “{unknown[0]}” is read as a word.", at, unknown.end())
        return Lexeme("word", unknown[1], at, unknown.end())
    word = q[at : _end(_WORD, q, at)]
    return Lexeme(_OPERATORS.get(word, "word"), word, at, at + len(word))


def _quotation(q: str, at: int, remarks: Remarks) -> Lexeme | None:
    close = min((end for mark in _CLOSING[q[at]] if (end := q.find(mark, at + 1)) >= 0), default=-1)
    if close < 0:
        remarks.add(f"The quotation mark {q[at]} is not closed; what follows is read as words.", at, at + 1)
        return None
    near = _NEAR.match(q, close + 1)
    return Lexeme("quoted", q[at + 1 : close], at, near.end() if near else close + 1, near and near[1])


def _field(q: str, field: re.Match[str], remarks: Remarks) -> Lexeme:
    name, start, end = field[1], field.start(), field.end()
    if end < len(q) and not q[end].isspace() and _PARENTHESES.get(q[end]) != "close":
        return Lexeme("field", name.lower(), start, end)
    remarks.add(f"Nothing follows “{name}:” directly; it is read as a word.", start, end)
    return Lexeme("word", name, start, end)


def _balanced(parts: Iterable[Lexeme], remarks: Remarks) -> list[Lexeme]:
    """Without what holds no word, and with as many closing as opening parentheses."""
    kept: list[Lexeme] = []
    unclosed: list[Lexeme] = []
    for part in parts:
        if part.kind in ("word", "quoted") and not analysis.terms(part.text):
            _leave_out(kept, part, remarks)
        elif part.kind == "close" and not unclosed:
            remarks.add("This parenthesis closes nothing; it is left out.", part.start, part.end)
        elif part.kind == "close":
            _close(kept, unclosed.pop(), part, remarks)
        else:
            kept.append(part)
            if part.kind == "open":
                unclosed.append(part)
    for part in reversed(unclosed):
        remarks.add("This parenthesis is not closed; it is read as closed at the end.", part.start, part.end)
        _close(kept, part, replace(part, kind="close"), remarks)
    return kept


def _close(kept: list[Lexeme], opening: Lexeme, closing: Lexeme, remarks: Remarks) -> None:
    if kept[-1] is opening:
        kept.pop()
        _leave_out(kept, replace(opening, text="()", end=closing.end), remarks)
    else:
        kept.append(closing)


def _leave_out(kept: list[Lexeme], part: Lexeme, remarks: Remarks) -> None:
    """Part of the query that holds no word goes, and with it the field or NOT that applied to it."""
    start = part.start
    while kept and kept[-1].kind in ("field", "not"):
        start = kept.pop().start
    if part.kind != "word" or "*" in part.text or start < part.start:
        remarks.add(f"There is no word in “{remarks.q[start : part.end]}”; it is left out.", start, part.end)


def _bound(parts: list[Lexeme], remarks: Remarks) -> Iterator[Lexeme]:
    """Operators and fields that lack what they apply to become words."""
    before: Kind | None = None
    for part, after in zip(parts, [*(p.kind for p in parts[1:]), None], strict=False):
        if _applies(before, part.kind, after):
            yield part
        elif part.text == "-":
            continue
        else:
            remarks.add(f"{part.text} has nothing to apply to here; it is read as a word.", part.start, part.end)
            part = replace(part, kind="word")
            yield part
        before = part.kind


def _applies(before: Kind | None, kind: Kind, after: Kind | None) -> bool:
    if kind == "field":
        return after in ("word", "quoted", "open")
    if kind == "not":
        return after in ("word", "quoted", "open", "field", "not")
    if kind in ("and", "or"):
        return before in ("word", "quoted", "close") and after in ("word", "quoted", "open", "field", "not")
    return True


def _end(pattern: re.Pattern[str], q: str, at: int) -> int:
    found = pattern.match(q, at)
    return found.end() if found else at
