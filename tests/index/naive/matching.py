"""Whether a document matches: each text is analysed anew and looked through from its beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from search import analysis
from search.analysis import Token
from search.fields import DEFAULT_FIELDS, FIELDS, DocumentKind
from search.index.documents import Document, Label, searched_words
from search.query.nodes import And, Character, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.results import Question


def matches(node: Node, document: Document, kind: DocumentKind, label: Label) -> bool:
    match node:
        case And(children):
            return all(matches(child, document, kind, label) for child in children)
        case Or(children):
            return any(matches(child, document, kind, label) for child in children)
        case Not(child):
            return not matches(child, document, kind, label)
        case Range(_, start, end):
            days = document["date"]
            return (start is None and end is None) or any(
                (start is None or start <= day) and (end is None or day <= end) for day in days
            )
        case Term(name, text) if name and FIELDS[name].kind == "code" and text.casefold() in document[name]:
            return True
    fields = DEFAULT_FIELDS[kind] if node.field is None else (node.field,)
    texts = [list(analysis.tokens(text)) for name in fields for text in _texts(document, name, label)]
    return any(_stands_in(node, tokens) for tokens in texts)


def has_any(document: Document, name: str, values: Iterable[str]) -> bool:
    return any(value in document[name] for value in values)


def is_dated(document: Document, question: Question) -> bool:
    if question.date_from is None and question.date_to is None:
        return True
    start, end = question.date_from or "", question.date_to or "9999-12-31"
    return any(start <= day <= end for day in document["date"])


def _texts(document: Document, name: str, label: Label) -> list[str]:
    if FIELDS[name].kind not in ("text", "name", "code"):
        return []
    return [searched_words(name, value, label) for value in document[name]]


def _stands_in(leaf: Term | Phrase | Near | Prefix | Fuzzy | Character, tokens: list[Token]) -> bool:
    """Whether the leaf is in one text."""
    match leaf:
        case Term(_, text):
            return _in_a_row(analysis.terms(text), tokens)
        case Phrase(_, words):
            terms = [term for word in words for term in analysis.terms(word)]
            return _in_a_row(terms, tokens) or (len(terms) > 1 and _in_a_row_of_characters(terms, tokens))
        case Near(_, words, distance):
            return _in_a_window([term for word in words for term in analysis.terms(word)], tokens, distance)
        case Character(_, text, where):
            has = {"anywhere": str.__contains__, "first": str.startswith, "last": str.endswith}[where]
            return any(has(token.folded, analysis.fold(text)) for token in tokens)
        case Prefix(_, text):
            return bool(text) and any(token.folded.startswith(analysis.fold(text)) for token in tokens)
        case Fuzzy(_, text, distance):
            return any(Levenshtein.distance(token.folded, analysis.fold(text)) <= distance for token in tokens)


def _in_a_row(terms: list[str], tokens: list[Token]) -> bool:
    found = [token.term for token in tokens]
    return bool(terms) and any(found[at : at + len(terms)] == terms for at in range(len(found)))


def _in_a_row_of_characters(terms: list[str], tokens: list[Token]) -> bool:
    """Whether the words follow one another, characters at the ends of the phrase being parts of longer words."""
    first, *within, last = terms
    for at in range(len(tokens) - len(terms) + 1):
        before, *between, after = (token.term for token in tokens[at : at + len(terms)])
        begins = before == first or (
            analysis.is_character(first) and before.endswith(first) and not terms[1].startswith(first)
        )
        ends = after == last or (
            analysis.is_character(last) and after.startswith(last) and not terms[-2].endswith(last)
        )
        if begins and ends and between == within:
            return True
    return False


def _in_a_window(terms: list[str], tokens: list[Token], distance: int) -> bool:
    found = [token.term for token in tokens]
    window = len(terms) + distance
    return bool(terms) and any(Counter(terms) <= Counter(found[at : at + window]) for at in range(len(found)))
