"""From the text in the search box to a query tree."""

from __future__ import annotations

import pytest

from search.fields import QUERY_FIELDS
from search.query.nodes import And, Character, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.syntax import parse

A, B, C, D = (Term(None, word) for word in "abcd")


def tree(q: str) -> Node:
    """The tree of a query that needs no remark."""
    parsed = parse(q)
    assert parsed.diagnostics == ()
    return parsed.node


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("+a +b", And((A, B))),
        ("a - b & c", And((A, B, C))),
        ("a,b.", Phrase(None, ("a", "b"))),
        ("-a", Not(A)),
        ("a -b", And((A, Not(B)))),
        ("a OR b", Or((A, B))),
        ("a AND b", And((A, B))),
        ("NOT a", Not(A)),
        ("NOT NOT a", A),
        ("a AND NOT b", And((A, Not(B)))),
        ("a and not b", And((A, Term(None, "and"), Term(None, "not"), B))),
    ],
)
def test_words_and_operators(q: str, expected: Node) -> None:
    assert tree(q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("NOT a OR b", Or((Not(A), B))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("-(a b)", Not(And((A, B)))),
        ("((a))", A),
        ("a(b)c", And((A, B, C))),
    ],
)
def test_not_binds_before_and_and_before_or(q: str, expected: Node) -> None:
    assert tree(q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("a b", Or((A, B))),
        ("a b AND c", Or((A, And((B, C))))),
        ("a b -c", And((Or((A, B)), Not(C)))),
        ("-a -b", And((Not(A), Not(B)))),
        ("a OR -b", Or((A, Not(B)))),
        ("a b date:2022", And((Or((A, B)), Range("date", "2022-01-01", "2022-12-31")))),
        (
            "date:(2021 2023)",
            Or((Range("date", "2021-01-01", "2021-12-31"), Range("date", "2023-01-01", "2023-12-31"))),
        ),
    ],
)
def test_any_of_the_words_may_match_but_not_and_dates_still_restrict(q: str, expected: Node) -> None:
    assert parse(q, "any").node == expected


@pytest.mark.parametrize(
    "q", ['"wind power"', "“wind power”", "„wind power“", "«wind power»", '"wind, power!"', "wind-power"]
)
def test_words_in_any_quotation_marks_are_a_phrase(q: str) -> None:
    assert tree(q) == Phrase(None, ("wind", "power"))


def test_one_quoted_word_is_that_word() -> None:
    assert tree('"AND"') == Term(None, "AND")


def test_words_near_each_other_have_a_distance() -> None:
    assert tree('"wind power"~5') == Near(None, ("wind", "power"), 5)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Gov*", Prefix(None, "gov")),
        ("Zür*", Prefix(None, "zur")),
        ("U.S.*", Prefix(None, "us")),
        ("wind-pow*", And((Term(None, "wind"), Prefix(None, "pow")))),
        ("marlov~", Fuzzy(None, "marlov", 1)),
        ("marlov~2", Fuzzy(None, "marlov", 2)),
        ("marlov~0", Term(None, "marlov")),
    ],
)
def test_prefixes_and_fuzzy_words_are_folded(q: str, expected: Node) -> None:
    assert tree(q) == expected


@pytest.mark.parametrize("field", [field for field in QUERY_FIELDS if field != "date"])
def test_every_field_applies_to_a_word_a_phrase_a_prefix_a_fuzzy_word_and_a_group(field: str) -> None:
    q = f'{field}:a {field}:"b c" {field}:d* {field}:efgh~ -{field}:(a OR b)'
    assert tree(q) == And(
        (
            Term(field, "a"),
            Phrase(field, ("b", "c")),
            Prefix(field, "d"),
            Fuzzy(field, "efgh", 1),
            Not(Or((Term(field, "a"), Term(field, "b")))),
        )
    )


def test_a_field_inside_a_group_wins_over_that_of_the_group() -> None:
    assert tree("headline:(a OR lead:b)") == Or((Term("headline", "a"), Term("lead", "b")))


def test_field_names_may_be_capitalised_and_operators_after_them_are_words() -> None:
    assert tree("Headline:NOT") == Term("headline", "NOT")


def test_a_topic_may_be_given_by_its_code() -> None:
    assert tree("topic:medtop:20000209") == Term("topic", "medtop:20000209")
    assert tree("sector:(medtop:1 OR medtop:2)") == Or((Term("sector", "medtop:1"), Term("sector", "medtop:2")))


@pytest.mark.parametrize(
    ("q", "start", "end"),
    [
        ("date:2022", "2022-01-01", "2022-12-31"),
        ("date:2022-02", "2022-02-01", "2022-02-28"),
        ('date:"2022-02-04"', "2022-02-04", "2022-02-04"),
        ("date:2021..2022-06", "2021-01-01", "2022-06-30"),
        ("date:..2020", None, "2020-12-31"),
        ("date:2020-05..", "2020-05-01", None),
    ],
)
def test_dates_are_ranges_of_days(q: str, start: str | None, end: str | None) -> None:
    assert tree(q) == Range("date", start, end)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("中国", Term(None, "中国")),
        ("中国人民", Phrase(None, ("中国", "国人", "人民"))),
        ("中国人民*", Phrase(None, ("中国", "国人", "人民"))),
        ("中", Character(None, "中")),
        ("「東京」 AND 大阪", And((Term(None, "東京"), Term(None, "大阪")))),
        ("（東京 OR 大阪）", Or((Term(None, "東京"), Term(None, "大阪")))),
    ],
)
def test_scripts_without_spaces_work(q: str, expected: Node) -> None:
    assert tree(q) == expected
