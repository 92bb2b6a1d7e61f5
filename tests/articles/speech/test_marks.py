"""Quotation marks of every convention, apostrophes that are none, and speech over several paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.speech.marks import BREAK, find_marked, places


def marked(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_marked(text)]


@pytest.mark.parametrize(
    "text",
    [
        "a “b c” d",
        'a "b c" d',
        "a ''b c'' d",
        "a ``b c'' d",
        "a «b c» d",
        "a »b c« d",
        "a „b c“ d",
        "a ”b c” d",
        "a ‘b c’ d",
    ],
)
def test_every_convention_is_read(text: str) -> None:
    assert marked(text) == ["b c"]


@pytest.mark.parametrize(
    "text", ["It's Ann's", "the dogs' bowls", "6'2\" tall and 5'4\" wide", "rock ’n’ roll", "in the '90s"]
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert marked(text) == []


def test_marks_inside_marks_belong_to_the_outer_ones() -> None:
    assert marked("“one ‘two’ three” and “four “five” six”") == ["one ‘two’ three", "four “five” six"]


def test_spaces_inside_the_marks_are_left_out() -> None:
    assert marked("« oui » and “ yes ”") == ["oui", "yes"]


def test_speech_goes_on_where_the_next_paragraph_opens_again() -> None:
    spans = find_marked(BREAK.join(["He said: “One.", "“Two.", "“Three.”"]))
    assert [(span.unclosed, span.resumed) for span in spans] == [(True, False), (True, True), (False, True)]


def test_a_paragraph_that_only_forgets_to_close_is_speech_to_its_end() -> None:
    assert marked(BREAK.join(['"We are late.', "The train left."])) == ["We are late."]


def test_a_mark_in_the_middle_that_nothing_closes_is_no_quotation() -> None:
    assert marked(BREAK.join(['The 12" single', "sold well."])) == []


def test_a_pair_never_spans_a_break() -> None:
    assert marked(BREAK.join(['It was "late', 'and" cold'])) == []


def test_a_doubled_mark_is_met_once() -> None:
    assert places("a ^^ b ^^^ c", "^^") == [2, 7]
    assert places("a b", "^^") == []


@given(st.text(alphabet="ab ,.“”\"'‘’«»„`" + BREAK, max_size=120))
def test_stretches_stand_in_order_inside_their_marks(text: str) -> None:
    end = 0
    for span in find_marked(text):
        assert end <= span.outer_start <= span.start < span.end <= span.outer_end
        assert BREAK not in text[span.start : span.end]
        end = span.outer_end
