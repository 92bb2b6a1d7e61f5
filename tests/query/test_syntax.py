"""From the text in the search box to a query tree."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.fields import QUERY_FIELDS
from search.query.nodes import EVERYTHING, And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.syntax import DEEPEST, LONGEST_QUERY, MOST_TERMS, TooLarge, parse

A, B, C, D = (Term(None, word) for word in "abcd")


def tree(q: str) -> Node:
    """The tree of a query that needs no remark."""
    parsed = parse(q)
    assert parsed.diagnostics == ()
    return parsed.node


def remarked(q: str) -> list[str]:
    """The parts of the query that are remarked on."""
    return [q[remark.start : remark.end] for remark in parse(q).diagnostics]


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
        ("中", Prefix(None, "中")),
        ("「東京」 AND 大阪", And((Term(None, "東京"), Term(None, "大阪")))),
        ("（東京 OR 大阪）", Or((Term(None, "東京"), Term(None, "大阪")))),
    ],
)
def test_scripts_without_spaces_work(q: str, expected: Node) -> None:
    assert tree(q) == expected


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


WORDS = st.text("abcdefgh", min_size=1, max_size=6)
FIELDS = st.sampled_from([None, "headline", "said", "speaker"])
SEVERAL = st.lists(WORDS, min_size=2, max_size=3).map(tuple)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, FIELDS, WORDS),
    st.builds(Phrase, FIELDS, SEVERAL),
    st.builds(Near, FIELDS, SEVERAL, st.integers(0, 100)),
    st.builds(Prefix, FIELDS, WORDS),
    st.builds(Fuzzy, FIELDS, WORDS, st.integers(1, 2)),
)
TREES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: And(tuple(children))),
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: Or(tuple(children))),
        nodes.map(Not),
    ),
    max_leaves=12,
).filter(lambda node: normal(node))


def normal(node: Node) -> bool:
    """Whether a tree is as the parser makes it: nothing nested in its like."""
    if isinstance(node, Not):
        return not isinstance(node.child, Not) and normal(node.child)
    if isinstance(node, And | Or):
        return all(not isinstance(child, type(node)) and normal(child) for child in node.children)
    return True


def printed(node: Node) -> str:
    """The tree as a query."""
    if isinstance(node, Not):
        return f"NOT {printed(node.child)}"
    if isinstance(node, And | Or):
        operator = " AND " if isinstance(node, And) else " OR "
        return f"({operator.join(map(printed, node.children))})"
    if isinstance(node, Range):
        return f"{node.field}:{node.start or ''}..{node.end or ''}"
    field = f"{node.field}:" if node.field else ""
    if isinstance(node, Phrase | Near):
        return f'{field}"{" ".join(node.words)}"' + (f"~{node.distance}" if isinstance(node, Near) else "")
    ending = "*" if isinstance(node, Prefix) else f"~{node.distance}" if isinstance(node, Fuzzy) else ""
    return f"{field}{node.text}{ending}"


@given(TREES)
def test_a_tree_written_as_a_query_is_that_tree_again(node: Node) -> None:
    for match in ("all", "any"):
        parsed = parse(printed(node), "any" if match == "any" else "all")
        assert (parsed.node, parsed.diagnostics) == (node, ())
