"""Leaves as patterns, and what any text that matches must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.query.nodes import Fuzzy, Leaf, Near, Phrase, Prefix, Term
from search.query.patterns import Pattern, Vocabulary, possible

SUFFIXES = [
    "",
    "s",
    "es",
    "ies",
    "ed",
    "ing",
    "ings",
    "er",
    "ly",
    "ation",
    "ational",
    "fulness",
    "ying",
    "e",
    "y",
    "'s",
]
BASES = st.text("abdeghiklmnoprstuvy", min_size=1, max_size=6)
WRITTEN = st.one_of(
    BASES.map(str.title),
    st.text("абвгдежийклмнопрстуя", min_size=1, max_size=9),
    st.text("aé.,'’1µ\u00a0\u00adIßſ中が", min_size=1, max_size=6),
)


def pattern(leaf: Leaf) -> Pattern:
    return Vocabulary().pattern(0, leaf)


def test_words_that_several_leaves_share_have_one_number() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.pattern(0, Phrase(None, ("wind", "power"))).words == (0, 1)
    assert vocabulary.pattern(1, Near(None, ("powers", "plant"), 3)).words == (1, 2)
    assert vocabulary.pattern(2, Prefix("said", "wind")).words == (3,)


def test_a_window_is_as_wide_as_the_words_and_their_distance() -> None:
    assert pattern(Near(None, ("wind-power", "plant"), 3)).window == 6
    assert pattern(Phrase(None, ("wind", "power"))).window is None


@pytest.mark.parametrize(
    "written", ["dying", "lying", "tying", "vying", "skies", "happily", "news", "U.S.", "1,000", "O’Hare"]
)
def test_irregular_words_hold_their_needles(written: str) -> None:
    assert possible(f"x {written} y", pattern(Term(None, written)).needles)
    for form in analysis.forms(written):
        assert possible(written.upper(), pattern(Prefix(None, form.folded)).needles)


@given(BASES, st.sampled_from(SUFFIXES), st.sampled_from(SUFFIXES))
def test_a_text_with_another_form_of_the_word_is_possible(base: str, one: str, other: str) -> None:
    if analysis.terms(base + one) == analysis.terms(base + other):
        assert possible(base + other, pattern(Term(None, base + one)).needles)


@given(WRITTEN)
def test_a_text_with_the_word_or_its_beginning_is_possible(text: str) -> None:
    for token in analysis.tokens(text):
        assert possible(text, pattern(Term(None, text[token.start : token.end])).needles)
        assert all(possible(text, pattern(Prefix(None, token.folded[:n])).needles) for n in range(1, 5))


@given(st.text("abc", min_size=1, max_size=8), st.text("abc", max_size=8), st.integers(1, 2))
def test_a_text_with_a_word_spelt_nearly_so_is_possible(word: str, cut: str, distance: int) -> None:
    for spelt in (word[:-distance] + cut[:distance], cut[:distance] + word, word[distance:]):
        assert possible(spelt, pattern(Fuzzy(None, word, distance)).needles)


def test_a_text_without_the_word_is_not() -> None:
    assert not possible("The port is closed.", pattern(Term(None, "ferry")).needles)
    assert not possible("“Порт закрыт” — it’s so", pattern(Phrase(None, ("the", "ferry"))).needles)
