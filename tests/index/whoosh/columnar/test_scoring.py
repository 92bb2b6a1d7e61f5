from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar import scoring as scoring_module
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


@pytest.mark.parametrize(
    ("good_part", "much", "far_more"), [(0, 1 << 40, 1), (1 << 40, 1 << 40, 1), (1, 0, 0), (1, 0, 99)]
)
def test_the_way_that_is_quickest_does_not_change_a_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good_part: int, much: int, far_more: int
) -> None:
    texts = ["boats sand", "sand sand wood", "boats boats wood stone", "stone", "wood"]
    made = segment(tmp_path / "one", *(article(str(n), text) for n, text in enumerate(texts)))
    matching = Matching(made, {}, lambda: None)
    leaves = [(matching.leaf(Term(None, word)), worth) for word, worth in (("boat", 2.0), ("sand", 1.5), ("wood", 1.0))]
    leaves.append((matching.leaf(Term("agency", "nobody")), 1.0))
    docs, scoring = np.array([0, 2, 4]), Scoring(made, {TEXT: 3.0})
    usual = scoring.scores(docs, leaves).tolist()
    monkeypatch.setattr(scoring_module, "_GOOD_PART", good_part)
    monkeypatch.setattr(scoring_module, "_MUCH", much)
    monkeypatch.setattr(scoring_module, "_FAR_MORE", far_more)
    assert scoring.scores(docs, leaves).tolist() == usual
    assert min(usual) > 0


@given(st.lists(st.integers(0, 9), max_size=2_000), st.integers(1, 12))
def test_the_best_are_kept_with_all_that_tie_with_the_last(scores: list[int], wanted: int) -> None:
    kept = best(np.array(scores, np.float32), wanted)
    least = sorted(scores, reverse=True)[:wanted][-1] if scores else 0
    assert kept.tolist() == [place for place, score in enumerate(scores) if score >= least]
