"""What the prefixes, fuzzy words and characters of a tree stand for, and a remark where that is more than the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from search import analysis
from search.index.whoosh.columnar import expanding
from search.index.whoosh.columnar.segment import Segment
from search.query.nodes import Character, Fuzzy, Leaf, Node, Phrase, Prefix
from search.query.results import Diagnostic
from search.query.words import words_of

Check = Callable[[], None]
Expanded = Prefix | Fuzzy | Character


def expansions(
    segments: Sequence[Segment], node: Node, check: Check
) -> tuple[dict[Leaf, expanding.Expansion], tuple[Diagnostic, ...]]:
    """The words of each prefix, fuzzy word and character, the most frequent where they are too many, and remarks."""
    found: dict[Leaf, expanding.Expansion] = {}
    diagnostics: list[Diagnostic] = []
    for leaf in dict.fromkeys(_expanded_leaves(node)):
        check()
        words, most, what = _words(segments, leaf, check)
        if len(words) > most:
            message = f"{len(words):,} words {what}: “{_written(leaf)}” stands for the {most} most frequent of them."
            diagnostics.append(Diagnostic(message, 0, 0))
        found[leaf] = words.most_frequent(most)
    return found, tuple(diagnostics)


def _words(segments: Sequence[Segment], leaf: Expanded, check: Check) -> tuple[expanding.Frequencies, int, str]:
    """The words that a leaf stands for, how many it may, and what they do."""
    word = analysis.fold(leaf.text)
    if isinstance(leaf, Prefix):
        return expanding.beginning(segments, leaf.field, word), expanding.MOST_BEGINNING, "begin so"
    if isinstance(leaf, Character):
        return expanding.having(segments, leaf.field, word, leaf.where, check), expanding.MOST_HAVING, "have it"
    words = expanding.similar(segments, leaf.field, word, leaf.distance, check)
    return words, expanding.MOST_SIMILAR, "are spelt much like it"


def _written(leaf: Expanded) -> str:
    return leaf.text + ("*" if isinstance(leaf, Prefix) else "~" if isinstance(leaf, Fuzzy) else "")


def _expanded_leaves(node: Node) -> list[Expanded]:
    """Every prefix, fuzzy word and character of a tree, also those in phrases and under a `Not`."""
    if isinstance(node, Expanded):
        return [node]
    if isinstance(node, Phrase):
        return [replace(word, field=node.field) for word in words_of(node) if isinstance(word, Character)]
    children = getattr(node, "children", None) or ((node.child,) if hasattr(node, "child") else ())
    return [leaf for child in children for leaf in _expanded_leaves(child)]
