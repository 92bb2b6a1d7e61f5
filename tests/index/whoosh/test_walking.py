"""A walk over a posting list stands where Whoosh expects it to."""

from __future__ import annotations

import numpy as np
import pytest
from whoosh.formats import Positions
from whoosh.scoring import WeightScorer

from search.index.whoosh.walking import PostingList, Walk


@pytest.fixture
def walk() -> Walk:
    """Over every third document up to 900; the middle ones weigh most."""
    docs = np.arange(0, 900, 3, dtype=np.uint32)
    weights = np.where(abs(np.arange(300) - 150) < 10, 5, 1).astype(np.float32)
    found = PostingList(docs, weights, docs // 9, np.arange(600), np.arange(0, 601, 2))
    return Walk(found, ("body", b"boat"), Positions(), WeightScorer(5))


def test_it_goes_to_the_first_document_that_is_not_before_another(walk: Walk) -> None:
    walk.skip_to(4)
    assert (walk.id(), walk.weight(), walk.value_as("positions")) == (6, 1, [4, 5])
    walk.skip_to(2)
    assert walk.id() == 6


def test_what_it_tells_encoded_is_what_it_tells(walk: Walk) -> None:
    walk.skip_to(6)
    assert Positions().decode_positions(walk.value()) == walk.value_as("positions")


def test_it_skips_blocks_that_are_not_good_enough(walk: Walk) -> None:
    assert (walk.skip_to_quality(1), walk.id()) == (1, 3 * 128)
    assert (walk.block_min_length(), walk.block_max_length()) == (128 // 3, 255 // 3)


def test_at_its_end_it_still_tells_of_its_last_document_and_block(walk: Walk) -> None:
    assert walk.skip_to_quality(5) == 3
    assert (walk.is_active(), walk.id(), walk.block_quality()) == (False, 897, 1)


def test_a_copy_goes_its_own_way(walk: Walk) -> None:
    copy = walk.copy()
    copy.next()
    assert (walk.id(), copy.id(), next(iter(copy.all_ids()))) == (0, 3, 3)
