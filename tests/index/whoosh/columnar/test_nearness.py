from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.index.whoosh.columnar import nearness
from search.index.whoosh.columnar.nearness import beginnings, windows
from search.index.whoosh.columnar.streams import TEXT
from tests.examples import examples
from tests.index.making import article
from tests.index.whoosh.columnar.making import segment

WORDS = ("boat", "oak", "sand", "stone")
texts = st.lists(st.sampled_from(WORDS), max_size=12)
needed = st.dictionaries(st.sampled_from(WORDS), st.integers(1, 2), min_size=1, max_size=3)


def by_hand(paragraphs: list[list[str]], wanted: dict[str, int], reach: int) -> list[tuple[int, int]]:
    """The paragraph and the place in it of each word from which a window has all that is wanted."""
    return [
        (number, place)
        for number, words in enumerate(paragraphs)
        for place, word in enumerate(words)
        if word in wanted and all(words[place : place + reach].count(other) >= count for other, count in wanted.items())
    ]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(texts, min_size=1, max_size=4), needed, st.integers(1, 14), st.sampled_from((0, 8)), st.booleans())
def test_windows_are_found_as_bitmaps_and_as_arrays(
    paragraphs: list[list[str]], wanted: dict[str, int], reach: int, rarer: int, sparse: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = segment(Path(folder) / "one", article("a", *map(" ".join, paragraphs)))
        stream = made.streams[TEXT]
        numbers = {word: made.terms.find(word.encode()) for word in wanted}
        lists = {word: None if number is None else stream.find(number) for word, number in numbers.items()}
        if None in lists.values():
            return
        counts = {lists[word]: count for word, count in wanted.items()}
        with mock.patch.multiple(nearness, _RARER=rarer, _SPARSE=0 if sparse else 48):
            found = beginnings(stream, "body", counts, reach, lambda: None).tolist()  # type: ignore[arg-type]
    ends = stream.gaps.tolist()[1:]  # the headline ends at the first
    firsts = [end - len(words) for end, words in zip(ends, paragraphs, strict=True)]
    assert found == [firsts[number] + place for number, place in by_hand(paragraphs, wanted, reach)]


@pytest.mark.parametrize(
    ("wanted", "starts", "ends"),
    [
        ([([1, 9], 1), ([4], 1)], [1, 4], [4, 9]),
        ([([1, 4, 9], 2)], [1, 4], [4, 9]),
        ([([1, 9], 2), ([4], 1)], [1], [9]),
        ([([5], 1), ([2], 1), ([3], 1)], [2], [5]),
    ],
)
def test_a_window_reaches_to_the_last_of_its_words(
    wanted: list[tuple[list[int], int]], starts: list[int], ends: list[int]
) -> None:
    found = windows([(np.array(places, np.uint32), count) for places, count in wanted], lambda: None)
    assert (found[0].tolist(), found[1].tolist()) == (starts, ends)
