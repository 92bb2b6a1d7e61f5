from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from search.query.results import Span
from search.web.markup import Said, marked
from tests.web.page import Page

spans = st.builds(Span, st.integers(-3, 40), st.integers(-3, 40))
quotes = st.builds(Said, st.integers(0, 40), st.integers(0, 40), st.just("q-1"), st.booleans())
texts = st.text(st.sampled_from("ab <>&\"'é語\n"), max_size=30)


def _content(html: str) -> str:
    """The text of HTML, white space kept."""
    pieces: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = pieces.append  # type: ignore[assignment, method-assign]
    parser.feed(html)
    parser.close()
    return "".join(pieces)


def test_marks_and_quotes_are_nested() -> None:
    html = marked("He said: wheat is gold.", [Span(9, 14)], [Said(9, 22, "q-1")])
    assert html == 'He said: <q id="q-1"><mark>wheat</mark> is gold</q>.'


def test_a_mark_across_the_edge_of_a_quote_is_split() -> None:
    assert marked("abcd", [Span(1, 3)], [Said(2, 4, "q")]) == 'a<mark>b</mark><q id="q"><mark>c</mark>d</q>'


def test_indirect_speech_is_no_quotation() -> None:
    assert marked("abc", [], [Said(1, 2, "q", indirect=True)]) == 'a<span class="said" id="q">b</span>c'


def test_overlapping_marks_become_one() -> None:
    assert marked("abcd", [Span(0, 2), Span(1, 3)]) == "<mark>abc</mark>d"


def test_text_is_escaped_wherever_it_stands() -> None:
    html = marked("<b>&<i>", [Span(0, 3)], [Said(4, 7, '"><script>')])
    assert html == '<mark>&lt;b&gt;</mark>&amp;<q id="&#34;&gt;&lt;script&gt;">&lt;i&gt;</q>'


@given(texts, st.lists(spans, max_size=6), st.lists(quotes, max_size=4))
def test_any_spans_leave_the_text_as_it_is_and_the_tags_nested(text: str, marks: list[Span], said: list[Said]) -> None:
    html = str(marked(text, marks, said))
    assert _content(html) == text
    assert {element.tag for element in Page(html).elements} <= {"mark", "q", "span"}


@given(texts, st.lists(spans, max_size=6), st.lists(quotes, max_size=4))
def test_exactly_the_characters_of_the_spans_are_marked(text: str, marks: list[Span], said: list[Said]) -> None:
    inside = {i for mark in marks for i in range(max(mark.start, 0), min(mark.end, len(text)))}
    pieces = [e for e in Page(str(marked(text, marks, said))).elements if e.tag == "mark"]
    assert "".join("".join(e.pieces) for e in pieces) == "".join(text[i] for i in sorted(inside))


def test_a_long_text_with_many_marks_takes_one_pass() -> None:
    text = "wheat " * 20_000
    marks = [Span(i, i + 5) for i in range(0, len(text), 6)]
    quotes = [Said(i, i + 11, f"q-{i}") for i in range(0, len(text), 12)]
    assert marked(text, marks, quotes).count("<mark>") == 20_000
