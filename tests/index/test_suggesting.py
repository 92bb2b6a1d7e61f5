"""A query with its unknown words replaced, written out in the query language."""

from __future__ import annotations

import pytest

from search.index.suggesting import finding, suggestion, written
from search.query.nodes import And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.syntax import parse

TREES: list[tuple[Node, str]] = [
    (Term(None, "boat"), "boat"),
    (Term("speaker", "brandt"), "speaker:brandt"),
    (Phrase("headline", ("ferry", "service")), 'headline:"ferry service"'),
    (Near(None, ("ferry", "service"), 4), '"ferry service"~4'),
    (Prefix(None, "fer"), "fer*"),
    (Fuzzy(None, "fery", 1), "fery~1"),
    (Range("date", "2021-01-01", None), "date:2021-01-01.."),
    (And((Term(None, "a"), Not(Term(None, "b")))), "a -b"),
    (Or((Term(None, "a"), And((Term(None, "b"), Term(None, "c"))))), "a OR (b c)"),
]


@pytest.mark.parametrize(("tree", "text"), TREES)
def test_a_tree_is_written_in_the_query_language(tree: Node, text: str) -> None:
    assert written(tree) == text


@pytest.mark.parametrize("tree", [tree for tree, _ in TREES])
def test_what_is_written_reads_as_the_same_tree(tree: Node) -> None:
    assert parse(written(tree)).node == tree


def nearest(fields: tuple[str, ...], word: str) -> str | None:
    return {"harbor": "harbour", "brand": "brandt"}.get(word)


def test_unknown_words_are_replaced_wherever_they_stand() -> None:
    tree = And((Term(None, "harbor"), Or((Phrase("said", ("the", "harbor")), Term("speaker", "brand")))))
    assert suggestion(tree, "article", nearest) == 'harbour (said:"the harbour" OR speaker:brandt)'


def test_a_character_that_may_be_part_of_a_longer_word_is_left_as_it_is() -> None:
    assert suggestion(parse("2024年").node, "article", lambda _, word: {"年": "年度"}.get(word)) is None


def test_what_is_excluded_is_left_as_it_is() -> None:
    assert suggestion(And((Term(None, "boat"), Not(Term(None, "harbor")))), "article", nearest) is None


def test_without_a_better_word_there_is_no_suggestion() -> None:
    assert suggestion(Term(None, "boat"), "article", nearest) is None


def test_words_are_looked_for_in_the_fields_that_the_query_means() -> None:
    asked: list[tuple[str, ...]] = []
    suggestion(And((Term(None, "a"), Term("place", "b"))), "quote", lambda fields, word: asked.append(fields))
    assert asked == [("said",), ("place",)]


def test_only_the_first_words_of_a_long_query_are_looked_up() -> None:
    asked: list[str] = []
    suggestion(And(tuple(Term(None, f"w{n}") for n in range(100))), "article", lambda _, word: asked.append(word))
    assert len(asked) == 8


@pytest.mark.parametrize(
    ("asked", "held", "found"),
    [
        ("harbour grain", {"harbour", "grain", "harbour grain"}, "harbour grain"),
        ("zzyqx harbour", {"harbour"}, "harbour"),
        ("zzyqx harbour grain", {"harbour", "grain", "harbour grain"}, "harbour grain"),
        ("zzyqx harbour -storm", {"harbour", "harbour -storm"}, "harbour -storm"),
        ("island grain", {"island", "grain"}, None),
        ("zzyqx harbour grain", {"harbour", "grain"}, None),
        ("zzyqx -storm date:2020", {"date:2020-01-01..2020-12-31", "-storm"}, None),
        ("zzyqx", set(), None),
    ],
)
def test_words_that_nothing_has_are_left_out_where_the_others_find_something(
    asked: str, held: set[str], found: str | None
) -> None:
    meant = finding(parse(asked).node, lambda node: written(node) in held)
    assert (meant and written(meant)) == found
