"""Messages as agencies transmit them: the article without its wrapping."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.formats.transmission import unwrapped
from search.articles.model import Article
from search.articles.reading import Reader

_IPTC = (
    "\x01wna062 4 i 211 ccccb   wna 061\r\n\r\nAldoria-ferries/\r\n"
    "\x02Orva cuts ferry sailings\r\nBy Ilva Morn =\r\n\r\n"
    "   Port Arella (WNA) - The ferry company will run four boats,\r\nits director said.\r\n\r\n\x03061200 GMT\r\n"
)
_ANPA = (
    "\x16\x16\x01z6715\x1f-----\nr z\x13\x11 BC-AL--Ferries 1stLd   06-04 0500\r\n"
    "\x02^BC-AL--Ferries, 1st Ld,41<\r\n^Orva cuts ferry sailings<\r\n^By ILVA MORN=\r\n"
    "\tPORT ARELLA, Aldoria (WNA) _ The ferry company will run four boats.\r\n\r\n\x03WN-06-04-18 1626GMT<\r\n"
)
_ALERT = "\x01z1\x1f-----\r\n\x02^BC-AL--Alert,9<\r\n\tPORT ARELLA (WNA) _ Orva cuts ferry sailings.\r\n\x03"
_READER = Reader()


def read(message: str, folder: Path) -> Article:
    path = folder / "a.txt"
    path.write_text(message, newline="")
    (article,) = _READER.read_file(path)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("message", [_IPTC, _IPTC.replace("\x01", "").replace("\x02", "").replace("\x03", ""), _ANPA])
def test_the_headline_of_a_message_is_its_own_and_no_line_for_machines(message: str, tmp_path: Path) -> None:
    article = read(message, tmp_path)
    assert article.headline == "Orva cuts ferry sailings"
    assert (article.byline or "").casefold() == "ilva morn"
    assert article.dateline is not None
    assert article.dateline.place == "Port Arella"


@pytest.mark.parametrize("message", [_IPTC, _ANPA])
def test_what_follows_the_text_of_a_message_is_no_paragraph(message: str, tmp_path: Path) -> None:
    (paragraph,) = read(message, tmp_path).paragraphs
    assert paragraph.text.startswith("The ferry company will run four boats")
    assert "GMT" not in paragraph.text


def test_a_slug_that_is_all_of_a_heading_stays(tmp_path: Path) -> None:
    assert read(_ALERT, tmp_path).headline.startswith("BC-AL--Alert")


@given(st.binary(max_size=400).filter(lambda message: b"\x02" not in message and b"/" not in message))
def test_anything_else_stays_as_it_is(message: bytes) -> None:
    assert unwrapped(b"Orva cuts ferries\n\n" + message) == b"Orva cuts ferries\n\n" + message
