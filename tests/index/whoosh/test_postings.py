"""Places: words after one another, and words near one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.postings import DOCUMENT_BITS, Places, following, joined, near

sentences = st.lists(st.lists(st.sampled_from("abc"), max_size=8), max_size=4)
some = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4)


def places(documents: Sequence[Sequence[str]], word: str) -> Places:
    found = [
        (n << DOCUMENT_BITS) + at for n, text in enumerate(documents) for at, other in enumerate(text) if other == word
    ]
    return np.array(found, np.int64)


def documents_of(found: Places) -> set[int]:
    return {int(place) >> DOCUMENT_BITS for place in found}


@given(sentences, some)
def test_words_follow_one_another_exactly_where_the_text_has_them(texts: list[list[str]], words: list[str]) -> None:
    expected = [
        (n << DOCUMENT_BITS) + at + len(words) - 1
        for n, text in enumerate(texts)
        for at in range(len(text))
        if text[at : at + len(words)] == words
    ]
    assert following([places(texts, word) for word in words]).tolist() == expected


@given(sentences, some, st.integers(0, 4))
def test_words_are_near_where_one_window_holds_them_all(
    texts: list[list[str]], words: list[str], distance: int
) -> None:
    expected = {
        n
        for n, text in enumerate(texts)
        if any(
            all(text[at : at + len(words) + distance].count(word) >= words.count(word) for word in words)
            for at in range(len(text))
        )
    }
    found = {word: places(texts, word) for word in words}
    assert documents_of(near([found[word] for word in words], distance)) == expected


def test_the_places_of_several_words_come_in_order() -> None:
    assert joined([np.array([3, 9]), np.array([1, 5])]).tolist() == [1, 3, 5, 9]
    assert joined([]).tolist() == []
