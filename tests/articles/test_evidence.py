"""The words that led to what was read, found again in the article."""

from __future__ import annotations

import pytest

from search.articles.evidence import Evidence, Words
from search.articles.formats.records import Record
from search.articles.model import Article, Paragraph, Quote, Source
from search.articles.reading import Reader

STORY = """Orva cuts ferry sailings

PORT ARELLA, June 4. /ONA/. The ferry company will run four boats, down from nine in 2017, its director Ilva Morn said
on Monday. "The sea is not the problem. The money is," she said.

Minister Teo Brask disagreed. "Nobody asked the islands," Mr. Brask told ONA, adding that a decision was due in 2019.

"We did ask," the company said in a statement. "Twice."
"""


@pytest.fixture(scope="module")
def article() -> Article:
    found = Reader().read(Record(Source("a.txt"), STORY.replace("said\non", "said on")))
    assert isinstance(found, Article)
    return found


def of(article: Article, words: str) -> Quote:
    return next(quote for quote in article.quotes if words in quote.text)


def pointed(article: Article, words: str) -> Words | None:
    return Evidence(article).attribution(of(article, words))


def test_the_sentence_of_attribution_leaves_out_what_is_said(article: Article) -> None:
    assert pointed(article, "The sea") == Words("paragraph 1", '"…" she said.')


def test_the_cue_nearest_to_the_quote_is_meant(article: Article) -> None:
    found = pointed(article, "four boats")
    assert found
    assert found.text.endswith("its director Ilva Morn said on Monday.")


def test_a_stop_that_belongs_to_an_abbreviation_ends_no_sentence(article: Article) -> None:
    found = pointed(article, "Nobody asked")
    assert found
    assert '"…" Mr. Brask told ONA' in found.text


def test_a_quote_without_a_cue_points_nowhere(article: Article) -> None:
    assert pointed(article, "Twice") is None


def test_a_cue_in_the_paragraph_before_is_found() -> None:
    quote = Quote("q", "We sail.", "Ilva Morn", None, "added", "direct", "named", 2, 1, 9)
    body = (Paragraph(1, "The ferry sails. Ilva Morn added:"), Paragraph(2, "“We sail.”"))
    found = Evidence(Article("a", "/a", Source("a.txt"), "Ferry", paragraphs=body, quotes=(quote,))).attribution(quote)
    assert found == Words("paragraph 1", "Ilva Morn added:")


def test_a_name_is_found_where_it_first_stands_in_full(article: Article) -> None:
    found = Evidence(article).mention("Ilva Morn")
    assert found
    assert found.where == "paragraph 1"
    assert "director Ilva Morn said" in found.text


def test_a_name_spelt_otherwise_is_found_by_its_last_word(article: Article) -> None:
    found = Evidence(article).mention("Theodor Brask")
    assert found
    assert (found.where, found.text[:19]) == ("paragraph 2", "Minister Teo Brask ")


def test_a_name_that_stands_nowhere_is_not_found(article: Article) -> None:
    assert Evidence(article).mention("Anna Orel") is None
    assert Evidence(article).mention("…") is None


def test_the_weekday_and_the_years_decided_the_year(article: Article) -> None:
    assert (article.published, article.published_from) == ("2018-06-04", "inferred")
    texts = [words.text for words in Evidence(article).dating()]
    assert len(texts) == 2
    for sign, text in (("on Monday", texts[0]), ("in 2017", texts[0]), ("in 2019", texts[1])):
        assert sign in text


def test_a_full_date_decides_too() -> None:
    story = "Ferries stop\n\nORVA, June 4. /ONA/. The ferry of June 3, 2018 was the last one to sail to the islands."
    article = Reader().read(Record(Source("a.txt"), story))
    assert isinstance(article, Article)
    assert "June 3, 2018" in next(Evidence(article).dating()).text


def test_what_stands_beside_what_was_shown_is_not_shown_again() -> None:
    story = "Ferries stop\n\nORVA, June 4. /ONA/. No ferry sailed on Monday, June 4, 2018, when the crews met."
    article = Reader().read(Record(Source("a.txt"), story))
    assert isinstance(article, Article)
    (words,) = Evidence(article).dating()
    assert "Monday, June 4, 2018" in words.text


def test_a_stated_day_needs_no_words(article: Article) -> None:
    stated = Article("a", "/a", Source("a.txt"), "Ferry", published="2018-06-04", published_from="stated")
    assert list(Evidence(stated).dating()) == []


def test_a_megabyte_of_quotes_is_asked_for_every_one_of_them() -> None:
    piece = '"We sail," Ilva Morn said. '
    quotes = tuple(
        Quote(f"q{n}", "We sail,", "Ilva Morn", None, "said", "direct", "named", 1, at + 1, at + 9)
        for n in range(36_000)
        for at in (n * len(piece),)
    )
    body = (Paragraph(1, piece * 36_000),)
    evidence = Evidence(Article("a", "/a", Source("a.txt"), "Ferry", paragraphs=body, quotes=quotes))
    assert {evidence.attribution(quote) for quote in quotes[20_000:20_500]} == {
        Words("paragraph 1", '"…" Ilva Morn said.')
    }
    assert evidence.mention("Ilva Morn")
