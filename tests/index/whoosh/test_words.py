"""The dictionary: stems, beginnings, misspellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.index.engine import DamagedIndex
from search.index.whoosh import words
from search.index.whoosh.words import Words

WORDS = Words(
    {"body": ["boat", "boating", "boats", "bolt", "trade"], "headline": ["boats", "trader"]},
    {"body": [5, 1, 3, 2, 9], "headline": [4, 1]},
    {"boat": "boat", "boats": "boat", "boating": "boat", "bolt": "bolt", "trade": "trade", "trader": "trader"},
)


def test_the_forms_of_a_term_are_the_words_that_share_it() -> None:
    assert set(WORDS.forms["boat"]) == {"boat", "boats", "boating"}


def test_words_that_begin_alike_are_counted_over_all_fields() -> None:
    assert WORDS.beginning(["body", "headline"], "boa") == {"boat": 5, "boating": 1, "boats": 7}
    assert WORDS.beginning(["body"], "x") == {}


def test_similar_words_are_within_the_edits_asked_for() -> None:
    assert WORDS.similar(["body"], "boat", 1) == {"boat": 5, "boats": 3, "bolt": 2}
    assert set(WORDS.similar(["headline"], "tradr", 1)) == {"trader"}


def test_the_nearest_word_has_the_fewest_edits_and_is_the_most_frequent() -> None:
    assert WORDS.nearest(["body", "headline"], "boets") == "boats"
    assert WORDS.nearest(["body"], "zzz") is None
    assert WORDS.nearest(["body"], "trade") is None


def test_words_come_back_as_they_were_written(tmp_path: Path) -> None:
    words.write(tmp_path / "article.words.json", WORDS)
    assert words.read(tmp_path / "article.words.json") == WORDS


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"fields": 1, "counts": {}, "stems": {}}'])
def test_damaged_words_are_refused_by_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "article.words.json").write_text(content)
    with pytest.raises(DamagedIndex, match=r"article\.words\.json"):
        words.read(tmp_path / "article.words.json")
