"""The query tree: what was asked, free of any engine's own classes. Frozen, hashable, comparable.

`field` is a name from `search.fields`, or `None` for the default fields of the documents that are searched.
Words are kept as the reader wrote them; engines and snippets analyse them with `search.analysis`.
`And(())` matches every document, `Or(())` none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Where = Literal["anywhere", "first", "last"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word. Where analysis makes several terms of it ("U.S.-led"), they stand next to each other in the text."""

    field: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words directly after one another; the first and the last may be characters of longer words (`query.words`)."""

    field: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, all within a window of `len(words) + distance` positions."""

    field: str | None
    words: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`; compared folded, not stemmed."""

    field: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `distance` (1 or 2) edits of `text` (Levenshtein); compared folded, not stemmed."""

    field: str | None
    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Character:
    """One character of Han, Kana or Hangul anywhere in a word, or as its first or last.

    Words of several characters are indexed in overlapping pairs.
    """

    field: str | None
    text: str
    where: Where = "anywhere"


@dataclass(frozen=True, slots=True)
class Range:
    """Days from `start` to `end`, both included, ISO; `None` leaves that side open."""

    field: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


Leaf = Term | Phrase | Near | Prefix | Fuzzy | Character | Range
Node = Leaf | And | Or | Not

EVERYTHING = And(())


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf that can be the reason for a match: all but those under a `Not`."""
    if isinstance(node, (And, Or)):
        for child in node.children:
            yield from positive_leaves(child)
    elif not isinstance(node, Not):
        yield node
