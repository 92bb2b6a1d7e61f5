"""The passages that show best why an article matched."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from search.articles.model import Article, Paragraph, Quote, Source
from search.query.matching import Match, Matcher, matcher
from search.query.results import Snippet, Span
from search.query.snippets import LONGEST, _best, _found, _passages, marks, snippets
from search.query.syntax import parse

FILLER = "Nothing of note was seen on the quay that morning, and the crews went home early."


def article(*paragraphs: str, lead: str | None = None, headings: tuple[int, ...] = ()) -> Article:
    parts = tuple(Paragraph(n, text, n in headings) for n, text in enumerate(paragraphs, 1))
    return Article("a1", "/articles/a1/x", Source("x.txt"), "A headline", lead=lead, paragraphs=parts)


def said(text: str, paragraph: int, whole: str) -> Quote:
    start = whole.index(text)
    return Quote("q", text, None, None, None, "direct", "none", paragraph, start, start + len(text))


def found(q: str, of: Article, limit: int = 3) -> tuple[Snippet, ...]:
    return snippets(parse(q).node, of, limit)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[mark.start : mark.end] for mark in snippet.marks]


def test_a_short_paragraph_is_shown_whole_with_its_marks() -> None:
    (snippet,) = found("ferries", article(FILLER, "The ferry left. Two ferries followed."))
    assert (snippet.text, snippet.paragraph, snippet.start) == ("The ferry left. Two ferries followed.", 2, 0)
    assert marked(snippet) == ["ferry", "ferries"]


def test_a_long_paragraph_is_cut_to_whole_sentences() -> None:
    text = " ".join([FILLER] * 4 + ["The ferry left."] + [FILLER] * 4)
    (snippet,) = found("ferry", article(text))
    assert snippet.text == f"The ferry left. {FILLER} {FILLER}"
    assert text[snippet.start :].startswith(snippet.text)


def test_the_last_sentence_of_a_paragraph_is_shown_with_those_before_it() -> None:
    (snippet,) = found("ferry", article(" ".join([FILLER] * 4 + ["The ferry left."])))
    assert snippet.text == f"{FILLER} {FILLER} The ferry left."


def test_a_sentence_that_does_not_fit_is_cut_between_words() -> None:
    text = "word " * 100 + "ferry " + "word " * 100
    (snippet,) = found("ferry", article(text))
    assert len(snippet.text) <= LONGEST
    assert set(snippet.text.split()) == {"word", "ferry"}


def test_the_passage_with_most_of_the_query_comes_first() -> None:
    result = found("ferry storm", article("The ferry left.", "A storm came.", "The ferry met a storm."))
    assert [snippet.paragraph for snippet in result] == [3, 1, 2]


def test_words_close_together_come_before_words_far_apart() -> None:
    far = f"A ferry left. {FILLER} {FILLER} A storm came."
    near = f"{FILLER} The ferry met a storm. {FILLER}"
    assert [snippet.paragraph for snippet in found("ferry storm", article(far, near))] == [2, 1]


def test_what_was_not_yet_shown_comes_before_what_was() -> None:
    result = found("ferry storm", article("The ferry, a ferry.", "Ferry by ferry.", "A storm came."), limit=2)
    assert {word for snippet in result for word in marked(snippet)} >= {"storm", "ferry"}


def test_passages_come_from_different_paragraphs_where_they_can() -> None:
    long = " ".join(["The ferry left. " + FILLER + " " + FILLER] * 4)
    assert {snippet.paragraph for snippet in found("ferry", article(long, "One ferry.", "A ferry."))} == {1, 2, 3}
    assert [snippet.paragraph for snippet in found("ferry", article(long))] == [1, 1]


def test_headings_come_last() -> None:
    result = found("ferry", article("Ferry", "Of that ferry we heard a long and winding story.", headings=(1,)))
    assert [snippet.paragraph for snippet in result] == [2, 1]


def test_the_lead_is_a_passage_without_a_paragraph() -> None:
    (snippet,) = found("ferry", article(FILLER, lead="A ferry leaves"))
    assert (snippet.text, snippet.paragraph) == ("A ferry leaves", None)


def test_what_was_said_is_shown_and_marked_only_inside_quotes() -> None:
    text = "“The ferry left,” she said of the ferry."
    spoken = replace(article("A ferry.", text), quotes=(said("The ferry left,", 2, text),))
    (snippet,) = found("said:ferry", spoken)
    assert (snippet.paragraph, [(m.start, m.end) for m in snippet.marks]) == (2, [(5, 10)])


def test_without_positive_words_the_article_begins() -> None:
    for q in ("", "-ferry", "date:2022", "headline:headline", "speaker:ruhl"):
        (snippet,) = found(q, article("Port", "The first. " * 40, headings=(1,)))
        assert (snippet.paragraph, snippet.start, snippet.marks) == (2, 0, ())
        assert 150 < len(snippet.text) <= LONGEST
    assert found("", article(FILLER, lead="A lead"))[0].text == "A lead"


def test_an_article_without_text_has_no_passages() -> None:
    assert found("ferry", article()) == ()
    assert found("", article("  ")) == ()


def test_reading_stops_where_no_better_passage_can_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    find = Matcher.find

    def watched(self: Matcher, text: str, *rest: Any) -> list[Match]:
        read.append(text)
        return find(self, text, *rest)

    monkeypatch.setattr(Matcher, "find", watched)
    text = "A ferry, a ferry and a ferry."
    assert [snippet.paragraph for snippet in found("ferry", article(*[text] * 20))] == [1, 2, 3]
    assert len(read) == 3


def test_of_a_long_query_passages_that_show_five_parts_will_do() -> None:
    four, five = "The ferry, the tug, the barge and the pier.", "The ferry, the tug, the barge, the pier and the quay."
    six = "The ferry, the tug, the barge, the pier, the quay and the buoy."
    q = "ferry OR tug OR barge OR pier OR quay OR buoy"
    assert [snippet.paragraph for snippet in found(q, article(five, five, five, six))] == [1, 2, 3]
    assert found(q, article(five, five, four, six))[0].paragraph == 4
    assert found(q, article(five, five, five, six, headings=(1,)))[0].paragraph == 4


def test_of_a_long_query_no_more_than_twelve_passages_that_show_three_parts_are_compared() -> None:
    three, six = "The ferry, the tug and the barge.", "The ferry, the tug, the barge, the pier, the quay and the buoy."
    q = "ferry OR tug OR barge OR pier OR quay OR buoy"
    assert found(q, article(*[three] * 11, six))[0].paragraph == 12
    assert found(q, article(*[three] * 12, six))[0].paragraph == 1


def test_marks_are_those_of_said_inside_quotes_as_well() -> None:
    node = parse("said:ferry storm").node
    assert marks(node, "storm, ferry and ferry", "body", quotes=[Span(7, 12)]) == (Span(0, 5), Span(7, 12))


def test_marks_honour_the_field() -> None:
    node = parse("ferry headline:storm").node
    assert len(marks(node, "ferry storm", "headline")) == 2
    assert len(marks(node, "ferry storm", "body")) == 1


TEXTS = st.lists(
    st.sampled_from(["ferry", "storm", "the", "Mr.", "U.S.", "left.", "Why?", "“so”", "x" * 80, "中国ferry", "\n"]),
    max_size=120,
).map(" ".join)


@given(st.lists(TEXTS, max_size=4), st.none() | TEXTS, st.sampled_from(["ferry", "ferry storm", '"ferry storm"', "x*"]))
def test_a_snippet_is_a_part_of_its_paragraph(paragraphs: list[str], lead: str | None, q: str) -> None:
    of = article(*paragraphs, lead=lead)
    result = found(q, of)
    assert len(result) <= 3
    places = set()
    for snippet in result:
        text = lead or "" if snippet.paragraph is None else paragraphs[snippet.paragraph - 1]
        assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        assert 0 < len(snippet.text) <= LONGEST
        assert all(0 <= mark.start < mark.end <= len(snippet.text) for mark in snippet.marks)
        places |= {(snippet.paragraph, n) for n in range(snippet.start, snippet.start + len(snippet.text))}
    assert len(places) == sum(len(snippet.text) for snippet in result)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_an_article_with_the_word_has_a_passage_that_marks_it(paragraphs: list[str]) -> None:
    result = found("ferry", article(*paragraphs))
    assert any(snippet.marks for snippet in result) == any("ferry" in text for text in paragraphs)


@given(st.lists(TEXTS, max_size=8), st.none() | TEXTS, st.sampled_from(["ferry", "ferry storm", "ferry OR x*"]))
def test_stopping_early_shows_what_reading_on_would_show(paragraphs: list[str], lead: str | None, q: str) -> None:
    of, node = article(*paragraphs, lead=lead), parse(q).node
    all_passages = list(_passages(matcher(node), of))
    assert list(_best(_found(matcher(node), of, 3), 3)) == list(_best(all_passages, 3))


def test_where_one_passage_is_wanted_only_the_first_ones_are_compared() -> None:
    far = article(*["The ferry left."] * 6, "The ferry met the tug.")
    assert found("ferry OR tug", far, limit=1)[0].paragraph == 1
    assert found("ferry OR tug", far, limit=3)[0].paragraph == 7
    near = article(*["The ferry left."] * 2, "The ferry met the tug.")
    assert found("ferry OR tug", near, limit=1)[0].paragraph == 3


def test_where_one_passage_is_wanted_the_first_that_shows_three_parts_of_the_query_will_do() -> None:
    of = article("The ferry and the tug left the pier.", "The ferry, the tug and the barge left the pier.")
    assert found("ferry OR tug OR pier OR barge", of, limit=1)[0].paragraph == 1
    assert found("ferry OR tug OR pier OR barge", of, limit=2)[0].paragraph == 2
