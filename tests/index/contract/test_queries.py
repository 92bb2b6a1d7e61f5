"""Which articles and quotes a query finds."""

from __future__ import annotations

import pytest

from search.index.engine import Engine, NoIndex
from search.query.nodes import And, Character, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.results import Question
from search.query.syntax import parse
from tests.index.contract.archive import ARCHIVE, ids, matching
from tests.index.making import ECONOMY, TRADE, article, fill


def test_without_an_index_there_is_nothing_to_search(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.search(Question())


def test_an_archive_of_nothing_answers(empty: Engine) -> None:
    with empty.build() as writer:
        writer.commit()
    results = empty.search(Question())
    assert (results.total, results.hits, results.histogram) == (0, (), ())
    assert empty.search(Question(documents="quote", node=Term(None, "x"))).total == 0


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (And(()), {"ferry", "tariff", "weather", "strike"}),
        (Or(()), set()),
        (Term(None, "ferries"), {"ferry", "tariff"}),
        (Term(None, "FERRY"), {"ferry", "tariff"}),
        (Term(None, "cafe"), {"tariff"}),
        (Term(None, "U.S.-built"), {"ferry"}),
        (Term(None, "built-engines"), {"ferry"}),
        (Term(None, "engines-built"), set()),
        (Term(None, "…"), set()),
        (Term("headline", "ferry"), {"ferry"}),
        (Term("lead", "boats"), {"ferry"}),
        (Term("body", "boat"), {"tariff", "strike"}),
        (Term("said", "safe"), {"ferry", "tariff"}),
        (Term("said", "rain"), set()),
        (Term("speaker", "brandt"), {"ferry", "tariff"}),
        (Phrase("speaker", ("bo", "ray")), {"tariff"}),
        (Phrase("speaker", ("ray", "ada")), set()),
        (Term("role", "envoy"), {"tariff"}),
        (Term("place", "northport"), {"ferry", "tariff"}),
        (Term("agency", "midpress"), {"strike"}),
        (Term("topic", "business"), {"tariff"}),
        (Term("topic", TRADE), {"tariff"}),
        (Term("topic", ECONOMY), {"tariff"}),
        (Term("sector", "transport"), {"ferry"}),
        (Term("topic", "transport"), set()),
        (Phrase(None, ("run", "again")), {"ferry"}),
        (Phrase(None, ("again", "the")), set()),
        (Phrase(None, ("boat", "builder")), {"tariff"}),
        (Near(None, ("relieved", "owners"), 1), {"tariff"}),
        (Near(None, ("relieved", "owners"), 0), set()),
        (Near(None, ("rain", "rain"), 1), set()),
        (Near(None, ("rain", "rain"), 2), {"weather"}),
        (Prefix(None, "tari"), {"tariff"}),
        (Prefix(None, "Ferri"), {"ferry", "tariff"}),
        (Prefix("speaker", "br"), {"ferry", "tariff"}),
        (Prefix("body", "resum"), set()),
        (Fuzzy(None, "tarif", 1), {"tariff"}),
        (Fuzzy(None, "wether", 1), {"weather"}),
        (Fuzzy(None, "wehter", 1), set()),
        (Range("date", "2022-01-01", None), {"tariff", "strike"}),
        (Range("date", None, "2022-02-04"), {"ferry", "tariff"}),
        (Range("date", "2022-02-04", "2022-02-04"), {"tariff"}),
        (Not(Term(None, "boats")), {"weather"}),
        (Not(Range("date", "2000-01-01", None)), {"weather"}),
        (And((Term(None, "boats"), Not(Term(None, "ferry")))), {"strike"}),
        (Or((Term(None, "rain"), Term(None, "dockers"))), {"weather", "strike"}),
        (Not(Not(Term(None, "rain"))), {"weather"}),
    ],
)
def test_a_query_finds_exactly_what_it_asks_for(engine: Engine, node: Node, expected: set[str]) -> None:
    assert matching(engine, node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (And(()), {"ferry-q0", "ferry-q1", "tariff-q0", "tariff-q1"}),
        (Term(None, "safe"), {"ferry-q0", "tariff-q0"}),
        (Term(None, "dockers"), set()),
        (Term("body", "ferries"), set()),
        (Term("headline", "tariff"), {"tariff-q0", "tariff-q1"}),
        (Term("speaker", "brandt"), {"ferry-q0", "tariff-q1"}),
        (Term("role", "minister"), {"ferry-q0"}),
        (Term("topic", TRADE), {"tariff-q0", "tariff-q1"}),
        (Phrase(None, ("safe", "we")), set()),
    ],
)
def test_a_quote_is_found_by_its_own_words(engine: Engine, node: Node, expected: set[str]) -> None:
    results = engine.search(Question(documents="quote", node=node, limit=100))
    assert ids(results) == expected
    assert results.total == len(expected)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Character(None, "港"), {"begins", "alone", "inside", "ends", "twice"}),
        (Character(None, "京"), {"inside", "ends"}),
        (Character("headline", "港"), {"ends"}),
        (Character("headline", "東"), set()),
        (Character("said", "港"), {"begins"}),
        (Character(None, "ガ"), {"begins"}),
        (Character(None, "山"), set()),
    ],
)
def test_a_character_is_found_anywhere_in_a_text_without_spaces(empty: Engine, node: Node, expected: set[str]) -> None:
    archive = [
        article("begins", "港が閉まった。ﾊﾞｶﾞﾝ", said={"港は": "Ada Brandt"}),
        article("alone", "The 港 is closed."),
        article("inside", "東京港湾局"),
        article("ends", "東京", headline="新港"),
        article("twice", "港港"),
        article("without", "船は待つ。"),
    ]
    fill(empty, archive)
    assert matching(empty, node) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("2024年", {"alone", "begins", "spaced"}),
        ("2024年度", {"begins"}),
        ("第3", {"ends", "headline"}),
        ("headline:第3", {"headline"}),
        ("-第3", {"alone", "begins", "spaced", "apart"}),
    ],
)
def test_a_character_that_ends_a_phrase_may_be_part_of_a_longer_word(empty: Engine, q: str, expected: set[str]) -> None:
    archive = [
        article("alone", "2024年"),
        article("begins", "2024年度の予算"),
        article("spaced", "2024 年末"),
        article("apart", "2024から年度"),
        article("ends", "今年の第3回"),
        article("headline", "港", headline="第3回"),
    ]
    fill(empty, archive)
    assert matching(empty, parse(q).node) == expected


def test_a_quote_comes_with_the_article_it_stands_in(engine: Engine) -> None:
    (hit,) = engine.search(Question(documents="quote", node=Term(None, "waited"))).hits
    assert hit.article == ARCHIVE[0]
    assert hit.quote == ARCHIVE[0].quotes[1]


def test_an_article_comes_back_as_it_was_put(engine: Engine) -> None:
    assert engine.article("tariff") == ARCHIVE[1]
    assert engine.article("nothing") is None


@pytest.mark.parametrize("strange", ["", "\x00", "weather\x00", "\ud800", "é" * 100])
def test_no_id_of_a_stranger_is_an_article_or_an_error(engine: Engine, strange: str) -> None:
    assert engine.article(strange) is None
