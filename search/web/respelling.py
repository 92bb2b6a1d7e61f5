"""Filters that name nobody of the archive, as they were probably meant: names that have the same or nearly those words.

Nothing is looked for in the list of all names: the words are asked for as words, and corrected as those of a query are.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.fields import FIELDS
from search.index.completing import begins, typed
from search.index.engine import Engine
from search.query.nodes import Node, Phrase, positive_leaves
from search.query.results import Question, Results
from search.query.state import SearchState
from search.query.syntax import parse

_MOST = 2  # names for one filter
_LOOKED_AT = 5  # filters of one facet
_COUNTED = 50


def respelt(engine: Engine, state: SearchState) -> Iterator[tuple[str, str, SearchState]]:
    """Facet and name, with the search that has it in the place of a filter that the archive does not know."""
    for facet, values in state.filters.items():
        for value in values[:_LOOKED_AT] if FIELDS[facet].kind == "name" else ():
            for name in _names_like(engine, facet, value):
                yield facet, name, state.without_value(facet, value).with_value(facet, name)


def _names_like(engine: Engine, facet: str, value: str) -> list[str]:
    words = typed(value)
    if not words:
        return []
    found = _holding(engine, facet, Phrase(facet, words))
    if not found.total and found.suggestion:
        node = parse(found.suggestion).node
        words = tuple(word for leaf in positive_leaves(node) for word in _words(leaf))
        found = _holding(engine, facet, node)
    names = [one.value for one in found.facets.get(facet, ())]
    return [] if value in names else [name for name in names if begins(words, name)][:_MOST]


def _holding(engine: Engine, facet: str, node: Node) -> Results:
    return engine.search(Question(node=node, limit=0, facets=(facet,), facet_limit=_COUNTED))


def _words(leaf: object) -> tuple[str, ...]:
    return typed(" ".join(getattr(leaf, "words", ())) or getattr(leaf, "text", ""))
