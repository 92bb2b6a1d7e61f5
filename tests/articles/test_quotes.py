"""What people say in an article: marks, attribution and offsets, over invented articles kept in quotes.toml."""

from __future__ import annotations

import os
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.articles.model import Paragraph, Quote
from search.articles.quotes import find_quotes
from tests.examples import examples

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("quotes.toml").read_text(encoding="utf-8"))["case"]
REAL_DATA = os.environ.get("REAL_DATA")
LONG = 253_000  # characters: with work that grows by their square, no test would end

VOCABULARY = """Marta Venn Sorn Dr. Mr. the minister spokesman Ministry said told added according to that who he she
    they Friday “ ” " '' ‘ ’ ' « » ( ) [ ] , . : ; — - ? ! … and but in of a calling "yes" é 漢字 44 U.S. ¶ \ue000"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\x1e"])
TEXTS = st.lists(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80), max_size=6)


def numbered(texts: list[str]) -> list[Paragraph]:
    return [Paragraph(n, text.removeprefix("# "), text.startswith("# ")) for n, text in enumerate(texts, 1)]


def paragraphs_of(text: str) -> list[Paragraph]:
    return numbered([part for part in text.strip("\n").split("\n\n") if part])


def shown(quote: Quote) -> str:
    return " | ".join((quote.speaker or "-", quote.role or "-", quote.kind, quote.attribution, quote.text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_is_said_and_by_whom(case: dict[str, Any]) -> None:
    found = find_quotes("a", paragraphs_of(case["text"]), headline=case.get("headline", ""))
    assert [shown(quote) for quote in found] == case["quotes"]


def test_the_cue_is_the_word_that_reports() -> None:
    found = find_quotes("a", paragraphs_of('"We are late," groused Ilya Sorn.\n\nThe yard is shut, according to Sorn.'))
    assert [quote.cue for quote in found] == ["groused", "according to"]


def test_a_role_in_the_lead_is_known_in_the_body() -> None:
    (quote,) = find_quotes(
        "a", numbered(["The harbour will reopen, Venn said."]), lead="Port director Marta Venn spoke."
    )
    assert (quote.speaker, quote.role) == ("Marta Venn", "Port director")


def test_headline_and_lead_are_not_quoted_from() -> None:
    assert find_quotes("a", [], headline='"We are late," Venn said', lead='"We are late," Marta Venn said.') == ()


def test_equal_quotes_have_ids_of_their_own() -> None:
    found = find_quotes("a", paragraphs_of('"We are late," Ilya Sorn said. "We are late," Anna Sorn said.'))
    assert len({quote.id for quote in found}) == 2


def test_ids_outlive_a_correction_elsewhere() -> None:
    before = find_quotes("a", paragraphs_of('It rained.\n\n"We are late," Ilya Sorn said.'))
    after = find_quotes("a", paragraphs_of('It snowed all day.\n\nSo it did.\n\n"We are late," Ilya Sorn said.'))
    assert [quote.id for quote in before] == [quote.id for quote in after]


@given(TEXTS)
def test_offsets_point_at_the_text(texts: list[str]) -> None:
    paragraphs = {paragraph.n: paragraph for paragraph in numbered(texts)}
    for quote in find_quotes("a", list(paragraphs.values())):
        assert quote.text == paragraphs[quote.paragraph].text[quote.start : quote.end] != ""
        assert not paragraphs[quote.paragraph].heading


@given(TEXTS)
def test_quotes_stand_in_order_and_do_not_overlap(texts: list[str]) -> None:
    found = find_quotes("a", numbered(texts))
    for one, other in pairwise(found):
        assert (one.paragraph, one.end) <= (other.paragraph, other.start) or one.paragraph < other.paragraph


def test_words_that_differ_in_signs_alone_have_ids_of_their_own() -> None:
    found = find_quotes(
        "a", numbered(['"Late is the bus again."', '"Late is the bus, again."', '"Late is the bus again!"'])
    )
    assert len({quote.id for quote in found}) == 3


@given(TEXTS)
def test_reading_twice_gives_the_same(texts: list[str]) -> None:
    found = find_quotes("a", numbered(texts))
    assert found == find_quotes("a", numbered(texts))
    assert len({quote.id for quote in found}) == len(found)


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=50))
@settings(max_examples=examples(50))
def test_any_text_is_read(body: str, headline: str, lead: str) -> None:
    for quote in find_quotes("a", [Paragraph(1, body)], headline=headline, lead=lead):
        assert quote.speaker is None or quote.attribution != "none"


#: What hostile copy repeats, and how many quotes there are in very much of it.
NONSENSE = {
    '"': 0,
    "“": 0,
    "“a ": 1,
    "a": 0,
    "Venn Sorn ": 0,
    "said ": 0,
    "Venn said ": 1,
    "Venn left, adding that, ": 0,
    'Venn said "we" and ': 0,
    '"a b c d," ': LONG // len('"a b c d," '),
    "Ann Venn said that Bob Sorn said that ": 1,
    "''a ": 1,
    "'a ": 0,
    "J. ": 0,
    "J.J. ": 0,
    "the minister, a ": 0,
    "Ways and Means chairman ": 0,
    "(a) ": 0,
}


def repeated(unit: str, size: int) -> list[Paragraph]:
    return [Paragraph(1, (unit * (size // len(unit) + 1))[:size])]


@pytest.mark.parametrize(("unit", "quotes"), NONSENSE.items())
def test_very_much_nonsense_holds_no_more_than_it_says(unit: str, quotes: int) -> None:
    (paragraph,) = repeated(unit, LONG)
    found = find_quotes("a", [paragraph])
    assert len(found) == quotes
    assert all(quote.text == paragraph.text[quote.start : quote.end] for quote in found)
    assert {quote.speaker for quote in found} <= {None, "Venn", "Ann Venn"}


@pytest.mark.parametrize("unit", [*NONSENSE, "who said "])
def test_twice_the_nonsense_is_twice_the_work(unit: str) -> None:
    small, large = lines_run(repeated(unit, 4_000)), lines_run(repeated(unit, 8_000))
    assert large < 2.3 * small


def lines_run(paragraphs: list[Paragraph]) -> int:
    """How many lines of the program run to read some paragraphs."""
    lines = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_quotes("a", paragraphs)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.skipif(REAL_DATA is None, reason="REAL_DATA names no folder of real articles")
@pytest.mark.parametrize(
    ("name", "speaker", "role"),
    [
        ("kremlin-trade-target", "Dmitry Peskov", "Russian presidential spokesman"),
        ("kremlin-aide-cooperation", "Yuri Ushakov", "Kremlin aide"),
    ],
)
def test_a_real_article_has_one_speaker_in_one_role(name: str, speaker: str, role: str) -> None:
    found = quotes_of_real_article(name)
    assert {(quote.speaker, quote.role) for quote in found} == {(speaker, role)}


@pytest.mark.skipif(REAL_DATA is None, reason="REAL_DATA names no folder of real articles")
def test_a_real_article_has_seven_quotes_in_marks() -> None:
    marked = [quote for quote in quotes_of_real_article("kremlin-trade-target") if quote.kind != "indirect"]
    assert [quote.attribution for quote in marked] == ["named", "named", "named", "role", "named", "named", "pronoun"]


def quotes_of_real_article(name: str) -> tuple[Quote, ...]:
    text = (Path(REAL_DATA or "") / "articles" / f"{name}.txt").read_text(encoding="utf-8")
    _section, headline, lead, *body = text.split("\n\n")
    paragraphs = [Paragraph(n, part, heading=len(part) < 60) for n, part in enumerate(body, 1)]
    return find_quotes("a", paragraphs, headline=headline, lead=lead)
