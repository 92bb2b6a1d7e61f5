"""Links to a passage, followed as a browser does: the first place where the words stand must be the passage."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.articles.model import Article, Paragraph, Source
from search.web.fragments import Fragments
from tests.archive import HARVEST

LONG = (
    "The harbour was closed on Monday, and nobody knew for how long it would stay so. The crews went home early. "
    "On Tuesday it opened again, and the first ships came in before noon."
)


def article(*paragraphs: str, headline: str = "Harbour news", lead: str | None = None) -> Article:
    texts = tuple(Paragraph(n, text) for n, text in enumerate(paragraphs, 1))
    return Article("a1", "/articles/a1/x", Source("x.txt"), headline, lead=lead, paragraphs=texts)


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def followed(fragment: str, of: Article) -> str | None:
    """What a browser marks: the first place of prefix, start and end in the page's texts."""
    directive = fragment.partition(":~:text=")[2]
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    start, end = (unquote(part) for part in (parts[0], parts[1] if len(parts) > 1 else ""))
    for text in (of.headline, of.lead or "", *(paragraph.text for paragraph in of.paragraphs)):
        block, at = plain(text), 0
        while (found := block.find(plain(start), at)) >= 0:
            at = found + 1
            if not block[:found].rstrip().endswith(plain(prefix)):
                continue
            if not end:
                return block[found : found + len(plain(start))]
            last = block.find(plain(end), found + len(plain(start)))
            if last >= 0:
                return block[found : last + len(plain(end))]
    return None


def test_a_short_passage_is_named_whole() -> None:
    of = article("The crews went home.", LONG)
    assert Fragments(of).of_paragraph(1) == "#p1:~:text=The%20crews%20went%20home."


def test_of_a_long_passage_the_beginning_and_the_end_are_named() -> None:
    assert Fragments(article(LONG)).of_paragraph(1) == (
        "#p1:~:text=The%20harbour%20was%20closed,came%20in%20before%20noon."
    )


def test_what_means_something_in_a_directive_is_encoded() -> None:
    of = article("Bread, butter & well-kept cheese: 5% more?")
    assert Fragments(of).of_paragraph(1) == (
        "#p1:~:text=Bread%2C%20butter%20%26%20well%2Dkept%20cheese%3A%205%25%20more%3F"
    )


def test_more_words_are_named_where_a_few_stand_elsewhere_before() -> None:
    of = article("The harbour was closed for good.", LONG)
    fragment = Fragments(of).of_paragraph(2)
    assert fragment.startswith("#p2:~:text=The%20harbour%20was%20closed%20on%20Monday%2C%20and%20nobody%20knew%20for,")
    assert followed(fragment, of) == plain(LONG)


def test_words_before_the_passage_tell_it_from_the_same_ones_elsewhere() -> None:
    of = article("He said: “No comment.” Then she said: “No comment.”")
    start = of.paragraphs[0].text.rindex("No")
    fragment = Fragments(of).of_passage(1, start, start + len("No comment."))
    assert fragment == "#p1:~:text=comment.%E2%80%9D%20Then%20she%20said%3A%20%E2%80%9C-,No%20comment."
    assert followed(fragment, of) == "no comment."


def test_where_no_words_tell_it_apart_the_paragraph_alone_is_named() -> None:
    of = article("No comment.", "No comment.", "…")
    assert [Fragments(of).of_paragraph(n) for n in (1, 2, 3)] == ["#p1:~:text=No%20comment.", "#p2", "#p3"]


def test_the_lead_has_no_anchor_but_words() -> None:
    of = article(LONG, lead="Ships wait outside")
    assert Fragments(of).of_passage(None, 0, 18) == "#:~:text=Ships%20wait%20outside"
    assert Fragments(article("x", headline="Ships wait", lead="Ships wait")).of_passage(None, 0, 10) == ""


def test_a_quote_is_named_by_its_own_anchor() -> None:
    quote = HARVEST.quotes[1]
    assert Fragments(HARVEST).of_quote(quote) == f"#q-{quote.id}:~:text=The%20silos%20are%20full."


def test_a_passage_without_spaces_is_named_whole_or_not_at_all() -> None:
    of = article("中国人民。" * 10, "港" * 900)
    assert Fragments(of).of_paragraph(1).startswith("#p1:~:text=%E4%B8%AD")
    assert Fragments(of).of_paragraph(2) == "#p2"


words = st.sampled_from(("a", "b", "so", "Ün-like", "5%,", "x&y", "“said", "well.”"))
texts = st.lists(words, max_size=40).map(" ".join)


@settings(deadline=None)
@given(st.lists(texts, max_size=6))
def test_looking_for_words_and_looking_them_up_find_the_same(paragraphs: list[str]) -> None:
    of = article(*paragraphs)
    together, numbers = Fragments(of), [p.n for p in of.paragraphs]
    assert [together.of_paragraph(n) for n in numbers] == [Fragments(of).of_paragraph(n) for n in numbers]


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=4), texts, st.data())
def test_a_fragment_leads_to_its_passage(paragraphs: list[str], lead: str, data: st.DataObject) -> None:
    of = article(*paragraphs, lead=lead)
    n = data.draw(st.integers(1, len(paragraphs)))
    pieces = paragraphs[n - 1].split()
    first = data.draw(st.integers(0, len(pieces)))
    last = data.draw(st.integers(first, len(pieces)))
    start = len(" ".join(pieces[:first])) + (first > 0)
    passage = " ".join(pieces[first:last])
    fragment = Fragments(of).of_passage(n, start, start + len(passage))
    assert fragment.startswith(f"#p{n}")
    if ":~:" in fragment:
        assert followed(fragment, of) == plain(passage)


@pytest.mark.parametrize("text", ["word " * 20_000, " ".join(f"w{n}" for n in range(20_000))])
def test_a_very_long_article_has_fragments_too(text: str) -> None:
    of = article(*[text[n : n + 500] for n in range(0, len(text), 500)])
    fragments = Fragments(of)
    assert all(fragments.of_paragraph(p.n).startswith(f"#p{p.n}") for p in of.paragraphs)
