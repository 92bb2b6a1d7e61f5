"""Words and quotations made leaves."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search import analysis
from search.query.leaves import quotation, word
from search.query.lexemes import Lexeme, Remarks
from search.query.nodes import Character, Fuzzy, Near, Node, Phrase, Prefix, Term


def of_word(text: str, field: str | None = None) -> Node:
    return word(Lexeme("word", text, 0, len(text)), field, Remarks(text))


def of_quotation(text: str, near: str | None = None) -> Node:
    return quotation(Lexeme("quoted", text, 0, len(text) + 2, near), None, Remarks(f'"{text}"'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ships,", Term(None, "Ships")),
        ("U.S.", Term(None, "U.S")),
        ("port-side", Phrase(None, ("port", "side"))),
        ("shi*", Prefix(None, "shi")),
        ("ship~", Fuzzy(None, "ship", 1)),
        ("船", Character(None, "船")),
        ("船*", Character(None, "船")),
        ("ｶﾞ", Character(None, "ガ")),
        ("船が", Term(None, "船が")),
        ("a船", Phrase(None, ("a", "船"))),
    ],
)
def test_a_word_is_the_leaf_that_its_ending_says(text: str, expected: Node) -> None:
    assert of_word(text) == expected


def test_a_code_stays_whole_only_where_codes_are() -> None:
    assert of_word("medtop:1", "topic") == Term("topic", "medtop:1")
    assert of_word("medtop:1", "headline") == Phrase("headline", ("medtop", "1"))


def test_a_quotation_is_a_phrase_or_words_near_each_other() -> None:
    assert of_quotation("port - side") == Phrase(None, ("port", "side"))
    assert of_quotation("port side", "3") == Near(None, ("port", "side"), 3)
    assert of_quotation("port", "3") == Term(None, "port")


@given(st.text(max_size=40))
def test_the_words_of_a_phrase_are_analysed_as_in_running_text(text: str) -> None:
    assume(analysis.terms(text))
    node = of_quotation(text)
    if isinstance(node, Phrase):
        assert [analysis.terms(part) for part in node.words] == [[term] for term in analysis.terms(text)]
