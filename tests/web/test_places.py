from __future__ import annotations

from flask.testing import FlaskClient

from tests.archive import HARVEST
from tests.web.page import Page, read_json


def test_places_are_listed_and_filtered(client: FlaskClient) -> None:
    page = Page(client.get("/places?q=lor").text)
    assert page.heading == "1 place named lor"
    assert page.link("Lorne") == "/places/lorne"


def test_a_place_has_counts_speakers_and_articles(client: FlaskClient) -> None:
    page = Page(client.get("/places/lorne").text)
    assert page.heading == "Lorne"
    assert page.link("21 articles") == "/search?place=Lorne"
    assert page.link("1 quote") == "/quotes?place=Lorne"
    assert page.link("Tomas Brandt") == "/search?speaker=Tomas+Brandt&place=Lorne"
    assert len(page.all("li", class_="hit")) == 10


def test_json_tells_what_the_page_shows(client: FlaskClient) -> None:
    found = read_json(client, "/places/port-velden.json")
    assert found["articles"] == read_json(client, found["articles_url"])["total"]
    assert found["quotes"] == read_json(client, found["quotes_url"])["total"]
    assert sum(entry["count"] for entry in found["histogram"]) == found["articles"]


def test_an_unknown_place_leads_to_near_names(client: FlaskClient) -> None:
    response = client.get("/places/port-veldn")
    assert response.status_code == 404
    assert Page(response.text).link("Port Velden") == "/places/port-velden"


def test_agencies_are_listed_and_have_pages_too(client: FlaskClient) -> None:
    page = Page(client.get("/agencies").text)
    assert page.heading == "2 agencies"
    assert page.link("NORA") == "/agencies/nora"
    agency = Page(client.get("/agencies/nora").text)
    assert agency.heading == "NORA"
    assert agency.link("Agencies") == "/agencies"
    assert agency.link("43 articles") == "/search?agency=NORA"
    assert read_json(client, "/agencies.json")["agencies"][0]["slug"] == "nora"
    assert read_json(client, "/agencies/nora.json")["articles"] == 43


def test_an_unknown_agency_leads_to_near_names(client: FlaskClient) -> None:
    response = client.get("/agencies/norra")
    assert response.status_code == 404
    page = Page(response.text)
    assert page.link("NORA") == "/agencies/nora"
    assert page.link("All agencies") == "/agencies"
    assert client.get("/agencies/norra.json").status_code == 404


def test_an_article_and_the_start_lead_to_its_agency(client: FlaskClient) -> None:
    for url in (HARVEST.url, "/"):
        assert Page(client.get(url).text).link("NORA") == "/agencies/nora"
