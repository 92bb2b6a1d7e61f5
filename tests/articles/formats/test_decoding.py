"""Bytes into text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.formats.decoding import decoded_text, tidy

_TEXT = "Orva’s café — “open” since 1931"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_known(encoding: str) -> None:
    assert decoded_text(_TEXT.encode(encoding)) == _TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        bytes(range(256)),
        "Порт Орва закрыт".encode("koi8-r"),
        b"\xff\xfe\x00",
        b"\x01\x02\x03\x04" * 100,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert decoded_text(data) is None


def test_line_ends_are_made_one_kind() -> None:
    assert tidy("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_control_characters_and_half_characters_go() -> None:
    assert tidy("a\x02b\x07\u202ec\ud800d") == "abc\ufffdd"


@given(st.binary(max_size=400))
def test_any_bytes_give_clean_text_or_none(data: bytes) -> None:
    text = decoded_text(data)
    assert text is None or tidy(text) == text
    assert text is None or text.encode().decode() == text


@given(st.text(st.characters() | st.sampled_from("\n\t\r\x85\u2028\ud800\x1b\ufeff")))
def test_what_tidying_leaves_has_nothing_to_tidy(text: str) -> None:
    left = tidy(text)
    assert tidy(left) == left
    assert not set(left) & set("\r\x85\u2028\ud800\x1b\ufeff")
