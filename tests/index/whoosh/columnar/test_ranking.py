from __future__ import annotations

from search.index.whoosh.columnar.ranking import Ranking
from search.query.nodes import Or, Range, Term


def test_scores_are_added_up_in_the_order_of_the_query_each_word_once() -> None:
    words = [Term(None, word) for word in ("tug", "ferry", "barge", "pier", "quay", "buoy", "oar", "mast")]
    node = Or((*words, words[0], Range("date", "2021-01-01", None)))
    assert list(Ranking([])._worth(node, [])) == words
