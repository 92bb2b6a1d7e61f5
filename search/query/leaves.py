"""Words and quotations of a query made leaves of its tree."""

from __future__ import annotations

import re
from collections.abc import Callable

from search import analysis
from search.fields import FIELDS
from search.query.dates import first_day, is_date, last_day
from search.query.lexemes import Lexeme, Remarks
from search.query.nodes import And, Character, Fuzzy, Near, Node, Phrase, Prefix, Range, Term

FARTHEST = 100  # words between the words of "…"~
MOST_EDITS = 2

_UNKNOWN_FIELD = re.compile(r"([^\W\d]\w*):(?=\d+$)")
_FUZZY = re.compile(r"([^~]+)~([0-9]*)")
_DAYS = re.compile(r"(.*?)\.\.+(.*)")
_CODE = re.compile(r"\S+:\S+")
_TRAILING = ".,;:!?…"


def word(lexeme: Lexeme, field: str | None, remarks: Remarks) -> Node:
    """A term, a phrase where a word is several ("wind-powered"), a prefix*, a fuzzy~ word, or a range of days."""
    text = lexeme.text.rstrip(_TRAILING)
    if field == "date":
        return _days(lexeme, remarks) or word(lexeme, None, remarks)
    if _is_code(text, field):
        return Term(field, text)
    _remark_on_field(lexeme, remarks)
    return _word(text, lexeme, field, remarks)


def quotation(lexeme: Lexeme, field: str | None, remarks: Remarks) -> Node:
    """A phrase, or words near each other; one word is just that word, a quoted date is a date."""
    if field == "date":
        return _days(lexeme, remarks) or quotation(lexeme, None, remarks)
    if _is_code(lexeme.text.strip(), field):
        return Term(field, lexeme.text.strip())
    words = _words(lexeme.text)
    if lexeme.near is None or len(words) == 1:
        return _phrase(words, field)
    return Near(field, words, _distance(lexeme, remarks))


def _word(text: str, lexeme: Lexeme, field: str | None, remarks: Remarks) -> Node:
    plain = text.rstrip("*")
    if "*" in plain:
        remarks.add("A * is understood only at the end of a word; elsewhere it is left out.", lexeme.start, lexeme.end)
    if plain != text:
        return _ending(plain, field, lambda folded: Prefix(field, folded))
    fuzzy = _FUZZY.fullmatch(text)
    if not fuzzy or not analysis.terms(fuzzy[1]):
        return _phrase(_words(text), field)
    edits = int(fuzzy[2] or 1)
    return _ending(fuzzy[1], field, lambda folded: Fuzzy(field, folded, edits) if edits else Term(field, folded))


def _ending(text: str, field: str | None, leaf: Callable[[str], Node]) -> Node:
    """The last word of the text as this leaf, those before it (the "wind" of "wind-pow*") as they are."""
    *before, last = analysis.tokens(text)
    if analysis.is_unspaced(last.folded):  # pairs of characters are found inside longer words as they are
        return _phrase(_words(text), field)
    start = tuple(text[token.start : token.end] for token in before)
    return And((_phrase(start, field), leaf(last.folded))) if start else leaf(last.folded)


def _words(text: str) -> tuple[str, ...]:
    """The words as written, one for each token."""
    return tuple(text[token.start : token.end] for token in analysis.tokens(text))


def _phrase(words: tuple[str, ...], field: str | None) -> Node:
    if len(words) > 1:
        return Phrase(field, words)
    if analysis.is_character(words[0]):
        return Character(field, analysis.fold(words[0]))
    return Term(field, words[0])


def _is_code(text: str, field: str | None) -> bool:
    return field is not None and FIELDS[field].kind == "code" and bool(_CODE.fullmatch(text))


def _remark_on_field(lexeme: Lexeme, remarks: Remarks) -> None:
    if unknown := _UNKNOWN_FIELD.match(lexeme.text):
        message = f"{unknown[1]} is not a field; “{unknown[0]}” is read as a word."
        remarks.add(message, lexeme.start, lexeme.start + unknown.end())


def beyond_limits(text: str) -> str | None:
    """Why a word asks for more than is possible: a * without the beginning of a word, or too many edits; else None."""
    if text.strip("*") == "" and text:
        return "A * needs the beginning of a word before it, as in harvest*."
    fuzzy = _FUZZY.fullmatch(text.rstrip(_TRAILING))
    if fuzzy and (len(fuzzy[2]) > 1 or int(fuzzy[2] or 1) > MOST_EDITS):
        return f"{text} asks for words that differ in {fuzzy[2]} letters; at most {MOST_EDITS} are possible."
    return None


def _distance(lexeme: Lexeme, remarks: Remarks) -> int:
    digits = (lexeme.near or "").lstrip("0")
    if lexeme.near == "":
        remarks.add(
            "A number is missing after ~; the words are looked for next to each other.", lexeme.end - 1, lexeme.end
        )
    if len(digits) > 3 or int(digits or 0) > FARTHEST:
        remarks.add(f"Near words are at most {FARTHEST} words apart; so they are here.", lexeme.start, lexeme.end)
        return FARTHEST
    return int(digits or 0)


def _days(lexeme: Lexeme, remarks: Remarks) -> Range | None:
    """A year, a month, a day, or `from..to` with either side open; None, with a remark, for anything else."""
    text = lexeme.text.strip().rstrip(",;:!?")
    between = _DAYS.fullmatch(text)
    start, end = between.groups() if between else (text, text)
    if not (start or end) or not all(is_date(date) for date in (start, end) if date):
        message = f"“{text}” is not a date, such as 2022, 2022-02, 2022-02-04 or 2021..2022-06; it is read as words."
        remarks.add(message, lexeme.start, lexeme.end)
        return None
    if start and end and first_day(start) > last_day(end):
        remarks.add(f"{start} is after {end}; the dates are read the other way round.", lexeme.start, lexeme.end)
        start, end = end, start
    return Range("date", first_day(start) if start else None, last_day(end) if end else None)
