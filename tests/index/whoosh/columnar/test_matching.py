from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.index.whoosh.columnar.expansions import expansions
from search.index.whoosh.columnar.matching import Matching
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.stream_reader import StreamReader
from search.index.whoosh.columnar.streams import TEXT
from search.query.nodes import And, Near, Node, Not, Or, Phrase, Range, Term
from tests.index.making import TRADE, article
from tests.index.whoosh.columnar.making import segment

BOATS = article("a", "The boats sail.", "Grain is dear.", headline="Harbour", published="2022-02-04")
GRAIN = article("b", "Grain sails in boats of oak.", headline="Grain", topics=((TRADE,),), places=("Oslo Bay",))
NOTHING = article("c", "Silence.", said={"A boat is late": "Bo Ray"}, published="2021-01-01")


@pytest.fixture
def made(tmp_path: Path) -> Segment:
    return segment(tmp_path / "one", BOATS, GRAIN, NOTHING)


def found(made: Segment, node: Node) -> list[int]:
    return list(Matching(made, {}, lambda: None).bits(node))


@pytest.mark.parametrize(
    ("node", "docs"),
    [
        (And(()), [0, 1, 2]),
        (Or(()), []),
        (Term(None, "boat"), [0, 1]),
        (Term("headline", "grain"), [1]),
        (Term("body", "grain"), [0, 1]),
        (Term("said", "boats"), [2]),
        (Term("speaker", "ray"), [2]),
        (Term("topic", "trade"), [1]),
        (Term("topic", TRADE), [1]),
        (Term("place", "oslo"), [1]),
        (Term(None, "missing"), []),
        (Phrase(None, ("boats", "sail")), [0]),
        (Phrase(None, ("sail", "grain")), []),
        (Near(None, ("boats", "grain"), 2), [1]),
        (Near(None, ("sail", "grain"), 9), [1]),
        (And((Term(None, "boat"), Not(Term("headline", "grain")))), [0]),
        (Or((Term(None, "silence"), Term("headline", "harbour"))), [0, 2]),
        (Not(Term(None, "boat")), [2]),
        (Range("date", "2021-06-01", None), [0]),
        (Range("date", None, "2021-06-01"), [2]),
    ],
)
def test_a_node_finds_its_documents(made: Segment, node: Node, docs: list[int]) -> None:
    assert found(made, node) == docs


def test_deleted_documents_are_not_all_there_is(made: Segment) -> None:
    made.deleted.add(1)
    assert found(made, And(())) == [0, 2]


def test_a_check_can_end_it(made: Segment) -> None:
    def too_late() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        Matching(made, {}, too_late).bits(Term(None, "boat"))


def test_a_check_can_end_it_before_each_word_that_a_character_stands_for(tmp_path: Path) -> None:
    years = segment(tmp_path / "a.seg", article("a", "2024年度 2023年末"), article("b", "2024年初 2024年度 2022年間"))
    node, checked = Phrase(None, ("2024", "年")), 0

    def check() -> None:
        nonlocal checked
        checked += 1

    meant, _ = expansions([years], node, check)
    assert checked >= 2  # for the character, and in the segment
    checked = 0
    assert list(Matching(years, meant, check).bits(node)) == [0, 1]
    assert checked >= 1 + 1 + 4  # for the leaf, for 2024, and for 年初, 年度, 年末 and 年間


def test_where_a_phrase_is_not_its_characters_are_not_looked_for(tmp_path: Path) -> None:
    years = segment(tmp_path / "a.seg", article("a", "boats 2024, sail 年度"))
    node = Phrase(None, ("sail", "boats", "年"))
    meant, _ = expansions([years], node, lambda: None)

    def read(*_: object) -> None:
        raise AssertionError("it was looked for")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StreamReader, "places_of_forms", read)
        assert not Matching(years, meant, lambda: None).bits(node)


def test_places_in_any_order_and_ascending_ones_lie_in_the_same_documents(tmp_path: Path) -> None:
    found = segment(tmp_path / "a.seg", article("a", "boats sail home"), article("b", "boats wait"))
    stream = found.streams[TEXT]
    ends = [int(end) for end in stream.doc_starts]
    places = np.arange(ends[0], ends[-1], dtype=np.uint32)
    docs = np.repeat([0, 1], np.diff(ends))
    assert stream.docs_of_ascending(places).tolist() == docs.tolist()
    assert stream.docs_of(places[::-1]).tolist() == docs[::-1].tolist()
    assert stream.docs_of_ascending(places[-1:]).tolist() == [1]
