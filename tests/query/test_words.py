"""The words of a leaf, analysed."""

from __future__ import annotations

import pytest

from search.query.nodes import Character, Fuzzy, Leaf, Near, Phrase, Prefix, Range, Term
from search.query.words import Word, words_of


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Term("headline", "Ferries"), (Term(None, "ferri"),)),
        (Term(None, "U.S.-led"), (Term(None, "us"), Term(None, "led"))),
        (Term(None, "2024年"), (Term(None, "2024"), Term(None, "年"))),
        (Prefix("body", "Zür"), (Prefix(None, "zur"),)),
        (Fuzzy(None, "Ferry", 2), (Fuzzy(None, "ferry", 2),)),
        (Prefix(None, "'"), ()),
        (Character("said", "ｶﾞ"), (Character(None, "ガ"),)),
        (Range("date", "2022-01-01", None), ()),
    ],
)
def test_words_are_analysed_as_their_leaf_compares_them(leaf: Leaf, expected: tuple[Word, ...]) -> None:
    assert words_of(leaf) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("2024", "年"), (Term(None, "2024"), Character(None, "年", "first"))),
        (("第", "3"), (Character(None, "第", "last"), Term(None, "3"))),
        (("第", "3", "回"), (Character(None, "第", "last"), Term(None, "3"), Character(None, "回", "first"))),
        (("3", "月", "5"), (Term(None, "3"), Term(None, "月"), Term(None, "5"))),
        (("東京", "京"), (Term(None, "東京"), Term(None, "京"))),
        (("年", "年度"), (Term(None, "年"), Term(None, "年度"))),
        (("年",), (Term(None, "年"),)),
    ],
)
def test_a_character_at_an_end_of_a_phrase_may_be_part_of_a_longer_word(
    words: tuple[str, ...], expected: tuple[Word, ...]
) -> None:
    assert words_of(Phrase("headline", words)) == expected


def test_a_character_among_words_near_each_other_stands_for_itself() -> None:
    assert words_of(Near(None, ("2024", "年"), 2)) == (Term(None, "2024"), Term(None, "年"))
