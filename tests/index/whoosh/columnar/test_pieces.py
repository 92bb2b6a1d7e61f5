from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from search.index.whoosh.columnar.pieces import pieces_of


def pieces(*texts: str) -> list[list[str]]:
    """The pieces of each text."""
    encoded = [text.encode() for text in texts]
    found = pieces_of(b"".join(text + b"\n" for text in encoded), np.cumsum([len(text) + 1 for text in encoded]) - 1)
    every = [piece.decode() for piece in found.texts(np.arange(len(found.starts)))]
    return [every[start:end] for start, end in pairwise(found.bounds.tolist())]


def test_what_stands_around_words_is_cut_off() -> None:
    assert pieces("\"Well-known,\" she said: 'It\tis (not) so.'") == [
        ["well", "known", "she", "said", "it", "is", "not", "so"]
    ]


@pytest.mark.parametrize(
    "piece", ["u.s", "u.s.'s", "3.5", "250,000", "sana'a", "snake_case", "1\u00a0000", "1\u2009000"]
)
def test_what_joins_the_parts_of_a_word_is_kept(piece: str) -> None:
    assert pieces(f"({piece}), {piece}.") == [[piece, piece]]


@pytest.mark.parametrize("around", ["‘{}’", "“{}”", "«{}»", "—{}…", "、{}。"])
def test_marks_beyond_ascii_are_cut_off_as_well(around: str) -> None:
    assert pieces(around.format("été")) == [["été"]]


def test_a_curly_apostrophe_is_made_straight_and_moves_no_text() -> None:
    assert pieces("Ada’s", "l’été’s", "boats", "’") == [["ada's"], ["l'été's"], ["boats"], []]


def test_a_text_may_be_empty_or_have_line_breaks() -> None:
    assert pieces("", "a\nb", "", "c\n", "") == [[], ["a", "b"], [], ["c"], []]
