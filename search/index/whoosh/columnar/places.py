"""Documents of the wanted page, in order, and where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array


@dataclass(frozen=True, slots=True)
class Place:
    """A document of the wanted page: its segment, its number there, its score."""

    segment: Segment
    doc: int
    score: float


@dataclass(frozen=True, slots=True)
class Places:
    """Documents in order: for each the number of its segment among `segments`, its number there, its score."""

    segments: Sequence[Segment]
    which: Array
    docs: Array
    scores: Array

    def __iter__(self) -> Iterator[Place]:
        for which, doc, score in zip(self.which, self.docs, self.scores, strict=True):
            yield Place(self.segments[which], int(doc), float(score))


#: No documents.
NOWHERE = Places((), np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.float32))
