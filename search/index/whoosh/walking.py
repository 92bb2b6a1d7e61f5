"""A posting list as Whoosh walks over it: document after document, or past blocks that can't be among the best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher
from whoosh.reading import TermInfo

from search.index.whoosh.columnar.segmentfile import Array

_BLOCK = 128  # documents, as in Whoosh's own posting lists


@dataclass(frozen=True)
class PostingList:
    """Documents, ascending, at least one, and the weight of each.

    `lengths`: of the field in each, where it is scored. `positions`: those of the document number n of the list go from
    `starts[n]` to `starts[n + 1]`; none where the field has none.
    """

    docs: Array
    weights: Array
    lengths: Array | None = None
    positions: Array | None = None
    starts: Array | None = None

    def term_info(self) -> TermInfo:
        """What scorers ask of all documents together."""
        return TermInfo(
            weight=float(self.weights.sum(dtype=np.float64)),
            df=len(self.docs),
            minlength=0 if self.lengths is None else int(self.lengths.min()),
            maxlength=0 if self.lengths is None else int(self.lengths.max()),
            maxweight=float(self.weights.max()),
            minid=int(self.docs[0]),
            maxid=int(self.docs[-1]),
        )

    def positions_at(self, number: int) -> list[int]:
        """The positions in one document."""
        if self.positions is None or self.starts is None:
            return []
        found: list[int] = self.positions[self.starts[number] : self.starts[number + 1]].tolist()
        return found

    @cached_property
    def block_weights(self) -> list[float]:
        """The greatest weight of each block."""
        weights: list[float] = np.maximum.reduceat(self.weights, self._blocks).tolist()
        return weights

    @cached_property
    def block_lengths(self) -> tuple[list[int], list[int]]:
        """The least and the greatest length of each block."""
        lengths = np.zeros(len(self.docs), np.int32) if self.lengths is None else self.lengths
        return np.minimum.reduceat(lengths, self._blocks).tolist(), np.maximum.reduceat(lengths, self._blocks).tolist()

    @property
    def _blocks(self) -> Array:
        return np.arange(0, len(self.docs), _BLOCK)


class Walk(LeafMatcher):  # type: ignore[misc]
    """Stands on one document of a list after another. At its end it still stands on the last one.

    Whoosh's matchers ask an exhausted list for its document ("and not") and for its block ("or") (2.7.5), and fail
    where they get none.
    """

    def __init__(self, found: PostingList, term: tuple[str, bytes], format_: Any, scorer: Any, at: int = 0) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._found = found
        self._docs = found.docs.data
        self._weights = found.weights.data
        self._size = len(found.docs)
        self._at = at

    def is_active(self) -> bool:
        return self._at < self._size

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> Walk:
        return Walk(self._found, self._term, self.format, self.scorer, self._at)

    def id(self) -> int:
        return int(self._docs[self._at if self._at < self._size else -1])

    def weight(self) -> float:
        return float(self._weights[self._at])

    def value(self) -> bytes:
        if self._found.positions is None:
            return b""
        return bytes(self.format.encode(self._found.positions_at(self._at)))

    def value_as(self, astype: str) -> Any:
        return self._found.positions_at(self._at) if astype == "positions" else super().value_as(astype)

    def all_ids(self) -> Iterator[int]:
        return iter(self._found.docs[self._at :].tolist())

    def next(self) -> bool:
        self._at += 1
        return self._at % _BLOCK == 0

    def skip_to(self, id: int) -> None:
        self._at = bisect_left(self._docs, id, min(self._at, self._size))

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // _BLOCK + 1) * _BLOCK
            skipped += 1
        return skipped

    def block_max_weight(self) -> float:
        return self._found.block_weights[self._block]

    def block_min_length(self) -> int:
        return self._found.block_lengths[0][self._block]

    def block_max_length(self) -> int:
        return self._found.block_lengths[1][self._block]

    @property
    def _block(self) -> int:
        return min(self._at, self._size - 1) // _BLOCK
