from __future__ import annotations

from flask.testing import FlaskClient
from msgspec.structs import replace

from tests.archive import HARVEST, HOSTILE, article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json


def test_the_list_has_letters_counts_and_links(client: FlaskClient) -> None:
    page = Page(client.get("/speakers").text)
    assert page.heading == "3 speakers"
    assert page.link("Ines Calloway") == "/speakers/ines-calloway"
    assert "Ines Calloway 2 quotes, 1 articles" in page.one("ul", class_="names").text
    letters = page.one("nav", aria_label="Letters")
    assert letters.text == "I S T"
    assert [e["href"] for e in page.all("a") if e.text == "T"] == ["/speakers?letter=t"]


def test_the_list_can_be_filtered_by_words(client: FlaskClient) -> None:
    page = Page(client.get("/speakers?q=brand").text)
    assert page.heading == "1 speaker named brand"
    assert page.one("ul", class_="names").text.startswith("Tomas Brandt")
    assert "No speaker has these words" in Page(client.get("/speakers?q=zzz").text).one("main").text


def test_the_list_has_pages_and_an_order(site_of: SiteOf) -> None:
    said = (*((f"Speaker Number{n:03d}", "Yes.") for n in range(100)), ("Zoe Most", "No."), ("Zoe Most", "Yes."))
    client = site_of([article("Many speak", "Yes. No.", said=said)]).test_client()
    page = Page(client.get("/speakers?letter=s").text)
    assert page.link("Next") == "/speakers?letter=s&page=2"
    assert "91–100 of 100" in client.get("/speakers?letter=s&page=2").text
    most = read_json(client, "/speakers.json?order=most")
    assert most["speakers"][0]["name"] == "Zoe Most"
    assert (most["total"], most["pages"]) == (101, 2)
    assert len(client.get("/speakers").data) < 60_000


def test_bad_parameters_of_the_list_are_named(client: FlaskClient) -> None:
    for query, name in (("letter=q", "letter=q"), ("page=7", "page=7"), ("order=up", "order=up"), ("page=x", "page=x")):
        response = client.get(f"/speakers?{query}")
        assert response.status_code == 400
        assert name in response.text


def test_a_speaker_has_roles_a_chart_subjects_and_the_latest_quotes(client: FlaskClient) -> None:
    page = Page(client.get("/speakers/ines-calloway").text)
    assert page.heading == "Ines Calloway"
    assert page.link("2 quotes") == "/quotes?speaker=Ines+Calloway"
    assert page.link("1 article") == "/search?speaker=Ines+Calloway"
    assert "harvest minister 4 February 2022, 2 quotes" in page.one("ul", class_="roles").text
    assert page.link("international trade") == "/quotes?speaker=Ines+Calloway&topic=medtop%3A20000373"
    assert page.one("ol", class_="hits").text.count("harvest minister") == 2
    assert [e["href"] for e in page.all("a") if "td" in e.inside] == [
        "/quotes?speaker=Ines+Calloway&from=2022-02&to=2022-02"
    ]


def test_what_did_they_say_about_asks_among_their_quotes(client: FlaskClient) -> None:
    page = Page(client.get("/speakers/ines-calloway").text)
    about = page.one("input", id="about")
    assert about["name"] == "q"
    assert page.one("form", class_="box filter")["action"] == "/quotes"
    assert ("speaker", "Ines Calloway") in [(e["name"], e["value"]) for e in page.all("input", type="hidden")]


def test_all_spellings_are_told_and_searched_for(site_of: SiteOf) -> None:
    said = (("Ana Peña", "Yes."), ("Ana Pena", "No."), ("Dr Ana Pena", "No."))
    client = site_of([article("One", "Yes. No.", said=said)]).test_client()
    page = Page(client.get("/speakers/ana-pena").text)
    assert "Also written Ana Peña" in page.one("main").text or "Also written Ana Pena" in page.one("main").text
    assert page.link("2 quotes").count("speaker=") == 1
    assert read_json(client, page.link("2 quotes").replace("?", ".json?", 1))["total"] == 2
    assert page.link("Dr Ana Pena") == "/speakers/dr-ana-pena"


def test_an_unknown_speaker_leads_to_near_names(client: FlaskClient) -> None:
    response = client.get("/speakers/ines-caloway")
    assert response.status_code == 404
    assert Page(response.text).link("Ines Calloway") == "/speakers/ines-calloway"
    assert client.get("/speakers/ines-caloway.json").status_code == 404


def test_a_hostile_name_has_a_page(client: FlaskClient) -> None:
    url = next(e["url"] for e in read_json(client, "/speakers.json")["speakers"] if e["name"] == HOSTILE)
    response = client.get(url)
    assert response.status_code == 200
    assert HOSTILE not in response.text


def test_json_tells_what_the_page_shows(client: FlaskClient) -> None:
    found = read_json(client, "/speakers/ines-calloway.json")
    assert found["roles"] == [
        {"role": "harvest minister", "first": "2022-02-04", "last": "2022-02-04", "quotes": 2},
    ]
    assert found["histogram"] == [{"month": "2022-02", "count": 2}]
    assert {quote["id"] for quote in found["latest"]} == {quote.id for quote in HARVEST.quotes}
    assert read_json(client, found["quotes_url"])["total"] == found["quotes"] == 2
    assert read_json(client, found["articles_url"])["total"] == found["articles"] == 1


def test_what_others_say_about_a_speaker_is_a_search(site_of: SiteOf) -> None:
    said = (
        ("Tomas Brandt", "Calloway is wrong"),
        ("Ines Calloway", "Calloway is right"),
        ("Grain Board of Velden", "No"),
    )
    client = site_of([article("A quarrel", "Calloway is wrong. Calloway is right. No.", said=said)]).test_client()
    page = Page(client.get("/speakers/ines-calloway").text)
    about = page.link("What others say about Ines Calloway")
    assert Page(client.get(about).text).heading == '1 quote for said:"calloway"'
    found = read_json(client, "/speakers/ines-calloway.json")
    assert found["mentions"] == read_json(client, found["mentions_url"])["total"] == 1
    assert read_json(client, "/speakers/grain-board-of-velden.json")["mentions"] == 0


def test_a_name_of_one_word_has_a_page(site_of: SiteOf) -> None:
    said = (("Calloway", "Yes."), ("株式会社", "Yes."))
    client = site_of([article("One word", "Yes.", said=said)]).test_client()
    for speaker in read_json(client, "/speakers.json")["speakers"]:
        assert client.get(speaker["url"]).status_code == 200


def test_all_roles_are_told(site_of: SiteOf) -> None:
    roles = [f"minister of department {n}" for n in range(30)]
    quoted = [article(f"News {n}", f"Yes to {n}.", said=(("Ines Calloway", f"Yes to {n}."),)) for n in range(30)]
    told = [replace(one, quotes=(replace(one.quotes[0], role=role),)) for one, role in zip(quoted, roles, strict=True)]
    client = site_of(told).test_client()
    text = client.get("/speakers/ines-calloway").text
    assert all(f">{role}<" in text for role in roles)
    assert {role["role"] for role in read_json(client, "/speakers/ines-calloway.json")["roles"]} == set(roles)
