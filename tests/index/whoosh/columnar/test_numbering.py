from __future__ import annotations

from itertools import islice

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import tokens
from search.index.whoosh.columnar.numbering import Numbers

words = st.sampled_from(
    ["boat", "Boats", "U.S.", "U.S.'s", "3.5", "250,000", "250", "Sana'a", "Ada’s", "café", "船は海", "a", "1", "\xad"]
)
letters = st.sampled_from("aSiKİıßŉﬁ²½٣３ＡйЙиёΣς한ᄀがﾞ😀𝐀\u0301\u0327\u0338\u0306\u0345\u093c\u3099\u200d")
marks = st.sampled_from([*" .,'-_()\"\n\t\0‘’“”–—…«»＇ʼ。，⁄‿\u00a0\u2009\u202f\u2028", "  ", ""])
pieced = st.lists(st.one_of(words, letters, marks)).map("".join)
spaced = st.lists(st.tuples(words, marks)).map(lambda found: "".join(map("".join, found)))
texts = st.one_of(pieced, spaced, st.text())


def found(numbers: Numbers, *texts: str) -> list[list[tuple[str, str]]]:
    """The forms of texts, with their terms."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([len(text) + 1 for text in encoded], dtype=np.int64) - 1
    forms, sizes = numbers.of(b"".join(text + b"\n" for text in encoded), ends)
    folded, terms = list(numbers.forms), list(numbers.terms)
    listed = iter([(folded[number], terms[numbers.term_of_form[number]]) for number in forms.tolist()])
    return [list(islice(listed, size)) for size in sizes.tolist()]


@given(st.lists(texts, max_size=4))
@example(["", "boat", ""])
@example(["1 000 000"])
@example(["x" * 100 + " " + "y" * 100, "x" * 100])
def test_a_text_has_the_forms_and_terms_that_analysis_finds(texts: list[str]) -> None:
    numbers = Numbers()
    expected = [[(token.folded, token.term) for token in tokens(text)] for text in texts]
    for _ in range(2):  # what was remembered is as what was found
        assert found(numbers, *texts) == expected


def test_more_pieces_than_a_table_holds_are_told_apart() -> None:
    numbers, many = Numbers(), [f"w{number}" for number in range(100_000)]
    assert found(numbers, " ".join(many)) == found(numbers, " ".join(many))
    assert sorted(numbers.forms) == sorted(many)


def test_texts_of_any_size_follow_one_another() -> None:
    texts = ["boats " * size for size in (1, 10_000, 0, 100_000, 3, 50_000, 50_000)]
    assert list(map(len, found(Numbers(), *texts))) == [1, 10_000, 0, 100_000, 3, 50_000, 50_000]


def test_what_long_pieces_are_indexed_as_is_forgotten_without_harm_to_others() -> None:
    numbers, long = Numbers(), "船" * 30
    expected = [(token.folded, token.term) for token in tokens(f"{long} 船海空")]
    for text in (f"{long} 船海空", f"船海空 {long}", "船海空"):
        found(numbers, text)
    assert found(numbers, f"{long} 船海空") == [expected]


def test_a_word_has_one_number_whatever_its_case() -> None:
    assert Numbers().of(b"Boats boats BOATS\n", np.array([17]))[0].tolist() == [0, 0, 0]


def test_forms_of_one_stem_share_its_term() -> None:
    [(boats, boat, grain)] = found(Numbers(), "boats boat grain")
    assert boats[1] == boat[1] != grain[1]
