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
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_reader import StreamReader
from search.index.whoosh.columnar.streams import UNIT

K1 = 1.2
B = 0.75
_BLOCK = 128
_GOOD_PART = 4  # from one in so many of all documents on, it is quicker to score all of them
_MUCH = 2  # from so many times the documents on, it pays to score only those wanted
_FAR_MORE = 24  # and from here on to look each up


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
        if len(leaves) == 1 and np.array_equal(numbers(leaves[0][0].bits), docs):
            return np.broadcast_to(self._scored(docs, *leaves[0], leaves[0][0].weights), len(docs))
        total = np.zeros(self._segment.size, np.float32)
        for found, worth in leaves:
            if _MUCH * len(docs) < len(found.bits):
                total[docs] += self._scored(docs, found, worth, self._frequencies(docs, found))
            elif _GOOD_PART * len(found.bits) > len(total):
                total += self._scored(slice(None), found, worth, self._all_frequencies(found))
            else:
                mine = numbers(found.bits)
                total[mine] += self._scored(mine, found, worth, found.weights)
        return total[docs]

    def _scored(self, docs: Array | slice, found: Found, worth: float, weights: Array | None) -> Array:
        """What a leaf adds to the score of each of the documents, or of all, from its frequency in each."""
        held = np.float32(UNIT) if weights is None else weights.astype(np.float32)
        saturation = np.float32(K1 * UNIT) if found.stream is None else self._saturation(found.stream)[docs]
        return np.asarray(held * np.float32(worth * (K1 + 1)) / (held + saturation))

    def _saturation(self, stream: StreamReader) -> Array:
        """The frequency at which each document's score is half of what it can be, in `UNIT`s."""
        name = stream.stream.name
        if name not in self._saturations:
            relative = stream.lengths / np.float32(self._means[name])
            self._saturations[name] = (UNIT * K1 * (1 - B + B * relative)).astype(np.float32)
        return self._saturations[name]

    def _frequencies(self, docs: Array, found: Found) -> Array:
        """How often a leaf that many documents have stands in each of these, weighted."""
        if _FAR_MORE * len(docs) >= len(found.bits):
            return self._all_frequencies(found)[docs]
        mine, weights = numbers(found.bits), found.weights
        at = np.searchsorted(mine, docs)
        at[at == len(mine)] = 0
        return np.where(mine[at] == docs, UNIT if weights is None else weights[at], 0)

    def _all_frequencies(self, found: Found) -> Array:
        """How often a leaf stands in each document of the segment, weighted."""
        held = np.zeros(self._segment.size, np.uint8)
        held[numbers(found.bits)] = UNIT if found.weights is None else found.weights
        return held


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
