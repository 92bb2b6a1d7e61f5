"""HTML in bodies."""

from __future__ import annotations

import re
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.formats import markup
from search.articles.formats.markup import LARGEST, TooMuchMarkup, blocks, decoded, is_markup, without_entities


def test_blocks_become_paragraphs_and_headings() -> None:
    html = "<h2>Why</h2><p>The <b>company</b> runs<br/>four <a href='x'>boats</a>.</p><ul><li>One</li><li>Two</li></ul>"
    assert blocks(html) == [
        ("Why", True),
        ("The company runs", False),
        ("four boats.", False),
        ("One", False),
        ("Two", False),
    ]


def test_the_cells_of_a_row_are_kept_apart() -> None:
    assert blocks("<table><tr><td>Orva</td><td>4</td></tr><tr><td>Tesk</td><td>6</td></tr></table>") == [
        ("Orva 4", False),
        ("Tesk 6", False),
    ]


def test_scripts_styles_and_comments_are_dropped_with_their_content() -> None:
    html = "<p>a<script>alert('x')</script>b<STYLE>p {}</STYLE>c<!-- d -->e</p><script>never closed"
    assert blocks(html) == [("abce", False)]


def test_character_references_are_resolved_even_twice() -> None:
    assert blocks("<p>Morn &amp; Sons don&amp;#39;t sail &lt;today&gt;</p>") == [
        ("Morn & Sons don't sail <today>", False)
    ]
    assert without_entities("AT&amp;amp;T") == "AT&T"


def test_unknown_tags_are_text() -> None:
    assert blocks("<p>Shares of <ORV.A> rose as 3 < 4.</p>") == [("Shares of <ORV.A> rose as 3 < 4.", False)]


@pytest.mark.parametrize("text", ["Orva Ferries <ORV> rose", "a < b and c > d", "<P> and <S> fell", "1<2", "<<>>"])
def test_tickers_and_signs_are_no_markup(text: str) -> None:
    assert not is_markup(text)


@pytest.mark.parametrize("text", ["<p>x", "x<br>y", "<P>x</P>", '<DIV CLASS="a">x', "<!DOCTYPE html>"])
def test_tags_are_markup(text: str) -> None:
    assert is_markup(text)


def test_coded_tags_are_tags() -> None:
    assert blocks(decoded("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;")) == [("One", False), ("Two", False)]


def test_more_than_the_bound_is_refused() -> None:
    with pytest.raises(TooMuchMarkup, match="larger than"):
        blocks("<p>" + "x" * LARGEST)
    with pytest.raises(TooMuchMarkup):
        blocks("<" * 60_000)


@pytest.mark.parametrize(
    "hostile",
    [
        "<" * 49_000,
        "<div>" * 49_000,
        "<h1>" * 20_000 + "</h2>" * 20_000,
        '<a "' * 49_000,
        "<p " + "x=1 " * 400_000 + ">",
        "<!--" * 49_000,
        "<p>" + "&lt;" * 400_000,
        "<script>" * 49_000,
        "<table>" * 49_000,
        "<p>" + "\r&#0;" * 200_000,
    ],
)
def test_crafted_input_is_flattened_before_it_is_cleaned(hostile: str) -> None:
    assert all(text for text, _ in blocks(hostile))


@given(st.text(alphabet=st.sampled_from("<>/&;!-pbrh1 script\"'=x\n"), max_size=200))
def test_no_known_tag_survives(text: str) -> None:
    for block, _ in blocks(text):
        assert "<script>" not in block.replace("&lt;", "")
        assert "<p>" not in block or "&" in text


@given(
    st.lists(
        st.sampled_from(["<p>", "<br>", "<h2>", "</h2>", "<h3>", "a & b", "1 < 2", "<b>", "Orva", "\xa0", "<IBM>"])
    )
)
def test_what_needs_no_cleaning_is_what_cleaning_leaves(pieces: list[str]) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        read = blocks(text)
        patch.setattr(markup, "_FLAT", re.compile("(?!)"))
        assert blocks(text) == read


def test_flat_text_costs_no_cleaning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bleach.clean", Mock(side_effect=AssertionError))
    assert blocks("<p>Orva cuts <b>ferries</b>.</p><h2>Why</h2><p>No pilots.</p>") == [
        ("Orva cuts ferries.", False),
        ("Why", True),
        ("No pilots.", False),
    ]


def test_blank_lines_part_a_text_whose_tags_all_stand_inside_of_lines() -> None:
    assert blocks("Orva <b>cuts</b> ferries\n\nFour boats\nstay in port.") == [
        ("Orva cuts ferries", False),
        ("Four boats stay in port.", False),
    ]
