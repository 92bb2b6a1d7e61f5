"""Words as numbers, and as keys that sort by term and tell where each word stands."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar import word_keys
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.word_keys import WordKeys, forms_of, words_of

#: Term and rank of each form.
FORMS = ((0, 0), (0, 1), (1, 0), (2, 0), (2, 1), (2, 2))

#: Documents of values: the field of each, and its forms.
Documents = list[list[tuple[int, list[int]]]]
documents = st.lists(
    st.lists(st.tuples(st.integers(0, 2), st.lists(st.sampled_from(range(len(FORMS))), max_size=4)), max_size=3),
    min_size=1,
    max_size=6,
)


def test_a_word_is_its_form_above_its_value() -> None:
    words = words_of(np.array([7, 8, 9], np.uint32), np.array([1, 0, 2]), first=3)
    assert words.tolist() == [7 << 32 | 3, 8 << 32 | 5, 9 << 32 | 5]
    assert forms_of(words).tolist() == [7, 8, 9]


@given(documents, st.sampled_from([16, 63]), st.integers(0, 2))
def test_sorted_keys_are_the_words_by_term_and_place(found: Documents, least: int, first: int) -> None:
    """Positions are written where as good as all bits are to be left for terms, documents and places else."""
    with patch.object(word_keys, "_LEAST_FOR_TERMS", least):
        assert _read(found, first) == sorted(_plainly(found, first))


def test_many_long_documents_leave_room_for_the_terms_there_are() -> None:
    starts = np.array([0, 1 << 27, *range((1 << 27) + 1, (1 << 27) + 70_000)], np.int64)
    keys = WordKeys(np.arange(len(starts) - 1), np.zeros(len(starts) - 1, np.int64), starts, np.array([1 << 10]))
    assert keys.most_terms >= 1 << word_keys._LEAST_FOR_TERMS


@pytest.mark.parametrize("make", [np.int64, np.uint32])
def test_a_stream_may_have_no_words(make: Callable[[list[int]], Array]) -> None:
    keys = WordKeys(make([]), make([]), np.zeros(1, np.int64), make([]))
    assert [part.tolist() for part in keys.read(np.empty(0, np.uint64))] == [[], [], [], []]


def _read(found: Documents, first: int) -> list[tuple[int, int, int, int, int]]:
    """Term, document, position, field and rank of each word, from keys that were sorted."""
    values = [(number, field, forms) for number, document in enumerate(found) for field, forms in document]
    sizes = np.array([len(forms) for _, _, forms in values], np.int64)
    value_ends = np.concatenate([[0], np.cumsum(sizes + 1)])
    doc_starts = value_ends[np.concatenate([[0], np.cumsum([len(document) for document in found])])]
    terms, ranks = np.array(FORMS, np.uint32).T
    docs, fields = (np.array([value[at] for value in values], np.int64) for at in (0, 1))
    keys = WordKeys(docs, fields, doc_starts, ranks)
    forms = np.array([form for _, _, listed in values for form in listed], np.uint32)
    wanted = np.flatnonzero(terms[forms] >= first)
    made = np.empty(len(wanted), np.uint64)
    keys.write(words_of(forms, sizes)[wanted], wanted, keys.of_forms(terms, first), made)
    made.sort()
    of_term = np.sort(terms[forms[wanted]]).tolist()
    return list(zip(of_term, *(part.tolist() for part in keys.read(made)), strict=True))


def _plainly(found: Documents, first: int) -> list[tuple[int, int, int, int, int]]:
    words, position = [], 0
    for number, document in enumerate(found):
        for field, forms in document:
            for form in forms:
                term, rank = FORMS[form]
                words += [(term, number, position, field, rank)] if term >= first else []
                position += 1
            position += 1
    return words
