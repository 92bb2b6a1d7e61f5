from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.archive import (
    ARTICLES,
    HARVEST,
    HOSTILE,
    HOSTILE_ARTICLE,
    OIL,
    TRADE,
    article,
)
from tests.conftest import SiteOf
from tests.web.page import Page, page_at


def test_home_says_what_the_archive_holds(client: FlaskClient) -> None:
    page = page_at(client, "/")
    text = page.one("main").text
    assert f"{len(ARTICLES)} articles and 4 quotes, from January 2019 to February 2022" in text
    assert page.link("Ines Calloway") == "/speakers/ines-calloway"
    assert page.link("oil and gas") == "/topics/medtop:20001243"
    assert page.link("international trade") == "/topics/medtop:20000373"
    assert page.link("Lorne") == "/places/lorne"
    assert page.link("NORA") == "/agencies/nora"
    assert page.link(HARVEST.headline) == HARVEST.url


def test_home_counts_names_as_the_lists_do_that_it_leads_to(site_of: SiteOf) -> None:
    said = [(name, "Yes.") for name in ("Ines Calloway", "Inès Calloway", "Tomas Brandt")]
    client = site_of(
        [article(f"Of {name}", "Yes.", said=(words,)) for name, words in zip("ABC", said, strict=True)]
    ).test_client()
    assert "2 speakers" in page_at(client, "/speakers").heading
    assert page_at(client, "/").one("h2", id="facet-speaker").text == "Speakers 2"


def test_home_charts_the_months_and_writes_them_out_as_a_table(client: FlaskClient) -> None:
    page = page_at(client, "/")
    bar = page.all("title")[-1]
    assert bar.text == "February 2022: 1"
    assert page.one("svg", width="100%")["aria-hidden"] == "true"
    table = page.one("table")
    assert table.text.startswith("Articles by month")
    assert [row.text for row in page.all("tr")][-1] == "20221"
    assert [e["href"] for e in page.all("a") if "td" in e.inside][-1] == "/search?from=2022-02&to=2022-02"


def test_an_empty_archive_says_how_to_fill_it(site_of: SiteOf) -> None:
    page = page_at(site_of([]).test_client(), "/")
    assert "The archive is empty" in page.one("main").text
    assert "flask index build" in page.one("main").text


def test_pages_stay_under_sixty_kilobytes(site_of: SiteOf) -> None:
    many = [
        article(
            f"The council of district number {n} discusses the budget for the coming year",
            f"“We will not raise the budget,” speaker {n} said.",
            published=f"{2015 + n % 7}-{n // 7 % 12 + 1:02d}-01",
            place=f"District Town Number {n}",
            agency=f"Agency {n}",
            said=((f"Councillor Josephine Number{n}", "We will not raise the budget,"),),
            sectors=(OIL,),
            topics=(TRADE,),
        )
        for n in range(7 * 12)
    ]
    client = site_of(many).test_client()
    longer = ("budget", "district AND budget", "budget OR council", "(budget OR council) AND (district OR coming)")
    for url in ("/", many[0].url, *(f"/{kind}?q={q}&not_place=Lorne" for q in longer for kind in ("search", "quotes"))):
        assert len(client.get(url).data) < 60_000, url


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    for url in ("/", "/search?q=wheat", HOSTILE_ARTICLE.url, f"{HOSTILE_ARTICLE.url}?q=wheat&hit=1"):
        page = page_at(client, url)
        assert not [e for e in page.all("script") if "src" not in e.attributes and "type" not in e.attributes]
        assert not [e for e in page.all("a") if e["href"].startswith("javascript")]
        assert HOSTILE in page.one("main").text
    assert json.loads("".join(page.one("script", type="application/ld+json").pieces))["description"] == HOSTILE


def test_a_hostile_query_stays_text(client: FlaskClient) -> None:
    page = page_at(client, f'/search?q={HOSTILE}"><svg/onload=x>&place={HOSTILE}&speaker=" onclick=x')
    assert all(script["src"].startswith("/static/") and not script.text for script in page.all("script"))
    assert HOSTILE in page.heading
    assert not [e for e in page.elements if any(name.startswith("on") for name in e.attributes)]


def test_no_page_has_inline_style_or_script(client: FlaskClient) -> None:
    for url in ("/", "/search?q=wheat", HARVEST.url, "/help", "/none"):
        page = Page(client.get(url).text)
        assert not page.all("style")
        assert not [e for e in page.elements if "style" in e.attributes]
        assert all("src" in e.attributes or e["type"] == "application/ld+json" for e in page.all("script"))


def test_robots_may_read_articles_but_not_wander_through_searches(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert "Disallow: /search" in response.text


def test_every_page_has_one_heading_landmarks_and_a_way_past_the_header(client: FlaskClient) -> None:
    for url in ("/", "/search?q=wheat", "/search?q=unheardof", HARVEST.url, "/help", "/none", "/search?page=x"):
        page = Page(client.get(url).text)
        assert page.heading
        assert page.one("main")["id"] == "main"
        assert page.one("a", class_="skip")["href"] == "#main"
        assert page.one("html")["lang"] == "en"
        ids = [e["id"] for e in page.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids)), url


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/search", "Articles"),
        (HARVEST.url, "Articles"),
        ("/quotes", "Quotes"),
        ("/speakers/ines-calloway", "Speakers"),
        ("/topics/medtop:04000000", "Topics"),
        ("/places/port-velden", "Places"),
        ("/browse/2022/02", "By date"),
        ("/agencies/nora", "Agencies"),
        ("/api", "For programs"),
        ("/help", "Help"),
    ],
)
def test_the_way_to_where_one_is_is_marked(client: FlaskClient, path: str, name: str) -> None:
    links = page_at(client, path).all("a", aria_current="location")
    assert [link.text for link in links if link.inside[-1] == "nav" and link.inside[-2] in ("header", "footer")] == [
        name
    ]
