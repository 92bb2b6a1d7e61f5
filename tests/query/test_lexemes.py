"""The query string cut into lexemes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.lexemes import Lexeme, Remarks, lexemes, well_formed


def cut(q: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in lexemes(q, Remarks(q))]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("a AND b", [("word", "a"), ("and", "AND"), ("word", "b")]),
        ("-a-b", [("not", "-"), ("word", "a-b")]),
        ("(-a)", [("open", "("), ("not", "-"), ("word", "a"), ("close", ")")]),
        ("said:-a", [("field", "said"), ("word", "-a")]),
        ("said:OR", [("field", "said"), ("word", "OR")]),
        ("a“b c”d", [("word", "a"), ("quoted", "b c"), ("word", "d")]),
        ('"b c', [("word", "b"), ("word", "c")]),
        ("medtop:1", [("word", "medtop:1")]),
        ("other:a", [("word", "other"), ("word", "a")]),
    ],
)
def test_a_query_is_cut_into_its_parts(q: str, expected: list[tuple[str, str]]) -> None:
    assert cut(q) == expected


def test_a_quotation_keeps_the_number_after_it() -> None:
    q = 'x "a b"~12'
    assert list(lexemes(q, Remarks(q)))[1] == Lexeme("quoted", "a b", 2, 10, near="12")


@given(st.text(st.sampled_from("ab:\"“”()-+~* ANDORT'"), max_size=40))
def test_lexemes_do_not_overlap_and_well_formed_ones_pair_up(q: str) -> None:
    parts = list(lexemes(q, Remarks(q)))
    assert all(before.end <= after.start for before, after in pairwise(parts))
    depth = 0
    for part in well_formed(parts, Remarks(q)):
        depth += (part.kind == "open") - (part.kind == "close")
        assert depth >= 0
    assert depth == 0
