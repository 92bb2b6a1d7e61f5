"""Why a document matched: which parts of the query stand in which fields, in what words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from search.articles.model import Article, Quote
from search.index.documents import article_document, quote_document, searched_words
from search.index.explaining import MOST_WORDS, Reason, reasons
from search.index.suggesting import written
from search.query.nodes import Node, positive_leaves
from search.query.syntax import parse
from tests.examples import examples
from tests.index.making import ECONOMY, LABELS, TRADE, article
from tests.index.naive.matching import matches
from tests.index.test_agreement import articles, trees

SAIL = article(
    "sail",
    "She sailed at noon; sailing is dear. Two boats sailed.",
    "The economy of Kremlin-on-Sea is economic, says Café Ada.",
    headline="Sailing ends",
    said={"We sail no more": "Ada Brandt", "Never": "Bo Ray"},
    roles={"Ada Brandt": "harbour master"},
    places=("Northport",),
    agency="Norwire",
    topics=((ECONOMY, TRADE),),
    published="2021-05-02",
)


def told(q: str, quote: Quote | None = None) -> dict[str, dict[str, tuple[str, ...]]]:
    found = reasons(parse(q).node, SAIL, quote, LABELS.get)
    return {reason.asked: {one.field: one.words for one in reason.found} for reason in found}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("sail", {"sail": {"headline": ("Sailing",), "body": ("sailed", "sailing")}}),
        ("speaker:brandt", {"speaker:brandt": {"speaker": ("Brandt",)}}),
        ("econ*", {"econ*": {"body": ("economy", "economic")}}),
        ("kremln~1", {"kremln~1": {"body": ("Kremlin",)}}),
        ('"two boat"', {'"two boat"': {"body": ("Two boats",)}}),
        ('"boat noon"~5', {'"boat noon"~5': {"body": ("noon", "boats")}}),
        ("said:sailing", {"said:sailing": {"said": ("sail",)}}),
        ("topic:trade", {"topic:trade": {"topic": ("trade",)}}),
        (f"topic:{TRADE}", {f"topic:{TRADE}": {"topic": (LABELS[TRADE],)}}),
        ("place:northport cafe", {"place:northport": {"place": ("Northport",)}, "cafe": {"body": ("Café",)}}),
        ("date:2021-05", {"date:2021-05-01..2021-05-31": {"date": ("2021-05-02",)}}),
        ("date:2022 OR noon", {"date:2022-01-01..2022-12-31": {}, "noon": {"body": ("noon",)}}),
        ("noon -rain", {"noon": {"body": ("noon",)}}),
        ("noon noon", {"noon": {"body": ("noon",)}}),
        ("", {}),
    ],
)
def test_each_part_of_a_query_is_told_with_its_words_by_field(q: str, expected: object) -> None:
    assert told(q) == expected


def test_the_most_frequent_word_comes_first_with_the_number_of_all() -> None:
    (reason,) = reasons(parse("sail").node, SAIL, None, LABELS.get)
    assert [(one.field, one.count) for one in reason.found] == [("headline", 1), ("body", 3)]


def test_a_quote_is_told_by_what_it_is_searched_for() -> None:
    quote = SAIL.quotes[0]
    assert told("sailing role:master headline:sail", quote) == {
        "sailing": {"said": ("sail",)},
        "role:master": {"role": ("master",)},
        "headline:sail": {"headline": ("Sailing",)},
    }
    assert told("noon", quote) == {"noon": {}}


def test_of_very_many_words_the_most_frequent_are_told() -> None:
    many = article("many", " ".join(f"sail{n}" for n in range(200)) + " sail199 sail199")
    (reason,) = reasons(parse("sail*").node, many, None, LABELS.get)
    (found,) = reason.found
    assert (len(found.words), found.words[0], found.count) == (MOST_WORDS, "sail199", 202)


def words_of(reason: Reason) -> set[tuple[str, str]]:
    return {(one.field, word) for one in reason.found for word in one.words}


@settings(max_examples=examples(150), deadline=None)
@given(articles, trees)
def test_a_part_is_told_exactly_where_the_document_has_it(found: Article, node: Node) -> None:
    for quote in (None, *found.quotes):
        document = quote_document(found, quote) if quote else article_document(found)
        leaves = [leaf for leaf in dict.fromkeys(positive_leaves(node)) if written(leaf) != "date:.."]
        explained = {reason.asked: reason for reason in reasons(node, found, quote, LABELS.get)}
        for leaf in leaves:
            reason = explained[written(leaf)]
            assert bool(reason.found) == matches(leaf, document, "quote" if quote else "article", LABELS.get)
            for field, word in words_of(reason):
                assert any(word in searched_words(field, value, LABELS.get) for value in document[field])
