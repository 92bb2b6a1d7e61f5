"""What the prefixes and fuzzy words of a tree stand for, with a remark where that is more than the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search import analysis
from search.index.whoosh.columnar import expanding
from search.index.whoosh.columnar.segment import Segment
from search.query.nodes import Fuzzy, Leaf, Node, Prefix
from search.query.results import Diagnostic

Check = Callable[[], None]


def expansions(
    segments: Sequence[Segment], node: Node, check: Check
) -> tuple[dict[Leaf, expanding.Expansion], tuple[Diagnostic, ...]]:
    """The words of each prefix and fuzzy word, the most frequent where they are too many, and remarks."""
    found: dict[Leaf, expanding.Expansion] = {}
    diagnostics: list[Diagnostic] = []
    for leaf in dict.fromkeys(_expanded_leaves(node)):
        words, most, what = _words(segments, leaf, check)
        if len(words) > most:
            written = f"{leaf.text}*" if isinstance(leaf, Prefix) else f"{leaf.text}~"
            message = f"{len(words):,} words {what}: “{written}” stands for the {most} most frequent of them."
            diagnostics.append(Diagnostic(message, 0, 0))
        found[leaf] = words.most_frequent(most)
    return found, tuple(diagnostics)


def _words(segments: Sequence[Segment], leaf: Prefix | Fuzzy, check: Check) -> tuple[expanding.Frequencies, int, str]:
    """The words that a leaf stands for, how many it may, and what they do."""
    word = analysis.fold(leaf.text)
    if isinstance(leaf, Prefix):
        return expanding.beginning(segments, leaf.field, word), expanding.MOST_BEGINNING, "begin so"
    words = expanding.similar(segments, leaf.field, word, leaf.distance, check)
    return words, expanding.MOST_SIMILAR, "are spelt much like it"


def _expanded_leaves(node: Node) -> list[Prefix | Fuzzy]:
    """Every prefix and fuzzy word of a tree, those under a `Not` too."""
    if isinstance(node, (Prefix, Fuzzy)):
        return [node]
    children = getattr(node, "children", None) or ((node.child,) if hasattr(node, "child") else ())
    return [leaf for child in children for leaf in _expanded_leaves(child)]
