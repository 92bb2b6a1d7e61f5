"""Ids and permalinks depend on what an article is, never on where it lies or what its body says."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.identity import article_id, name_slug, permalink, quote_id, slug


def identify(headline: str = "Harvest forecast cut", **changes: str | None) -> str:
    story: dict[str, str | None] = {"url": None, "source_id": None, "agency": "MNA", "date": "2021-03-14", **changes}
    return article_id(**story, headline=headline)


def test_the_url_alone_decides_where_there_is_one() -> None:
    first = identify(url="https://news.example/1")
    assert first == identify(url="https://news.example/1", headline="Corrected", date=None)
    assert first != identify(url="https://news.example/2")


def test_an_agency_id_survives_a_corrected_headline() -> None:
    assert identify(source_id="77") == identify(source_id="77", headline="New")


def test_the_same_number_in_two_archives_without_dates_is_two_articles() -> None:
    harvest = identify("Harvest", source_id="1", agency=None, date=None)
    assert harvest != identify("Football", source_id="1", agency=None, date=None)


def test_case_accents_and_punctuation_of_a_headline_do_not_matter() -> None:
    assert identify() == identify(headline="HARVÉST forecast — cut!")


def test_agency_and_date_tell_like_headlines_apart() -> None:
    ids = {identify(), identify(agency="CP"), identify(date="2021-03-15")}
    assert len(ids) == 3


def test_ids_are_fixed_for_good() -> None:
    assert identify() == "8857qb8er7k1"
    assert quote_id("8857qb8er7k1", "We will rebuild") == "8857qb8er7k1-zqhx7g"


def test_a_repeated_quote_has_an_id_of_its_own() -> None:
    assert quote_id("a", "Yes.") != quote_id("a", "Yes.", occurrence=1)


def test_slugs_are_short_ascii_words() -> None:
    assert slug("Štefan Qörk: “No” to 3% — again") == "stefan-qork-no-to-3-again"
    assert slug("Ölpreis: 石油") == "olpreis"
    assert slug("— ?!") == "untitled"
    assert len(slug("word " * 100)) <= 80
    assert len(slug("w" * 500)) <= 80


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("石油价格 上涨", "石油价格-上涨"),
        ("Порт Эльсин: «Забастовка» докеров продолжается", "порт-эльсин-забастовка"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("石" * 100, "石" * 24),
    ],
)
def test_a_headline_in_another_script_keeps_its_letters(headline: str, words: str) -> None:
    assert unquote(slug(headline)) == words
    assert slug(headline).isascii()


def test_a_permalink_names_id_and_headline() -> None:
    assert permalink("8857qb8er7k1", "Harvest forecast cut") == "/articles/8857qb8er7k1/harvest-forecast-cut"


def test_names_that_differ_in_case_accents_and_punctuation_share_a_slug() -> None:
    assert {name_slug(name) for name in ("Ana Peña", "ANA PENA", "Ana-Pena.")} == {"ana-pena"}


def test_names_that_ascii_can_not_write_or_that_are_too_long_keep_apart() -> None:
    names = ["Søren Lund", "Sren Lund", "Анна", "Иван", "王芳", "—", "word " * 40 + "one", "word " * 40 + "two"]
    assert len({name_slug(name) for name in names}) == len(names)
    assert all(len(name_slug(name)) < 90 for name in names)


@given(st.text())
def test_any_name_has_a_slug_that_needs_no_quoting(name: str) -> None:
    assert name_slug(name)
    assert set(name_slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(), st.text())
def test_any_text_gives_an_id_and_slug_that_need_no_more_quoting(headline: str, agency: str) -> None:
    made = article_id(url=None, source_id=None, agency=agency, date=None, headline=headline)
    assert made.isascii()
    assert made.isalnum()
    assert len(made) == 12
    assert set(slug(headline)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-%ABCDEF")
    assert len(slug(headline)) < 300
