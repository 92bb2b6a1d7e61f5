from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from msgspec.structs import replace

from tests.archive import HARVEST, HOSTILE, PIPELINE
from tests.conftest import SiteOf
from tests.web.page import Page


def test_a_quote_is_a_hit_with_its_words_marked(client: FlaskClient) -> None:
    page = Page(client.get("/quotes?q=wheat").text)
    assert page.heading == "1 quote for wheat"
    hit = page.one("li", class_="hit quote")
    assert hit.text.startswith(
        "“We have never seen wheat like this on the southern plain,” Ines Calloway, harvest minister said "
        "4 February 2022Port VeldenVelden expects the best grain harvest in ten years"
    )
    assert page.one("mark").text == "wheat"


def test_a_hit_leads_to_the_speaker_and_to_its_place_in_the_article(client: FlaskClient) -> None:
    page = Page(client.get("/quotes?q=wheat").text)
    place = urlsplit(page.link("We have never seen"))
    assert (place.path, place.fragment) == (HARVEST.url, f"q-{HARVEST.quotes[0].id}")
    article = Page(client.get(place.geturl()).text)
    assert article.one("q", id=place.fragment).text == HARVEST.quotes[0].text
    assert "/speakers/ines-calloway" in [e["href"] for e in page.all("a") if e.text == "Ines Calloway"]


def test_an_article_knows_the_quotes_around_the_one_that_led_to_it(client: FlaskClient) -> None:
    first = Page(client.get("/quotes?sort=newest").text).all("a")
    here = next(e["href"] for e in first if "hit=1" in e["href"])
    page = Page(client.get(here).text)
    assert "Hit 1 of 4" in page.one("nav", class_="trail above").text
    assert page.link("Back to the results") == "/quotes?sort=newest#hit-1"
    other = next(quote.id for quote in HARVEST.quotes if quote.id not in here)
    assert page.link("Next hit").endswith(f"among=quotes&hit=2#q-{other}")


def test_the_search_is_kept_between_articles_and_quotes(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=wheat&place=Port+Velden&from=2020&sort=oldest").text)
    there = next(e["href"] for e in page.all("a", aria_current="") or page.all("a") if e["href"].startswith("/quotes?"))
    assert parse_qs(urlsplit(there).query) == {
        "q": ["wheat"],
        "place": ["Port Velden"],
        "from": ["2020"],
        "sort": ["oldest"],
    }
    quotes = Page(client.get(there).text)
    back = [e["href"] for e in quotes.all("a") if e.text == "Articles" and "q=wheat" in e["href"]]
    assert back == ["/search?q=wheat&place=Port+Velden&from=2020&sort=oldest"]


def test_facets_dates_and_the_box_stay_among_quotes(client: FlaskClient) -> None:
    page = Page(client.get("/quotes?q=wheat").text)
    box = next(e for e in page.all("a", role="checkbox") if "Ines Calloway" in e.text)
    assert box["href"] == "/quotes?q=wheat&speaker=Ines+Calloway"
    assert {e["action"] for e in page.all("form")} == {"/quotes"}
    assert page.link("CSV") == "/quotes.csv?q=wheat"


def test_where_no_quote_is_found_wider_searches_are_among_quotes(client: FlaskClient) -> None:
    page = Page(client.get("/quotes?q=wheat&place=Lorne").text)
    assert page.heading == "Nothing found for wheat"
    assert page.link("Any place") == "/quotes?q=wheat"
    assert "1 quote" in page.one("ul", class_="ways").text


def test_the_address_of_a_quote_leads_to_its_place(client: FlaskClient) -> None:
    quote = PIPELINE.quotes[0]
    response = client.get(f"/quotes/{quote.id}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{PIPELINE.url}#q-{quote.id}"


def test_the_address_of_a_quote_survives_corrections_of_the_rest(site_of: SiteOf) -> None:
    longer = replace(HARVEST.paragraphs[1], text="Corrected. " + HARVEST.paragraphs[1].text)
    quote = replace(HARVEST.quotes[0], start=HARVEST.quotes[0].start + 11, end=HARVEST.quotes[0].end + 11)
    corrected = replace(HARVEST, paragraphs=(HARVEST.paragraphs[0], longer), quotes=(quote,))
    client = site_of([corrected]).test_client()
    there = client.get(f"/quotes/{quote.id}").headers["Location"]
    assert Page(client.get(there).text).one("q", id=f"q-{quote.id}").text == quote.text
    gone = client.get(f"/quotes/{HARVEST.quotes[1].id}")
    assert gone.status_code == 404
    assert Page(gone.text).link(HARVEST.headline) == HARVEST.url


def test_unknown_quotes_are_not_found(client: FlaskClient) -> None:
    for id in ("x", "x-y", "-", f"{HARVEST.id}-000000"):
        assert client.get(f"/quotes/{id}").status_code == 404


def test_hostile_quotes_are_escaped(client: FlaskClient) -> None:
    text = client.get("/quotes?q=script").text
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text
