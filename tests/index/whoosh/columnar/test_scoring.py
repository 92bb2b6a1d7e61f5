from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.matching import Matching
from search.index.whoosh.columnar.scoring import Scoring, best, rarity
from search.index.whoosh.columnar.streams import TEXT
from search.query.nodes import Term
from tests.index.making import article
from tests.index.whoosh.columnar.making import segment


def test_a_rare_word_is_worth_more_and_none_is_worth_nothing() -> None:
    assert rarity(1_000, 1) > rarity(1_000, 500) > rarity(1_000, 1_000) > 0


def test_more_often_in_a_shorter_text_and_in_the_headline_scores_higher(tmp_path: Path) -> None:
    made = segment(
        tmp_path / "one",
        article("once", "boats sand stone wood"),
        article("twice", "boats boats stone wood"),
        article("long", "boats " + "sand stone wood " * 20),
        article("headed", "sand stone wood", headline="Boats"),
    )
    found = Matching(made, {}, lambda: None).leaf(Term(None, "boat"))
    scoring = Scoring(made, {TEXT: float(made.streams[TEXT].lengths.mean())})
    once, twice, long, headed = scoring.scores(np.arange(4), [(found, 1.0)]).tolist()
    assert twice > once > long
    assert headed > once


@given(st.lists(st.integers(0, 9), max_size=2_000), st.integers(1, 12))
def test_the_best_are_kept_with_all_that_tie_with_the_last(scores: list[int], wanted: int) -> None:
    kept = best(np.array(scores, np.float32), wanted)
    least = sorted(scores, reverse=True)[:wanted][-1] if scores else 0
    assert kept.tolist() == [place for place, score in enumerate(scores) if score >= least]
