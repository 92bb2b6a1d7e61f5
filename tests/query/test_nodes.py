"""The query tree: what a match can be due to."""

from search.query.nodes import And, Not, Or, Phrase, Term, positive_leaves

OIL, GAS, COAL = Term(None, "oil"), Term(None, "gas"), Phrase("body", ("brown", "coal"))


def test_what_is_excluded_is_never_the_reason_of_a_match() -> None:
    assert list(positive_leaves(And((OIL, Not(Or((GAS, COAL))))))) == [OIL]


def test_leaves_come_in_the_order_of_the_query() -> None:
    assert list(positive_leaves(Or((OIL, And((GAS, COAL)))))) == [OIL, GAS, COAL]


def test_equal_trees_are_interchangeable() -> None:
    assert len({And((OIL, GAS)), And((Term(None, "oil"), Term(None, "gas")))}) == 1
