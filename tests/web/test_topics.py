from __future__ import annotations

from flask.testing import FlaskClient

from search.articles.topics import SECTORS, TopicTable
from tests.archive import OIL, PIPELINE, TRADE, article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json


def test_topics_and_sectors_are_trees_that_fold(client: FlaskClient) -> None:
    page = Page(client.get("/topics").text)
    assert page.link("All of economy, business and finance") == "/topics/medtop:04000000"
    leaf = next(e for e in page.all("a") if e["href"] == f"/topics/{OIL.code}")
    assert "details" in leaf.inside
    assert page.one("h2", id="sectors").text == "Sectors"


def test_trees_as_json_have_the_counts_that_searches_have(client: FlaskClient) -> None:
    trees = read_json(client, "/topics.json")
    energy = trees["sectors"][0]
    assert energy["children"][0]["code"] == OIL.code
    assert energy["articles"] == read_json(client, f"/search.json?sector={energy['code']}")["total"] == 1
    top = trees["topics"][0]
    assert top["articles"] == read_json(client, f"/search.json?topic={top['code']}")["total"] == 2


def test_a_topic_has_parents_speakers_and_articles(client: FlaskClient) -> None:
    page = Page(client.get(f"/topics/{TRADE.code}").text)
    assert page.heading == "international trade"
    assert page.link("economy, business and finance") == "/topics/medtop:04000000"
    assert page.link("2 articles") == "/search?topic=medtop%3A20000373"
    assert page.link("3 quotes") == "/quotes?topic=medtop%3A20000373"
    assert page.link("Tomas Brandt") == "/search?speaker=Tomas+Brandt&topic=medtop%3A20000373"
    assert PIPELINE.headline in page.one("ol", class_="hits").text


def test_a_sector_is_searched_as_one_and_stands_under_sectors_alone(client: FlaskClient) -> None:
    page = Page(client.get(f"/topics/{OIL.code}").text)
    assert page.link("1 article") == "/search?sector=medtop%3A20001243"
    assert "products and services" not in page.one("main").text
    found = read_json(client, f"/topics/{OIL.code}.json")
    assert found["kind"] == "sector"
    assert [parent["code"] for parent in found["parents"]] == ["medtop:20000256"]
    assert read_json(client, found["quotes_url"])["total"] == found["quotes"]


def test_a_topic_without_articles_is_told_so(client: FlaskClient) -> None:
    page = Page(client.get("/topics/medtop:15000000").text)
    assert page.heading == "sport"
    assert "0 articles" in page.one("main").text


def test_the_branch_that_holds_the_sectors_leads_to_them(client: FlaskClient) -> None:
    assert client.get(f"/topics/{SECTORS}").headers["Location"] == "/topics#sectors"


def test_unknown_codes_are_not_found(client: FlaskClient) -> None:
    assert client.get("/topics/medtop:1").status_code == 404
    assert client.get("/topics/medtop:1.json").status_code == 404


def test_the_page_of_the_trees_stays_under_sixty_kilobytes_whatever_occurs(site_of: SiteOf) -> None:
    table = TopicTable.load()
    every = [topic for topic in table.topics.values() if SECTORS not in topic.path]
    sectors = [topic for topic in table.topics.values() if SECTORS in topic.path[:-1]]
    client = site_of([article("Of everything", "Yes.", topics=tuple(every), sectors=tuple(sectors))]).test_client()
    response = client.get("/topics")
    assert len(response.data) < 60_000
    assert all(f"/topics/{topic.code}" in response.text for topic in every if len(topic.path) == 1)


def test_an_empty_archive_has_no_trees(site_of: SiteOf) -> None:
    assert "No article has any." in site_of([]).test_client().get("/topics").text
