"""Did you mean: a query whose unknown words are replaced by the nearest that the archive has, written out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from search.analysis import is_character
from search.fields import DEFAULT_FIELDS, DocumentKind
from search.query.nodes import And, Character, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term

#: What fields a word is looked for in, and the word -> the word that was probably meant; None where it is known.
Nearest = Callable[[tuple[str, ...], str], str | None]

_MOST = 8  # words looked up: each costs a pass over the dictionary


def suggestion(node: Node, documents: DocumentKind, nearest: Nearest) -> str | None:
    """The corrected query in the query language, or None where nothing better is known."""
    speller = _Speller(documents, nearest)
    corrected = speller.corrected(node)
    return written(corrected) if corrected != node else None


def finding(node: Node, finds: Callable[[Node], bool]) -> Node | None:
    """The tree where it finds anything; else, of words that must all match, those that do, if they do together."""
    if finds(node):
        return node
    children = node.children if isinstance(node, And) else ()
    held = tuple(child for child in children if isinstance(child, Not) or finds(child))
    asked = any(not isinstance(child, (Not, Range)) for child in held)
    return And(held) if asked and len(held) < len(children) and finds(And(held)) else None


class _Speller:
    """Corrects a tree, with a bound on the words looked up."""

    def __init__(self, documents: DocumentKind, nearest: Nearest) -> None:
        self._documents = documents
        self._nearest = nearest
        self._left = _MOST

    def corrected(self, node: Node) -> Node:
        match node:
            case And(children):
                return And(tuple(self.corrected(child) for child in children))
            case Or(children):
                return Or(tuple(self.corrected(child) for child in children))
            case Term(field, text):
                return Term(field, self._word(field, text))
            case Phrase(field, words) | Near(field, words):
                return replace(node, words=tuple(self._word(field, word) for word in words))
            case _:
                return node

    def _word(self, field: str | None, word: str) -> str:
        if self._left <= 0 or is_character(word):  # which may be part of a longer word
            return word
        self._left -= 1
        return self._nearest(DEFAULT_FIELDS[self._documents] if field is None else (field,), word) or word


def written(node: Node) -> str:
    """The tree in the query language."""
    match node:
        case And(children):
            return " ".join(_grouped(child) for child in children)
        case Or(children):
            return " OR ".join(_grouped(child) for child in children)
        case Not(child):
            return f"-{_grouped(child)}"
        case Range(field, start, end):
            return f"{field}:{start or ''}..{end or ''}"
        case _:
            return f"{node.field}:{_leaf(node)}" if node.field else _leaf(node)


def _grouped(node: Node) -> str:
    return f"({written(node)})" if isinstance(node, (And, Or)) else written(node)


def _leaf(leaf: Term | Phrase | Near | Prefix | Fuzzy | Character) -> str:
    match leaf:
        case Term(_, text) | Character(_, text):
            return text
        case Phrase(_, words):
            return f'"{" ".join(words)}"'
        case Near(_, words, distance):
            return f'"{" ".join(words)}"~{distance}'
        case Prefix(_, text):
            return f"{text}*"
        case Fuzzy(_, text, distance):
            return f"{text}~{distance}"
