from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.archive import (
    EMPTY,
    HARVEST,
    PIPELINE,
    UNDATED,
    article,
)
from tests.conftest import SiteOf
from tests.web.page import page_at, params


def test_an_article_is_laid_out_for_reading(client: FlaskClient) -> None:
    page = page_at(client, HARVEST.url)
    assert page.heading == HARVEST.headline
    assert page.one("p", class_="lead").text == HARVEST.lead
    assert page.one("p", id="p1").text.startswith("PORT VELDEN /NORA/. The harvest of wheat")
    assert page.all("time")[0]["datetime"] == "2022-02-04"
    assert "4 February 2022 (year inferred from the text)" in page.one("article").text
    assert (
        page.one("a", href="#p3:~:text=Exports%20of%20wheat%20begin%20in%20September.")["aria-label"]
        == "Link to paragraph 3"
    )


def test_quotes_are_marked_with_who_speaks_and_how_we_know(client: FlaskClient) -> None:
    page = page_at(client, HARVEST.url)
    assert [q.text for q in page.all("q")] == [quote.text for quote in HARVEST.quotes]
    assert [q["id"] for q in page.all("q")] == [f"q-{quote.id}" for quote in HARVEST.quotes]
    note = page.one(role="note")
    assert note.text == "Ines Calloway harvest minister 2 quotes, named in the text¶¶"
    links = [e["href"] for e in page.all("a", class_="anchor", title="Link to this quote")]
    assert links[1] == f"#q-{HARVEST.quotes[1].id}:~:text=The%20silos%20are%20full."
    assert page.link("Ines Calloway") == "/speakers/ines-calloway"


def test_facts_lead_to_their_pages(client: FlaskClient) -> None:
    page = page_at(client, HARVEST.url)
    assert page.link("international trade") == "/topics/medtop:20000373"
    assert page.link("Port Velden") == "/places/port-velden"
    assert page.link("NORA") == "/agencies/nora"
    assert page.link("4 February 2022") == "/browse/2022/02/04"
    assert page.link("Where it was published") == "https://nora.example/harvest"


def test_coming_from_a_search_the_words_are_marked(client: FlaskClient) -> None:
    page = page_at(client, f"{HARVEST.url}?q=wheat")
    assert page.all("a", class_="anchor")[0]["href"].startswith(f"{HARVEST.url}#p1:~:text=The%20harvest%20of%20wheat")
    assert {mark.text for mark in page.all("mark")} == {"wheat"}
    above = page.one("nav", class_="trail above")
    assert above.text.split() == ["Results", "for", "wheat", f"{len(page.all('mark'))}", "matches", "marked"]
    assert page.link("Results for wheat") == "/search?q=wheat"


def test_a_trail_leads_back_and_to_the_neighbours(client: FlaskClient) -> None:
    hits = [
        e["href"]
        for e in page_at(client, "/search?q=port&sort=oldest&page=2").all("a")
        if "hit=" in e["href"] and "h2" in e.inside
    ]
    page = page_at(client, hits[0])
    trail = page.one("nav", class_="trail above")
    assert "Hit 11 of" in trail.text
    assert page.link("Back to the results") == "/search?q=port&sort=oldest&page=2#hit-11"
    assert page.link("Next hit").split("?")[0] == hits[1].split("?")[0]
    assert params(page.link("Next hit"))["hit"] == ["12"]
    assert params(page.link("Previous hit"))["hit"] == ["10"]


def test_the_first_and_the_last_hit_have_one_neighbour(client: FlaskClient) -> None:
    page = page_at(client, f"{PIPELINE.url}?q=pipeline&hit=1")
    trail = page.one("nav", class_="trail above")
    assert "Previous" not in trail.text
    assert "Next" not in trail.text


def test_a_position_beyond_the_results_has_no_trail(client: FlaskClient) -> None:
    page = page_at(client, f"{HARVEST.url}?q=wheat&hit=999")
    assert {mark.text for mark in page.all("mark")} == {"wheat"}
    assert "Hit" not in page.one("nav", class_="trail above").text
    assert "Hit 999" not in page.one("main").text


def test_a_position_where_another_article_stands_has_no_trail(client: FlaskClient) -> None:
    first = next(e["href"] for e in page_at(client, "/search?q=wheat").all("a") if "hit=1" in e["href"])
    assert PIPELINE.url not in first
    page = page_at(client, f"{PIPELINE.url}?q=wheat&hit=1")
    assert not page.all("nav", class_="trail above")
    assert "Hit 1" not in page.one("main").text


