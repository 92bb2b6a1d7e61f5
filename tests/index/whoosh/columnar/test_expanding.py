from __future__ import annotations

from pathlib import Path

import pytest

from search.index.whoosh.columnar import expanding
from search.index.whoosh.columnar.expansions import expansions
from search.index.whoosh.columnar.segment import Segment
from search.query.nodes import And, Fuzzy, Not, Prefix, Term
from tests.index.making import article
from tests.index.whoosh.columnar.making import segment


@pytest.fixture
def made(tmp_path: Path) -> list[Segment]:
    return [
        segment(tmp_path / "one", article("a", "boats boat sail", said={"grain": "Bo Ray"})),
        segment(tmp_path / "two", article("b", "boats bolts")),
    ]


def test_words_that_begin_so_are_counted_over_all_segments(made: list[Segment]) -> None:
    assert expanding.beginning(made, None, "boat") == {b"boats": 2, b"boat": 1}


def test_nothing_begins_with_nothing(made: list[Segment]) -> None:
    assert not expanding.beginning(made, None, "")


def test_words_within_the_edits_are_found(made: list[Segment]) -> None:
    assert expanding.similar(made, None, "boatz", 1, lambda: None) == {b"boats": 2, b"boat": 1}


def test_letters_of_several_bytes_count_as_one_edit_each(tmp_path: Path) -> None:
    made = [segment(tmp_path / "wide", article("a", "пароход пароходик parohod"))]
    assert expanding.similar(made, None, "парохад", 1, lambda: None) == {"пароход".encode(): 1}
    assert expanding.similar(made, None, "пароход", 2, lambda: None) == {
        "пароход".encode(): 1,
        "пароходик".encode(): 1,
    }
    assert expanding.similar(made, None, "parohot", 1, lambda: None) == {b"parohod": 1}


def test_only_the_words_of_the_field_are_found(made: list[Segment]) -> None:
    assert expanding.beginning(made, "said", "grain") == {b"grain": 1}
    assert not expanding.beginning(made, None, "grain")


def test_every_such_word_of_a_tree_is_expanded_once(made: list[Segment]) -> None:
    boats, bolts = Prefix(None, "boat"), Fuzzy(None, "bolt", 1)
    found, remarks = expansions(made, And((boats, Not(And((bolts, boats))), Term(None, "sail"))), lambda: None)
    assert {leaf: set(words.forms) for leaf, words in found.items()} == {
        boats: {b"boats", b"boat"},
        bolts: {b"bolts", b"boat"},
    }
    assert remarks == ()


def test_too_many_words_are_told_of_and_the_most_frequent_kept(
    made: list[Segment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "MOST_BEGINNING", 1)
    found, [remark] = expansions(made, Prefix(None, "boat"), lambda: None)
    assert [words.forms for words in found.values()] == [(b"boats",)]
    assert "“boat*” stands for the 1 most frequent" in remark.message
