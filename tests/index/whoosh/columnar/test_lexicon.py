from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.index.whoosh.columnar.lexicon import Lexicon, lexicon_arrays, lexicon_of

words = st.lists(st.text(max_size=6).map(str.encode), unique=True).map(sorted)


def lexicon(listed: list[bytes]) -> Lexicon:
    return lexicon_of("words", lexicon_arrays("words", listed))


@given(words)
def test_strings_come_back_in_order(listed: list[bytes]) -> None:
    assert list(lexicon(listed)) == listed
    assert [lexicon(listed)[n] for n in range(len(listed))] == listed


@given(words, st.text(max_size=6).map(str.encode))
def test_a_string_is_found_exactly_where_it_is(listed: list[bytes], wanted: bytes) -> None:
    assert lexicon(listed).find(wanted) == (listed.index(wanted) if wanted in listed else None)


@given(words, st.text(min_size=1, max_size=2).map(str.encode))
def test_a_prefix_finds_all_strings_that_begin_so(listed: list[bytes], prefix: bytes) -> None:
    found = lexicon(listed).beginning_with(prefix)
    assert [listed[n] for n in found] == [word for word in listed if word.startswith(prefix)]
