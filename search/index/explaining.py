"""Why a document matched: for each part of the query, in which fields it stands there, and in what words.

The texts are those that were indexed, the matching is that of snippets and marks, so that what is told is what is
marked. Only for the hits of a page: every text of the document is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.articles.model import Article, Quote
from search.fields import FIELDS, DocumentKind
from search.index.documents import Label, article_document, quote_document, searched_words
from search.index.suggesting import written
from search.query.matching import Matcher, matcher
from search.query.nodes import Leaf, Node, Phrase, Range, Term, positive_leaves

MOST_WORDS = 50  # that are told of a field


@dataclass(frozen=True, slots=True)
class Found:
    """The different words in one field, as written there, the most frequent first; `count` is how often in all."""

    field: str
    words: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the query, in the query language, and where the document has it: nowhere, where others were enough."""

    asked: str
    found: tuple[Found, ...]


def reasons(node: Node, article: Article, quote: Quote | None, label: Label) -> tuple[Reason, ...]:
    """Why an article, or one of its quotes, matched; each part of the query once, those under a NOT left out."""
    kind: DocumentKind = "quote" if quote else "article"
    document = quote_document(article, quote) if quote else article_document(article)
    leaves = dict.fromkeys(positive_leaves(node))
    found: dict[Leaf, list[Found]] = {leaf: [] for leaf in leaves}
    matching = matcher(node, kind)
    for name, values in document.items():
        if values:
            for leaf, words in _words(matching, name, values, label, leaves):
                found[leaf].append(_found(name, words))
    return tuple(Reason(written(leaf), tuple(found[leaf])) for leaf in leaves)


def _words(
    matching: Matcher, field: str, values: Sequence[str], label: Label, leaves: dict[Leaf, None]
) -> Iterator[tuple[Leaf, list[str]]]:
    """The leaves that a field has, with what of its values they match."""
    if FIELDS[field].kind == "date":
        yield from ((leaf, list(values)) for leaf in leaves if isinstance(leaf, Range) and _within(leaf, values))
        return
    if not FIELDS[field].queryable:
        return
    held: defaultdict[int, list[str]] = defaultdict(list)
    for value in values:
        text = searched_words(field, value, label)
        for start, end, number in matching.find(text, field):
            held[number].append(text[start:end])
        for number, leaf in enumerate(matching.leaves) if FIELDS[field].kind == "code" else ():
            if _names(leaf, field, value):
                held[number].append(text)
    yield from ((matching.leaves[number], words) for number, words in held.items())


def _names(leaf: Leaf, field: str, code: str) -> bool:
    """Whether a leaf asks for the very code."""
    if leaf.field != field or not isinstance(leaf, (Term, Phrase)):
        return False
    asked = leaf.text if isinstance(leaf, Term) else " ".join(leaf.words)
    return asked.strip().casefold() == code


def _within(leaf: Range, days: Sequence[str]) -> bool:
    return any((leaf.start or "") <= day <= (leaf.end or "9999-12-31") for day in days)


def _found(field: str, words: list[str]) -> Found:
    """Words that differ in case alone are told once, as they were first written."""
    spelt: dict[str, str] = {}
    counts = Counter(word.casefold() for word in words)
    for word in words:
        spelt.setdefault(word.casefold(), word)
    return Found(field, tuple(spelt[folded] for folded, _ in counts.most_common(MOST_WORDS)), len(words))
