from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.archive import (
    ARTICLES,
    EMPTY,
    HARVEST,
    HOSTILE,
    HOSTILE_ARTICLE,
    OIL,
    PIPELINE,
    SERIES,
    TRADE,
    UNDATED,
    article,
)
from tests.conftest import SiteOf
from tests.web.page import Page


def _get(client: FlaskClient, url: str, status: int = 200) -> Page:
    response = client.get(url)
    assert response.status_code == status, response.text
    return Page(response.text)


def _params(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_home_says_what_the_archive_holds(client: FlaskClient) -> None:
    page = _get(client, "/")
    text = page.one("main").text
    assert f"{len(ARTICLES)} articles and 4 quotes, from January 2019 to February 2022" in text
    assert page.link("Ines Calloway") == "/speakers/ines-calloway"
    assert page.link("oil and gas") == "/topics/medtop:20001243"
    assert page.link("international trade") == "/topics/medtop:20000373"
    assert page.link("Lorne") == "/places/lorne"
    assert page.link("NORA") == "/agencies/nora"
    assert page.link(HARVEST.headline) == HARVEST.url


def test_home_charts_the_months_and_writes_them_out_as_a_table(client: FlaskClient) -> None:
    page = _get(client, "/")
    bar = page.all("title")[-1]
    assert bar.text == "February 2022: 1"
    assert page.one("svg", width="100%")["aria-hidden"] == "true"
    table = page.one("table")
    assert table.text.startswith("Articles by month")
    assert [row.text for row in page.all("tr")][-1] == "20221"
    assert [e["href"] for e in page.all("a") if "td" in e.inside][-1] == "/search?from=2022-02&to=2022-02"


def test_an_empty_archive_says_how_to_fill_it(site_of: SiteOf) -> None:
    page = _get(site_of([]).test_client(), "/")
    assert "The archive is empty" in page.one("main").text
    assert "flask index build" in page.one("main").text


def test_results_show_total_hits_and_marks(client: FlaskClient) -> None:
    page = _get(client, "/search?q=pipeline")
    assert page.heading == "1 article for pipeline"
    hit = page.one("li", class_="hit")
    assert hit.text.startswith("Gas pipeline to Ostmark to open in spring 30 November 2021")
    assert "Lorne" in hit.text
    assert "Tomas Brandt" in hit.text
    assert page.all("mark")[0].text == "pipeline"


def test_a_hit_leads_to_the_article_and_keeps_the_search(client: FlaskClient) -> None:
    url = _get(client, "/search?q=pipeline&place=Lorne").link(PIPELINE.headline)
    assert urlsplit(url).path == PIPELINE.url
    assert _params(url) == {"q": ["pipeline"], "place": ["Lorne"], "hit": ["1"]}


def test_facets_have_true_counts_and_are_checkboxes(client: FlaskClient) -> None:
    page = _get(client, "/search?q=wheat")
    box = next(e for e in page.all("a", role="checkbox") if "Ines Calloway" in e.text)
    assert box.text == "Ines Calloway 1"
    assert box["aria-checked"] == "false"
    assert _params(box["href"]) == {"q": ["wheat"], "speaker": ["Ines Calloway"]}


def test_a_second_value_can_be_added_and_each_taken_off(client: FlaskClient) -> None:
    page = _get(client, "/search?place=Lorne")
    boxes = {e.text.rsplit(" ", 1)[0]: e for e in page.all("a", role="checkbox")}
    assert boxes["Lorne"]["aria-checked"] == "true"
    assert boxes["Lorne"]["href"] == "/search"
    assert _params(boxes["Port Velden"]["href"]) == {"place": ["Lorne", "Port Velden"]}
    assert page.link("Take off the filter Place: Lorne") == "/search"


def test_a_value_can_be_excluded_and_allowed_again(client: FlaskClient) -> None:
    out = next(e["href"] for e in _get(client, "/search").all("a", class_="out") if "Lorne" in e.text)
    assert _params(out) == {"not_place": ["Lorne"]}
    page = _get(client, out)
    assert page.link("Not Place: Lorne") == "/search"
    assert "Lorne" not in page.one("ol", class_="hits").text


def test_topics_are_named_in_chips_even_where_nothing_is_found(client: FlaskClient) -> None:
    page = _get(client, "/search?q=unheardof&topic=medtop:04000000")
    assert "Topic: economy, business and finance" in page.one("ul", class_="chips").text


def test_many_values_are_folded(site_of: SiteOf) -> None:
    many = [article(f"News from {n}", "Nothing new.", place=f"Place {n}") for n in range(30)]
    page = _get(site_of(many).test_client(), "/search")
    facet = page.one("section", aria_labelledby="facet-place")
    assert "Show 16 of 30" in facet.text


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


def test_dates_are_a_form_that_keeps_the_search(client: FlaskClient) -> None:
    page = _get(client, "/search?q=wheat&from=2019&to=2022-02&place=Port+Velden")
    assert page.one("input", id="from")["value"] == "2019"
    assert page.one("input", id="to")["value"] == "2022-02"
    hidden = [(e["name"], e["value"]) for e in page.all("input", type="hidden")]
    assert ("q", "wheat") in hidden
    assert ("place", "Port Velden") in hidden
    assert _params(page.link("From: 2019")) == {"q": ["wheat"], "place": ["Port Velden"], "to": ["2022-02"]}


def test_order_and_page_size_are_links(client: FlaskClient) -> None:
    page = _get(client, "/search?q=port")
    assert page.one("a", aria_current="page").text == "Page 1"
    assert [e.text for e in page.all("a", aria_current="true")] == ["Best match", "10"]
    assert _params(page.link("Oldest")) == {"q": ["port"], "sort": ["oldest"]}
    assert _params(page.link("25")) == {"q": ["port"], "size": ["25"]}


def test_pages_lead_through_all_results(client: FlaskClient) -> None:
    seen: list[str] = []
    url = "/search?q=port"
    while url:
        page = _get(client, url)
        seen += [e["href"] for e in page.all("a") if "hit=" in e["href"]]
        url = next((e["href"] for e in page.all("a", rel="next")), "")
    assert len(seen) == len(set(seen)) >= len(SERIES)


def test_a_page_beyond_the_results_is_refused(client: FlaskClient) -> None:
    page = _get(client, "/search?q=pipeline&page=2", 400)
    assert page.heading == "page=2 is beyond the results: the last page is 1."


@pytest.mark.parametrize(
    "bad", ["sort=up", "page=0", "page=x", "size=101", "from=2022-13", "match=some", "to=yesterday"]
)
def test_a_bad_value_is_named_in_a_sentence(client: FlaskClient, bad: str) -> None:
    assert bad in _get(client, f"/search?{bad}", 400).heading


def test_a_query_beyond_the_limits_is_refused(client: FlaskClient) -> None:
    assert "2,000" in _get(client, "/search?q=" + "x" * 2001, 400).heading
    assert "128" in _get(client, "/search?q=" + "x+" * 129, 400).heading


def test_an_empty_box_finds_everything_newest_first(client: FlaskClient) -> None:
    page = _get(client, "/search?q=&match=")
    assert page.heading == f"{len(ARTICLES)} articles"
    assert page.all("a", aria_current="true")[0].text == "Newest"
    assert HARVEST.headline in page.all("li", class_="hit")[0].text


def test_nothing_found_offers_ways_on_with_their_counts(client: FlaskClient) -> None:
    page = _get(client, "/search?q=pipeline&place=Port+Velden&from=2022")
    ways = {e.text: e["href"] for e in page.all("a") if "li" in e.inside and "ul" in e.inside}
    assert _params(ways["No filters at all"]) == {"q": ["pipeline"]}
    assert "No filters at all 1 article" in page.one("ul", class_="ways").text
    assert "Any place" not in page.one("ul", class_="ways").text


def test_an_article_is_laid_out_for_reading(client: FlaskClient) -> None:
    page = _get(client, HARVEST.url)
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
    page = _get(client, HARVEST.url)
    assert [q.text for q in page.all("q")] == [quote.text for quote in HARVEST.quotes]
    assert [q["id"] for q in page.all("q")] == [f"q-{quote.id}" for quote in HARVEST.quotes]
    note = page.one(role="note")
    assert note.text == "Ines Calloway harvest minister 2 quotes, named in the text¶¶"
    links = [e["href"] for e in page.all("a", class_="anchor", title="Link to this quote")]
    assert links[1] == f"#q-{HARVEST.quotes[1].id}:~:text=The%20silos%20are%20full."
    assert page.link("Ines Calloway") == "/search?speaker=Ines+Calloway"


def test_facts_lead_to_their_pages(client: FlaskClient) -> None:
    page = _get(client, HARVEST.url)
    assert page.link("international trade") == "/topics/medtop:20000373"
    assert page.link("Port Velden") == "/places/port-velden"
    assert page.link("NORA") == "/agencies/nora"
    assert page.link("4 February 2022") == "/browse/2022/02/04"
    assert page.link("Where it was published") == "https://nora.example/harvest"


def test_coming_from_a_search_the_words_are_marked(client: FlaskClient) -> None:
    page = _get(client, f"{HARVEST.url}?q=wheat")
    assert page.all("a", class_="anchor")[0]["href"].startswith(f"{HARVEST.url}#p1:~:text=The%20harvest%20of%20wheat")
    assert {mark.text for mark in page.all("mark")} == {"wheat"}
    assert not page.all("nav", class_="trail above")


def test_a_passage_of_a_hit_links_to_its_place(client: FlaskClient) -> None:
    page = _get(client, "/search?q=silos")
    lead, text = [e["href"] for e in page.all("a", class_="anchor")]
    assert lead == f"{HARVEST.url}?q=silos&hit=1#:~:text=The%20minister%20warns%20that%20silos%20are%20full"
    assert text.startswith(f"{HARVEST.url}?q=silos&hit=1#p2:~:text=")
    assert not _get(client, "/search?q=port&size=50").all("a", class_="anchor")


def test_a_trail_leads_back_and_to_the_neighbours(client: FlaskClient) -> None:
    hits = [
        e["href"]
        for e in _get(client, "/search?q=port&sort=oldest&page=2").all("a")
        if "hit=" in e["href"] and "h2" in e.inside
    ]
    page = _get(client, hits[0])
    trail = page.one("nav", class_="trail above")
    assert "Hit 11 of" in trail.text
    assert page.link("Back to the results") == "/search?q=port&sort=oldest&page=2#hit-11"
    assert page.link("Next hit").split("?")[0] == hits[1].split("?")[0]
    assert _params(page.link("Next hit"))["hit"] == ["12"]
    assert _params(page.link("Previous hit"))["hit"] == ["10"]


def test_the_first_and_the_last_hit_have_one_neighbour(client: FlaskClient) -> None:
    page = _get(client, f"{PIPELINE.url}?q=pipeline&hit=1")
    trail = page.one("nav", class_="trail above")
    assert "Previous" not in trail.text
    assert "Next" not in trail.text


def test_a_position_beyond_the_results_has_no_trail(client: FlaskClient) -> None:
    page = _get(client, f"{HARVEST.url}?q=wheat&hit=999")
    assert {mark.text for mark in page.all("mark")} == {"wheat"}
    assert not page.all("nav", class_="trail above")
    assert "Hit 999" not in page.one("main").text


def test_a_position_where_another_article_stands_has_no_trail(client: FlaskClient) -> None:
    first = next(e["href"] for e in _get(client, "/search?q=wheat").all("a") if "hit=1" in e["href"])
    assert PIPELINE.url not in first
    page = _get(client, f"{PIPELINE.url}?q=wheat&hit=1")
    assert not page.all("nav", class_="trail above")
    assert "Hit 1" not in page.one("main").text


@pytest.mark.parametrize("hit", ["0", "x", "-1", "1" * 12, "²"])
def test_a_bad_hit_is_refused(client: FlaskClient, hit: str) -> None:
    assert f"hit={hit}" in _get(client, f"{HARVEST.url}?hit={hit}", 400).heading


@pytest.mark.parametrize("path", [f"/articles/{HARVEST.id}", f"/articles/{HARVEST.id}/an-old-headline"])
def test_short_and_outdated_addresses_lead_to_the_permalink(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?q=wheat%20corn&hit=1")
    assert response.status_code == 301
    assert response.location == f"{HARVEST.url}?q=wheat%20corn&hit=1"


def test_an_unknown_article_is_not_found(client: FlaskClient) -> None:
    assert _get(client, "/articles/0000/nothing", 404).heading == "There is nothing at this address."


def test_an_article_of_nothing_but_a_headline_has_its_page(client: FlaskClient) -> None:
    assert "no text beyond its headline" in _get(client, EMPTY.url).one("article").text


def test_an_article_without_date_place_or_speaker_has_its_page(client: FlaskClient) -> None:
    page = _get(client, UNDATED.url)
    assert "undated (nothing in the article tells)" in page.one("article").text
    assert "Place" not in page.one("dl").text


def test_an_article_is_described_to_machines(client: FlaskClient) -> None:
    page = _get(client, HARVEST.url)
    described = json.loads("".join(page.one("script", type="application/ld+json").pieces))
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == HARVEST.headline
    assert described["datePublished"] == "2022-02-04"
    assert [part["text"] for part in described["hasPart"]] == [quote.text for quote in HARVEST.quotes]
    assert page.one("link", rel="canonical")["href"] == f"http://localhost{HARVEST.url}"
    assert page.one("link", rel="alternate")["href"] == f"/articles/{HARVEST.id}.json"
    assert page.one("meta", property="og:title")["content"] == HARVEST.headline


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    for url in ("/", "/search?q=wheat", HOSTILE_ARTICLE.url, f"{HOSTILE_ARTICLE.url}?q=wheat&hit=1"):
        page = _get(client, url)
        assert not [e for e in page.all("script") if "src" not in e.attributes and "type" not in e.attributes]
        assert not [e for e in page.all("a") if e["href"].startswith("javascript")]
        assert HOSTILE in page.one("main").text
    assert json.loads("".join(page.one("script", type="application/ld+json").pieces))["description"] == HOSTILE


def test_a_hostile_query_stays_text(client: FlaskClient) -> None:
    page = _get(client, f'/search?q={HOSTILE}"><svg/onload=x>&place={HOSTILE}&speaker=" onclick=x')
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
