"""What was typed so far, before any engine is asked."""

from __future__ import annotations

import pytest

from search.index.completing import begins, headline_node, typed
from search.query.nodes import And, Prefix, Term


@pytest.mark.parametrize(
    ("words", "label", "fits"),
    [
        (("jo", "s"), "John Smith", True),
        (("s", "jo"), "John Smith", True),
        (("oh",), "John Smith", False),
        (("jo", "jo"), "John Smith", False),
        (("jo", "john"), "John Johnson", True),
        (("a", "ab", "abc"), "Abcd Ab Abx", True),
        (("uber",), "Über, F.", True),
        ((), "John Smith", True),
    ],
)
def test_each_word_begins_another_word_of_the_name(words: tuple[str, ...], label: str, fits: bool) -> None:
    assert begins(words, label) is fits


def test_what_is_too_long_for_a_name_is_not_completed() -> None:
    assert typed(" Two\tWords, ") == ("two", "words")
    assert typed("w " * 8) == ("w",) * 8
    assert typed("w " * 9) == ()
    assert typed("w" * 201) == ()


def test_the_last_word_of_a_headline_may_be_a_beginning_of_more_than_a_letter() -> None:
    assert headline_node(("oil", "p")) == And((Term("headline", "oil"), Prefix("headline", "p")))
    assert headline_node(("p",)) is None
    assert headline_node(("北",)) is not None
