"""Leaves as patterns, and what any text that matches must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.query.nodes import Fuzzy, Leaf, Near, Phrase, Prefix, Term
from search.query.patterns import Pattern, Patterns, Vocabulary, parts_with, possible

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


@given(WRITTEN)
def test_a_word_and_its_beginning_lie_in_the_parts_that_are_read(text: str) -> None:
    for token in analysis.tokens(text):
        word = text[token.start : token.end]
        for leaf in (Term(None, word), Prefix(None, token.folded[:1]), Fuzzy(None, token.folded, 1)):
            patterns = Patterns([pattern(leaf)])
            parts = parts_with(text, patterns.needles, patterns.inside)
            assert parts is None or any(start <= token.start < token.end <= end for start, end in parts)


def test_only_a_fuzzy_word_is_looked_for_inside_of_words() -> None:
    text, term, fuzzy = "The barn is big, an old barnyard. Unbarred.", Term(None, "bar"), Fuzzy(None, "xbarr", 1)
    read = {leaf: parts_with(text, (one := Patterns([pattern(leaf)])).needles, one.inside) for leaf in (term, fuzzy)}
    words = [[text[slice(*part)] for part in parts or ()] for parts in read.values()]
    assert words == [["barn", "barnyard."], ["barn", "barnyard.", "Unbarred."]]


def test_of_many_needles_all_of_a_text_is_read() -> None:
    assert parts_with("A barn.", ("barn",), ()) == [(2, 7)]
    assert parts_with("A barn.", ("barn", "yard"), ()) is None
