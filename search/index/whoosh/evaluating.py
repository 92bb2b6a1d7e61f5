"""The query tree, evaluated over arrays: which documents match, and how well (BM25F).

Every node becomes a mask and a score for each document. Scores follow Robertson & Zaragoza, "The Probabilistic
Relevance Framework: BM25 and Beyond" (2009), §3.6: a word's frequencies in all fields are weighted by boost and
length and summed before they saturate.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search import analysis
from search.fields import DEFAULT_FIELDS, FIELDS
from search.index.engine import QueryTimeout
from search.index.whoosh import columns, postings
from search.index.whoosh.columns import Mask
from search.index.whoosh.generation import Part
from search.index.whoosh.postings import DOCUMENT_BITS, Places
from search.index.whoosh.schema import GAP, words_field
from search.index.whoosh.words import MOST_BEGINNING, MOST_SIMILAR
from search.query.nodes import And, Fuzzy, Leaf, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.results import Diagnostic

K1 = 1.2
B = 0.75

Scores = npt.NDArray[np.float32]


class Matches(NamedTuple):
    """Which documents match, and their scores: 0 wherever they don't."""

    mask: Mask
    scores: Scores


class Deadline:
    """The moment by which an answer must be there."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds

    def check(self) -> None:
        """Raises QueryTimeout once the moment has passed."""
        if time.monotonic() > self._end:
            raise QueryTimeout(f"The search took longer than {self._seconds:g} s; try more specific words.")


class Evaluation:
    """Evaluates trees over one kind of document; `diagnostics` collects what had to be cut short."""

    def __init__(self, part: Part, deadline: Deadline) -> None:
        self.part = part
        self.deadline = deadline
        self.diagnostics: list[Diagnostic] = []
        self._expansions: dict[Prefix | Fuzzy, list[str]] = {}

    def matches(self, node: Node) -> Matches:
        """Raises QueryTimeout."""
        self.deadline.check()
        match node:
            case And(children):
                return self._all([self.matches(child) for child in children])
            case Or(children):
                return self._any([self.matches(child) for child in children])
            case Not(child):
                return Matches(~self.matches(child).mask & self.part.columns.live, self._zeros())
            case Range():
                return Matches(self.days(node.start, node.end), self._zeros())
            case _:
                return self._leaf(node)

    def days(self, start: str | None, end: str | None) -> Mask:
        """The dated live documents from one ISO day to another; all, undated too, where both are None."""
        live, days = self.part.columns.live, self.part.columns.days
        if start is None and end is None:
            return live.copy()
        first = columns.UNDATED + 1 if start is None else columns.day(start)
        last = np.iinfo(np.int32).max if end is None else columns.day(end)
        mask: Mask = (days >= first) & (days <= last) & live
        return mask

    def _all(self, children: list[Matches]) -> Matches:
        mask, scores = self.part.columns.live.copy(), self._zeros()
        for child in children:
            mask &= child.mask
            scores += child.scores
        return Matches(mask, np.where(mask, scores, np.float32(0)))

    def _any(self, children: list[Matches]) -> Matches:
        mask, scores = np.zeros(self.part.columns.size, np.bool_), self._zeros()
        for child in children:
            mask |= child.mask
            scores += child.scores
        return Matches(mask, scores)

    def _leaf(self, leaf: Leaf) -> Matches:
        weights = self._zeros()
        for field in self._fields(leaf.field):
            self._add_field(weights, field, leaf)
        weights[~self.part.columns.live] = 0
        mask = weights > 0
        if leaf.field and FIELDS[leaf.field].kind == "code" and isinstance(leaf, (Term, Phrase)):
            mask |= self._coded(leaf)
        return Matches(mask, self._scored(mask, weights))

    def _scored(self, mask: Mask, weights: Scores) -> Scores:
        held, all_ = int(mask.sum()), int(self.part.columns.live.sum())
        rarity = np.float32(np.log1p((all_ - held + 0.5) / (held + 0.5)))
        return rarity * weights * np.float32(K1 + 1) / (np.float32(K1) + weights)

    def _add_field(self, weights: Scores, field: str, leaf: Leaf) -> None:
        """Add this field's weighted frequencies of the leaf."""
        words = words_field(field)
        lengths = self.part.columns.lengths(words) if words else None
        if words is None or lengths is None:
            return
        frequencies = self._frequencies(words, leaf)
        found = np.flatnonzero(frequencies)
        relative = lengths[found] / np.float32(self.part.columns.mean_length(words))
        weights[found] += np.float32(FIELDS[field].boost) * frequencies[found] / (1 - B + B * relative)

    def _frequencies(self, words: str, leaf: Leaf) -> Scores:
        match leaf:
            case Term(_, text):
                return self._sequence(words, analysis.terms(text))
            case Phrase(_, phrase):
                return self._sequence(words, [term for word in phrase for term in analysis.terms(word)])
            case Near(_, phrase, distance):
                terms = [term for word in phrase for term in analysis.terms(word)]
                return self._near(words, terms, min(distance, GAP - len(terms)))
            case Prefix() | Fuzzy():
                if leaf not in self._expansions:
                    self._expansions[leaf] = self._expansion(leaf)
                return self._expanded(words, self._expansions[leaf])
            case _:
                return self._zeros()

    def _sequence(self, words: str, terms: list[str]) -> Scores:
        if len(terms) == 1:
            return self._expanded(words, self.part.words.forms.get(terms[0], ()))
        return (
            self._counted(postings.following([self._places(words, term) for term in terms])) if terms else self._zeros()
        )

    def _near(self, words: str, terms: list[str], distance: int) -> Scores:
        distinct = {term: self._places(words, term) for term in terms}
        return self._counted(postings.near([distinct[term] for term in terms], distance)) if terms else self._zeros()

    def _places(self, words: str, term: str) -> Places:
        self.deadline.check()
        read = self.part.postings.places
        return postings.joined(
            [found for form in self.part.words.forms.get(term, ()) if len(found := read(words, form))]
        )

    def _counted(self, places: Places) -> Scores:
        counts = np.bincount(places >> DOCUMENT_BITS, minlength=self.part.columns.size)
        return counts.astype(np.float32)

    def _expanded(self, words: str, forms: Iterable[str]) -> Scores:
        frequencies = self._zeros()
        for form in forms:
            self.deadline.check()
            found = self.part.postings.postings(words, form)
            frequencies[found.documents] += found.frequencies
        return frequencies

    def _expansion(self, leaf: Prefix | Fuzzy) -> list[str]:
        self.deadline.check()
        fields = [words for name in self._fields(leaf.field) if (words := words_field(name))]
        if isinstance(leaf, Prefix):
            found = self.part.words.beginning(fields, folded(leaf.text))
            return self._cut(found, MOST_BEGINNING, f"{leaf.text}*", "begin so")
        found = self.part.words.similar(fields, folded(leaf.text), leaf.distance)
        return self._cut(found, MOST_SIMILAR, f"{leaf.text}~", "are spelt much like it")

    def _cut(self, found: Counter[str], most: int, text: str, what: str) -> list[str]:
        if len(found) > most:
            message = f"{len(found):,} words {what}: “{text}” stands for the {most} most frequent of them."
            self.diagnostics.append(Diagnostic(message, 0, 0))
        return [word for word, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]]

    def _coded(self, leaf: Term | Phrase) -> Mask:
        text = leaf.text if isinstance(leaf, Term) else " ".join(leaf.words)
        facet = self.part.columns.facets[leaf.field or ""]
        return facet.holding((text.strip().casefold(),), self.part.columns.size)

    def _fields(self, field: str | None) -> tuple[str, ...]:
        return DEFAULT_FIELDS[self.part.documents] if field is None else (field,)

    def _zeros(self) -> Scores:
        return np.zeros(self.part.columns.size, np.float32)


def folded(text: str) -> str:
    """How a word is compared unstemmed: as the index folds it, or at least folded where it is no whole word."""
    found = [token.folded for token in analysis.tokens(text)]
    return found[0] if len(found) == 1 else analysis.fold(text)
