"""Words, their kinds and where they start, between marks."""

from __future__ import annotations

import pytest

from search.articles.speech.tokens import Tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Venn left, Sorn too.", ["Venn", "left", ",", "Sorn", "too", "."]),
        ("the D.C.-based bank", ["the", "D.C.-based", "bank"]),
        ("Sorn's  (new)\nboat", ["Sorn's", "(", "new", ")", "boat"]),
        ("at 3.5%\x1eNext", ["at", "3.5", "%", "\x1e", "Next"]),
        ("", []),
    ],
)
def test_text_is_cut_into_words_and_signs(text: str, words: list[str]) -> None:
    tokens = Tokens(text, capitals=False)
    tokens.cut(0, len(text))
    assert tokens.words == words
    assert [text[start : start + len(word)] for start, word in zip(tokens.starts, words, strict=True)] == words
    assert len(tokens.kinds) == len(words)


def test_a_stretch_starts_where_it_stands_in_the_text() -> None:
    tokens = Tokens('Venn said "no" today', capitals=False)
    tokens.cut(0, 10)
    tokens.fold(10)
    tokens.cut(14, 20)
    assert list(zip(tokens.words, tokens.kinds, tokens.starts, strict=True)) == [
        ("Venn", "N", 0),
        ("said", "c", 5),
        ("", "q", 10),
        ("today", "a", 15),
    ]


def test_paragraphs_are_told_apart_where_nothing_stands_between_two() -> None:
    text = "Venn left.\x1e\x1eSorn stayed"
    tokens = Tokens(text, capitals=False)
    tokens.cut(5, len(text))
    assert list(zip(tokens.words, tokens.starts, strict=True)) == [
        ("left", 5),
        (".", 9),
        ("\x1e", 10),
        ("\x1e", 11),
        ("Sorn", 12),
        ("stayed", 17),
    ]
    assert tokens.kinds[2:4] == ["¶", "¶"]


def test_copy_in_capitals_has_kinds_of_its_own() -> None:
    tokens = Tokens("VENN SAID", capitals=True)
    tokens.cut(0, 9)
    assert tokens.kinds == ["N", "c"]


def test_the_stop_of_an_abbreviation_is_part_of_it() -> None:
    tokens = Tokens("Mr. J. Venn left.", capitals=False)
    tokens.cut(0, 17)
    assert "".join(tokens.kinds) == "T~I~Nv."
