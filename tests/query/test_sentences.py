"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The port closed.", "Ships wait."],
        ["“We wait,” she said.", "“And we hope.”", "Nobody answered!", "Why?", "No one knows…", "Yet."],
        ["It cost 3.5 million.", "2,000 ships came."],
        ["Порт закрыт.", "Суда ждут."],
        ["港が閉まった。", "船は待つ。"],
    ],
)
def test_a_sentence_ends_with_its_mark_and_quotation_marks(expected: list[str]) -> None:
    separator = "" if "。" in expected[0] else " "
    assert parts(separator.join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Ruhl met Dr. Brant and Gen. Oster.",
        "J. K. Marlow met P. Ruhl.",
        "The U.S. Navy and U.N. Security Council agreed.",
        "It rose on Feb. 4 to No. 3, e.g. Vellmar Inc. 200 times.",
        "Prices of 3.5 and 4. and so on.",
        "В 2020 г. Вельмар вырос.",
    ],
)
def test_abbreviations_and_initials_end_none(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize("text", [".", ". ", ".'", "A. ", "!?", "。", ". a"])
def test_a_long_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert sentences(text * 100_000)[-1].end >= 100_000 * len(text) - 1


@given(st.text(st.sampled_from('aB. !?…"”\n。１Mr'), max_size=60))
def test_sentences_hold_all_but_spaces_in_order(text: str) -> None:
    spans = sentences(text)
    outside = text
    for span in reversed(spans):
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        outside = outside[: span.start] + outside[span.end :]
    assert outside.strip() == ""
    assert spans == sorted(spans, key=lambda span: span.start)