@pytest.mark.parametrize("hit", ["0", "x", "-1", "1" * 12, "²"])
def test_a_bad_hit_is_refused(client: FlaskClient, hit: str) -> None:
    assert f"hit={hit}" in page_at(client, f"{HARVEST.url}?hit={hit}", 400).heading


@pytest.mark.parametrize("path", [f"/articles/{HARVEST.id}", f"/articles/{HARVEST.id}/an-old-headline"])
def test_short_and_outdated_addresses_lead_to_the_permalink(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?q=wheat%20corn&hit=1")
    assert response.status_code == 301
    assert response.location == f"{HARVEST.url}?q=wheat%20corn&hit=1"


def test_an_article_in_another_script_is_at_an_address_in_it(site_of: SiteOf) -> None:
    found = article("Забастовка в порту", "Порт закрыт.")
    client = site_of([found]).test_client()
    outdated = client.get(f"/articles/{found.id}/untitled")
    assert (outdated.status_code, outdated.location) == (301, found.url)
    page = page_at(client, found.url)
    assert page.heading == "Забастовка в порту"
    assert page.one("link", rel="canonical")["href"] == f"http://localhost{found.url}"
    assert found.url.isascii()
    assert page.link("/забастовка-в-порту") == f"http://localhost{found.url}"
    assert found.url in client.get("/search.bib").text
    assert client.get("/articles/" + found.id + "/забастовка-в-порту").status_code == 200


def test_an_unknown_article_is_not_found(client: FlaskClient) -> None:
    assert page_at(client, "/articles/0000/nothing", 404).heading == "There is nothing at this address."


def test_an_article_of_nothing_but_a_headline_has_its_page(client: FlaskClient) -> None:
    page = page_at(client, EMPTY.url)
    assert "no text beyond its headline" in page.one("article").text
    assert not page.all("div", class_="text")  # what the site says itself is no part of the article's words


def test_an_article_without_date_place_or_speaker_has_its_page(client: FlaskClient) -> None:
    page = page_at(client, UNDATED.url)
    assert "undated (nothing in the article tells)" in page.one("article").text
    assert "Place" not in page.one("dl").text


def test_an_article_is_described_to_machines(client: FlaskClient) -> None:
    page = page_at(client, HARVEST.url)
    described = json.loads("".join(page.one("script", type="application/ld+json").pieces))
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == HARVEST.headline
    assert described["datePublished"] == "2022-02-04"
    assert [part["text"] for part in described["hasPart"]] == [quote.text for quote in HARVEST.quotes]
    assert page.one("link", rel="canonical")["href"] == f"http://localhost{HARVEST.url}"
    assert page.one("link", rel="alternate")["href"] == f"/articles/{HARVEST.id}.json"
    assert page.one("meta", property="og:title")["content"] == HARVEST.headline


def test_an_article_leads_to_itself_in_every_format(client: FlaskClient) -> None:
    page = page_at(client, HARVEST.url)
    for label in ("JSON", "JSON Lines", "CSV", "RIS", "BibTeX", "Atom"):
        answer = client.get(page.link(label))
        assert answer.status_code == 200, label
        assert HARVEST.headline in answer.text


def test_an_article_leads_to_each_of_its_quotes_in_every_format(client: FlaskClient) -> None:
    page = page_at(client, HARVEST.url)
    for quote in HARVEST.quotes:
        for suffix in ("json", "jsonl", "csv", "ris", "bib", "atom"):
            link = page.one("a", href=f"/quotes/{quote.id}.{suffix}")
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert quote.text in answer.text


def test_an_article_offers_its_mark_as_a_picture(client: FlaskClient) -> None:
    picture = page_at(client, HARVEST.url).one("meta", property="og:image")["content"]
    assert picture.startswith("http://localhost/static/icon.png?v=")
    answer = client.get(picture.removeprefix("http://localhost"))
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")


def test_what_stands_around_a_very_long_article_stays_short(site_of: SiteOf) -> None:
    texts = [f"“We will build quay {n} of the port,” said the mayor of the town." for n in range(300)]
    said = tuple((f"Ada Morn {n}", f"We will build quay {n} of the port,") for n in range(300))
    found = article("A long day at the port", *texts, said=said)
    client = site_of([found]).test_client()
    page = page_at(client, found.url)
    assert len(page.one("script", type="application/ld+json").text) < 20_000
    assert "and 240 more" in page.one("dl").text
    assert page.link("JSON of the article") == f"/articles/{found.id}.json"
    around = len(client.get(found.url).data) - len(page.one("div", class_="text").text.encode())
    assert around < 300 * 600 + 60_000
