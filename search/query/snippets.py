"""Where the query matched: marks in a text, and the best passages of an article."""

from __future__ import annotations

from search import analysis
from search.articles.model import Article
from search.fields import DocumentKind
from search.query.nodes import Node, Term, positive_leaves
from search.query.results import Snippet, Span


def marks(node: Node, text: str, field: str | None, documents: DocumentKind = "article") -> tuple[Span, ...]:
    """The words of `text` that match the query."""
    wanted = {term for leaf in positive_leaves(node) if isinstance(leaf, Term) for term in analysis.terms(leaf.text)}
    return tuple(Span(token.start, token.end) for token in analysis.tokens(text) if token.term in wanted)


def snippets(node: Node, article: Article, limit: int = 3) -> tuple[Snippet, ...]:
    """The best passages first."""
    found = [(marks(node, p.text, "body"), p) for p in article.paragraphs if not p.heading]
    return tuple(Snippet(p.text[:300], tuple(m for m in spans if m.end <= 300), p.n) for spans, p in found[:limit])
