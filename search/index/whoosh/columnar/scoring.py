"""BM25F for the documents that match, and the best of them.

A leaf's frequencies in the fields of a stream are weighted by boost and summed before they saturate, and so are the
lengths (Robertson, Zaragoza, Taylor 2004); rarity is that of Robertson & Zaragoza 2009, never negative.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from search.index.whoosh.columnar.matching import Found
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.segment import Segment, StreamReader
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import UNIT

K1 = 1.2
B = 0.75
_BLOCK = 128


def rarity(documents: int, held: int) -> float:
    """What a leaf held by so many of all documents is worth."""
    return math.log1p((documents - held + 0.5) / (held + 0.5))


class Scoring:
    """Scores documents of one segment; `means` are the mean lengths of the streams over the whole archive."""

    def __init__(self, segment: Segment, means: Mapping[str, float]) -> None:
        self._segment = segment
        self._means = means
        self._saturations: dict[str, Array] = {}

    def scores(self, docs: Array, leaves: list[tuple[Found, float]]) -> Array:
        """The score of each of the ascending documents, from leaves and their rarity."""
        total = np.zeros(len(docs), np.float32)
        saturations: dict[str, Array] = {}
        for found, worth in leaves:
            held = self._frequencies(docs, found)
            if found.stream is None:
                saturation: Array | float = K1 * UNIT
            else:
                name = found.stream.stream.name
                if name not in saturations:
                    saturations[name] = self._saturation(found.stream)[docs]
                saturation = saturations[name]
            total += held * np.float32(worth * (K1 + 1)) / (held + saturation)
        return total

    def _saturation(self, stream: StreamReader) -> Array:
        """The frequency at which each document's score is half of what it can be, in `UNIT`s."""
        name = stream.stream.name
        if name not in self._saturations:
            relative = stream.lengths / np.float32(self._means[name])
            self._saturations[name] = (UNIT * K1 * (1 - B + B * relative)).astype(np.float32)
        return self._saturations[name]

    def _frequencies(self, docs: Array, found: Found) -> Array:
        """How often a leaf stands in each of the documents, weighted, as floats."""
        held = len(found.bits)
        if found.weights is None:
            return np.float32(UNIT) * self._holds(docs, found)
        if held == len(docs) and numbers(found.bits)[0] == docs[0]:
            mine = numbers(found.bits)
            if np.array_equal(mine, docs):
                return found.weights.astype(np.float32)
        if 8 * len(docs) < held:
            mine = numbers(found.bits)
            at = np.searchsorted(mine, docs)
            at[at == held] = 0
            return np.where(mine[at] == docs, found.weights[at], 0).astype(np.float32)
        scratch = np.zeros(self._segment.size, np.uint8)
        scratch[numbers(found.bits)] = found.weights
        return scratch[docs].astype(np.float32)

    def _holds(self, docs: Array, found: Found) -> Array:
        scratch = np.zeros(self._segment.size, np.float32)
        scratch[numbers(found.bits)] = 1
        return scratch[docs]


def best(scores: Array, wanted: int) -> Array:
    """Where the scores are that can be among the `wanted` highest, ties with the last of them included."""
    if wanted >= len(scores):
        return np.arange(len(scores))
    whole = len(scores) // _BLOCK * _BLOCK
    if whole // _BLOCK > 4 * wanted:  # the highest of each block bound the answer from below, at a fraction of the cost
        highest = scores[:whole].reshape(-1, _BLOCK).max(1)
        places = np.flatnonzero(scores >= np.partition(highest, -wanted)[-wanted])
    else:
        places = np.arange(len(scores))
    chosen = scores[places]
    kept: Array = places[chosen >= np.partition(chosen, -wanted)[-wanted]]
    return kept
