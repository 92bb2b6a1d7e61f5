"""Bad syntax, limits, and whatever else somebody may type."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.query.nodes import EVERYTHING, And, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.syntax import DEEPEST, LONGEST_QUERY, MOST_TERMS, TooLarge, parse

A, B, C, D = (Term(None, word) for word in "abcd")


def remarked(q: str) -> list[str]:
    """The parts of the query that are remarked on."""
    return [q[remark.start : remark.end] for remark in parse(q).diagnostics]


@pytest.mark.parametrize(
    ("q", "expected", "remarks"),
    [
        ('"a b', And((A, B)), ['"']),
        ('a "', A, ['"']),
        ("«a b", And((A, B)), ["«"]),
        ("(a b", And((A, B)), ["("]),
        ("a) b", And((A, B)), [")"]),
        ("a () b", And((A, B)), ["()"]),
        ('a ""', A, ['""']),
        ("a -headline:()", A, ["-headline:()"]),
        ("a AND", And((A, Term(None, "AND"))), ["AND"]),
        ("OR a", And((Term(None, "OR"), A)), ["OR"]),
        ("a OR OR b", Or((And((A, Term(None, "OR"))), B)), ["OR"]),
        ("(NOT)", Term(None, "NOT"), ["NOT"]),
        ("foo:a", And((Term(None, "foo"), A)), ["foo:"]),
        ('foo:"a b"', And((Term(None, "foo"), Phrase(None, ("a", "b")))), ["foo:"]),
        ("page:2", Phrase(None, ("page", "2")), ["page:"]),
        ("headline: a", And((Term(None, "headline"), A)), ["headline:"]),
        ("date:soon", Term(None, "soon"), ["soon"]),
        ("date:2022-13", Phrase(None, ("2022", "13")), ["2022-13"]),
        ("date:..", EVERYTHING, ["date:.."]),
        ("date:2022..2021", Range("date", "2021-01-01", "2022-12-31"), ["2022..2021"]),
        ("*a*", Prefix(None, "a"), ["*a*"]),
        ("b*d", Phrase(None, ("b", "d")), ["b*d"]),
        ('"a b"~', Near(None, ("a", "b"), 0), ["~"]),
        ('"a b"~9999', Near(None, ("a", "b"), 100), ['"a b"~9999']),
    ],
)
def test_bad_syntax_is_read_as_words_with_a_remark(q: str, expected: Node, remarks: list[str]) -> None:
    assert parse(q).node == expected
    assert remarked(q) == remarks


@pytest.mark.parametrize("q", ["10:30", "http://a.example/b", "war: a summary", "a ...", "don't", "AT&T"])
def test_punctuation_of_ordinary_text_is_not_remarked_on(q: str) -> None:
    assert parse(q).diagnostics == ()


def test_a_query_full_of_faults_has_few_remarks() -> None:
    assert 0 < len(parse(")" * 1_000).diagnostics) <= 10


@pytest.mark.parametrize("q", ["", "  ", "—", '""'])
def test_no_words_ask_for_everything(q: str) -> None:
    assert parse(q).node == EVERYTHING


@pytest.mark.parametrize(
    "q",
    [
        "a" * (LONGEST_QUERY + 1),
        "a " * (MOST_TERMS + 1),
        '"' + "a " * (MOST_TERMS + 1) + '"',
        "中" * (MOST_TERMS + 2),
        "(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1),
        "(" * 2_000,
        "*",
        "grain **",
        "marlov~3",
        "grain OR headline:marlov~99",
    ],
)
def test_beyond_the_limits_is_too_large_and_says_so(q: str) -> None:
    with pytest.raises(TooLarge, match=r"^(The query has|A \* needs|.* asks for) .*\.$"):
        parse(q)


@pytest.mark.parametrize(
    "q", ["a " * MOST_TERMS, "a OR " * (MOST_TERMS - 1) + "a", "(" * DEEPEST + "a" + ")" * DEEPEST]
)
def test_up_to_the_limits_is_not(q: str) -> None:
    assert parse(q).diagnostics == ()


PIECES = ["a", "b*", "c~2", "~", "*", '"', "“", "«", "»", "「", "」", "(", ")", "-", "+", " ", " AND ", " OR ", " NOT "]
PIECES += ["headline:", "date:", "2022", "..", "foo:", ":", "medtop:1", "中国", "[a TO ", "\\", "\0", "é", "'", "U.S."]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(st.one_of(st.text(), HOSTILE), st.sampled_from(["all", "any"]))
@example("a[b TO " * 285, "all")
@example('"' * 1_999, "all")
@example("«" * 1_999, "all")
@example("NOT " * 499 + "a", "any")
@example("-(" * 20 + "a", "any")
def test_any_text_has_a_meaning(q: str, match: str) -> None:
    try:
        parsed = parse(q, "any" if match == "any" else "all")
    except TooLarge:
        return
    assert all(0 <= remark.start < remark.end <= len(q) for remark in parsed.diagnostics)
    assert well_formed(parsed.node)


def well_formed(node: Node) -> bool:
    """No empty or needless groups except for everything, no empty words."""
    if isinstance(node, Not):
        return node.child != EVERYTHING and well_formed(node.child)
    if isinstance(node, And | Or):
        nested = any(isinstance(child, type(node)) for child in node.children)
        return node == EVERYTHING or (len(node.children) > 1 and not nested and all(map(well_formed, node.children)))
    if isinstance(node, Phrase | Near):
        return len(node.words) > 1 and all(node.words)
    return isinstance(node, Range) or bool(node.text)
