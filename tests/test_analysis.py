"""Text to terms."""

from __future__ import annotations

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.analysis import fold, forms, inside_words, plain_terms, surfaces, terms, tokens

LETTERS = st.text(st.sampled_from("aéÈñłßøçüïŻžαάϊбйёїЙЁ한국어がパ'’ \u00ad-"), max_size=40)


PIECES = st.one_of(
    st.sampled_from(
        "aSxiK190.,'’＇ʼ‘“—-_ \n\u00a0\u2009\u202f\u00ad\u200d\u0301\u0327\u0338\u3099éİıßŉﬁ²٣ＡйΣ船が한😀"
    ),
    st.sampled_from(["U.S.", "U.S.'s", "’S", "3.5", "1,000", "1\u2009000", "Sana'a"]),
)
PIECED = st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text())


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministers were TALKING", ["the", "minist", "were", "talk"]),
        ("Переговоры продолжаются", ["переговор", "продолжа"]),
        ("F16 5G 2nd 1990s", ["f16", "5g", "2nd", "1990s"]),
    ],
)
def test_words_are_stemmed_in_their_own_script(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ZÜRICH Łódź Ørsted Straße Cañón cœur", ["zurich", "lodz", "orsted", "strasse", "canon", "coeur"]),
        ("Королёв Район Київ Её", ["королев", "район", "київ", "ее"]),
        ("Αθήνα", ["αθηνα"]),
        ("ﬁnance Ｔｏｋｙｏ", ["finance", "tokyo"]),
        ("inter\u00adnational e\u0301lan", ["international", "elan"]),
        ("مُحَمَّد ١٩٩٠", ["محمد", "1990"]),
        ("हिन्दी", ["हिन्दी"]),
    ],
)
def test_case_accents_and_compatibility_forms_are_folded(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize("text", ["U.S.", "U.S", "US", "U.S.'s", "u.s.’s"])
def test_an_abbreviation_with_full_stops_is_one_word(text: str) -> None:
    assert folded(text) == ["us"]


def test_initials_do_not_swallow_the_name_after_them() -> None:
    assert folded("J.K.Marlow and J.K. Marlow") == ["jk", "marlow", "and", "jk", "marlow"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250,000 or 250000", ["250000", "or", "250000"]),
        ("1,234,567.89", ["1234567.89"]),
        ("250\u00a0000", ["250000"]),
        ("in 2022\u00a0300 people", ["in", "2022", "300", "people"]),
        ("1,2345 a,250", ["1", "2345", "a", "250"]),
        ("3.5bn, version 1.2.3.", ["3.5", "bn", "version", "1.2.3"]),
        ("04.02.2022", ["04.02.2022"]),
    ],
)
def test_digits_with_separators_are_one_number(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marlow's Marlow’s Marlowʼs", ["marlow"] * 3),
        ("the ministers' NATO's", ["the", "ministers", "nato"]),
        ("O'Brien o’brien OBrien", ["obrien"] * 3),
        ("don't Sana'a", ["dont", "sanaa"]),
    ],
)
def test_apostrophes_join_and_the_possessive_is_dropped(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_parts_of_a_hyphenated_word_stand_next_to_each_other() -> None:
    assert [(t.folded, t.position) for t in tokens("U.S.-led well-known_name")] == [
        ("us", 0),
        ("led", 1),
        ("well", 2),
        ("known", 3),
        ("name", 4),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国人民。日", ["中国", "国人", "人民", "日"]),
        ("東京2020年", ["東京", "2020", "年"]),
        ("한국어", ["한국", "국어"]),
        ("ｶﾞｽ", ["ガス"]),
        (unicodedata.normalize("NFD", "한국어"), ["한국", "국어"]),
    ],
)
def test_scripts_without_spaces_become_pairs_of_characters(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_punctuation_alone_is_no_word() -> None:
    assert terms("— ' … & __ \u0301 ʼ 🙂") == []


@pytest.mark.parametrize(
    "text", ["a.", "a.ab", "1,", ",111", "1,1111", "1.", "a'", "a\u0301", "\u0301", "_", "..", "中", "ᄀ"]
)
def test_a_long_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert len(terms(text * 100_000)) <= 200_000


def test_a_term_is_made_once_because_stemming_twice_goes_on_cutting() -> None:
    (once,) = terms("organisation")
    assert terms(once) != [once]


def test_a_very_long_word_is_compared_by_its_beginning_and_keeps_its_offsets() -> None:
    (token,) = tokens("x" * 100_000)
    assert (len(token.term), token.start, token.end) == (64, 0, 100_000)


def test_the_memory_of_words_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_REMEMBERED", 10)
    remembered = analysis._Remembered(fold)
    assert [remembered[f"word{n}"] for n in range(100)] == [f"word{n}" for n in range(100)]
    assert len(remembered) <= 10


def test_threads_stem_at_the_same_time_without_harm() -> None:
    words = ["".join(letters) + "ations" for letters in product("bdfgk", "aeiou", "lmnrt", "aeiou")]
    expected = [analysis._stem(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: [analysis._stem(word) for word in words], range(16)))
    finally:
        sys.setswitchinterval(before)
    assert found == [expected] * 16


@given(st.text())
def test_any_text_gives_tokens_in_order_inside_it(text: str) -> None:
    found = list(tokens(text))
    assert [token.position for token in found] == list(range(len(found)))
    assert all(0 <= token.start < token.end <= len(text) and token.term and token.folded for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(st.text())
def test_terms_surfaces_and_tokens_agree(text: str) -> None:
    found = [token.term for token in tokens(text)]
    assert terms(text) == found
    assert [form.term for surface in surfaces(text) for form in forms(surface)] == found


@given(st.text())
def test_folding_a_folded_word_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_composed_and_decomposed_spellings_are_the_same_words(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(LETTERS)
def test_case_does_not_matter(text: str) -> None:
    assert folded(text.upper()) == folded(text.lower())


@given(st.text(st.sampled_from("ab1.,'’ -_é中"), max_size=30), st.text(st.sampled_from("ab1.,'’-_é中"), max_size=30))
def test_a_text_is_analysed_piece_by_piece(left: str, right: str) -> None:
    assert terms(f"{left} {right}") == terms(left) + terms(right)


def test_plain_words_have_the_terms_that_analysis_gives_them() -> None:
    words = ["boats", "running", "2nd", "2boats", "1990s", "a", "x" * 64]
    assert plain_terms(words) == [form.term for word in words for form in forms(word)]


@given(PIECED)
def test_neither_ascii_case_nor_the_kind_of_apostrophe_matters(text: str) -> None:
    plain = text.encode().lower().decode().replace("’", "'")
    assert [token[:2] for token in tokens(plain)] == [token[:2] for token in tokens(text)]


@given(PIECED)
def test_a_text_can_be_cut_at_characters_that_are_part_of_no_word(text: str) -> None:
    inside = set(inside_words(text))
    cut = "".join(character if place in inside else " " for place, character in enumerate(text))
    assert surfaces(cut) == surfaces(text) == [found for piece in cut.split(" ") for found in surfaces(piece)]
