from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

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


def similar(made: list[Segment], word: str, distance: int) -> dict[str, int]:
    return expanding.similar(made, None, word, distance, lambda: None).counts()


def words(expansion: expanding.Expansion) -> list[set[bytes]]:
    """What is meant in each segment."""
    return [{segment.forms[number] for number in numbers.tolist()} for segment, numbers in expansion.items()]


def test_words_that_begin_so_are_counted_over_all_segments(made: list[Segment]) -> None:
    assert expanding.beginning(made, None, "boat").counts() == {"boats": 2, "boat": 1}


def test_nothing_begins_with_nothing(made: list[Segment]) -> None:
    assert not expanding.beginning(made, None, "")


def test_words_within_the_edits_are_found(made: list[Segment]) -> None:
    assert similar(made, "boatz", 1) == {"boats": 2, "boat": 1}


def test_letters_of_several_bytes_count_as_one_edit_each(tmp_path: Path) -> None:
    made = [segment(tmp_path / "wide", article("a", "пароход пароходик parohod"))]
    assert similar(made, "парохад", 1) == {"пароход": 1}
    assert similar(made, "пароход", 2) == {"пароход": 1, "пароходик": 1}
    assert similar(made, "parohot", 1) == {"parohod": 1}


@given(st.lists(st.text("abcé1", min_size=1, max_size=7), min_size=1, max_size=30), st.text("abcé1", max_size=6))
def test_every_word_within_the_edits_is_found(written: list[str], word: str) -> None:
    with TemporaryDirectory() as folder:
        made = [segment(Path(folder) / "one", article("a", " ".join(written)))]
        held = set(expanding.similar(made, None, "", 7, lambda: None).counts())
        for distance in (1, 2):
            near = {other for other in held if Levenshtein.distance(word, other) <= distance}
            assert set(similar(made, word, distance)) == near


def test_only_the_words_of_the_field_are_found(made: list[Segment]) -> None:
    assert expanding.beginning(made, "said", "grain").counts() == {"grain": 1}
    assert not expanding.beginning(made, None, "grain")


def test_every_such_word_of_a_tree_is_expanded_once(made: list[Segment]) -> None:
    boats, bolts = Prefix(None, "boat"), Fuzzy(None, "bolt", 1)
    found, remarks = expansions(made, And((boats, Not(And((bolts, boats))), Term(None, "sail"))), lambda: None)
    assert {leaf: words(expansion) for leaf, expansion in found.items()} == {
        boats: [{b"boats", b"boat"}, {b"boats"}],
        bolts: [{b"boat"}, {b"bolts"}],
    }
    assert remarks == ()


def test_too_many_words_are_told_of_and_the_most_frequent_kept(
    made: list[Segment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "MOST_BEGINNING", 1)
    found, [remark] = expansions(made, Prefix(None, "boat"), lambda: None)
    assert [words(expansion) for expansion in found.values()] == [[{b"boats"}, {b"boats"}]]
    assert "“boat*” stands for the 1 most frequent" in remark.message


def test_of_equally_frequent_words_the_first_in_the_alphabet_are_kept(made: list[Segment]) -> None:
    found = expanding.beginning(made, None, "b")
    assert found.counts() == {"boats": 2, "boat": 1, "bolts": 1}
    assert words(found.most_frequent(2)) == [{b"boats", b"boat"}, {b"boats"}]
