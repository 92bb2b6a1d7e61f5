from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from app import create_app
from search.web import sitemap
from tests.archive import ARTICLES, HARVEST, OIL

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def _locations(client: FlaskClient, url: str) -> dict[str, str | None]:
    """Address -> date of last change."""
    response = client.get(url)
    assert response.content_type == "application/xml; charset=utf-8"
    found = ElementTree.fromstring(response.data)
    return {one.findtext(f"{MAP}loc", ""): one.findtext(f"{MAP}lastmod") for one in found}


def test_the_sitemap_names_every_article_with_its_date(client: FlaskClient) -> None:
    assert next(iter(_locations(client, "/sitemap.xml"))) == "http://localhost/sitemap-1.xml"
    assert _locations(client, "/sitemap-1.xml") == {
        f"http://localhost{article.url}": article.published for article in ARTICLES
    }


def test_a_large_archive_is_told_in_parts_oldest_first(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PART", 20)
    parts = [url.removeprefix("http://localhost") for url in _locations(client, "/sitemap.xml")]
    assert parts[:3] == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    found = [list(_locations(client, part)) for part in parts[:3]]
    assert [len(part) for part in found] == [20, 20, 5]
    assert len({url for part in found for url in part}) == len(ARTICLES)
    assert f"http://localhost{HARVEST.url}" in found[2]


def test_the_sitemap_names_the_pages_of_names_topics_and_dates(client: FlaskClient) -> None:
    parts = [url.removeprefix("http://localhost") for url in _locations(client, "/sitemap.xml")]
    found = {
        url.removeprefix("http://localhost"): date for part in parts for url, date in _locations(client, part).items()
    }
    assert {"/", "/speakers", "/agencies", "/browse", "/help"} <= found.keys()
    assert {"/speakers/ines-calloway", "/places/port-velden", "/agencies/nora", f"/topics/{OIL.code}"} <= found.keys()
    assert {"/browse/2022", "/browse/2022/02", "/browse/2022/02/04"} <= found.keys()
    assert found["/browse/2022/02"] == found["/browse/2022/02/04"] == "2022-02-04"
    assert all(client.get(url).status_code == 200 for url in found)


def test_many_names_are_told_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(_locations(client, "/sitemap-places-1.xml"))
    monkeypatch.setattr(sitemap, "PART", 1)
    parts = [url.removeprefix("http://localhost") for url in _locations(client, "/sitemap.xml") if "places" in url]
    assert [url for part in parts for url in _locations(client, part)] == whole
    assert client.get(f"/sitemap-places-{len(parts) + 1}.xml").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/sitemap-2.xml",
        "/sitemap-days.xml",
        "/sitemap-speakers.xml",
        "/sitemap-speakers-0.xml",
        "/sitemap-0.xml",
        "/sitemap--1.xml",
        "/sitemap-99999999999.xml",
    ],
)
def test_there_are_no_other_parts(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_robots_are_told_of_the_sitemap_and_kept_from_searches(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert {"Disallow: /search", "Disallow: /quotes?"} <= set(lines)


def test_browsers_learn_how_to_search_here(client: FlaskClient) -> None:
    assert 'rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in client.get("/").text
    response = client.get("/opensearch.xml")
    assert response.content_type == "application/opensearchdescription+xml; charset=utf-8"
    found = ElementTree.fromstring(response.data)
    assert 0 < len(found.findtext(f"{SEARCH}ShortName", "")) <= 16
    templates = {url.attrib["type"]: url.attrib["template"] for url in found.findall(f"{SEARCH}Url")}
    assert templates["text/html"] == "http://localhost/search?q={searchTerms}"
    for kind in ("text/html", "application/atom+xml", "application/json"):
        url = templates[kind].removeprefix("http://localhost")
        asked = url.replace("{searchTerms}", "wheat").replace("{startPage?}", "").replace("{count?}", "")
        assert client.get(asked).mimetype == kind


@pytest.mark.parametrize("part", ["sitemap", "sitemap-1", "sitemap-speakers-1", "sitemap-topics", "sitemap-dates"])
def test_without_an_index_no_part_begins(tmp_path: Path, part: str) -> None:
    client = create_app({"BACKFILE_ENGINE": f"whoosh:{tmp_path}/none"}).test_client()
    assert client.get(f"/{part}.xml").status_code == 503
