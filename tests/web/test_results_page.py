from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.archive import (
    ARTICLES,
    HARVEST,
    PIPELINE,
    SERIES,
    article,
)
from tests.conftest import SiteOf
from tests.web.page import page_at, params


def test_results_show_total_hits_and_marks(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=pipeline")
    assert page.heading == "1 article for pipeline"
    hit = page.one("li", class_="hit")
    assert hit.text.startswith("Gas pipeline to Ostmark to open in spring 30 November 2021")
    assert "Lorne" in hit.text
    assert "Tomas Brandt" in hit.text
    assert page.all("mark")[0].text == "pipeline"


def test_a_hit_leads_to_the_article_and_keeps_the_search(client: FlaskClient) -> None:
    url = page_at(client, "/search?q=pipeline&place=Lorne").link(PIPELINE.headline)
    assert urlsplit(url).path == PIPELINE.url
    assert params(url) == {"q": ["pipeline"], "place": ["Lorne"], "hit": ["1"]}


def test_facets_have_true_counts_and_are_checkboxes(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=wheat")
    box = next(e for e in page.all("a", role="checkbox") if "Ines Calloway" in e.text)
    assert box.text == "Ines Calloway 1"
    assert box["aria-checked"] == "false"
    assert params(box["href"]) == {"q": ["wheat"], "speaker": ["Ines Calloway"]}


def test_a_second_value_can_be_added_and_each_taken_off(client: FlaskClient) -> None:
    page = page_at(client, "/search?place=Lorne")
    boxes = {e.text.rsplit(" ", 1)[0]: e for e in page.all("a", role="checkbox")}
    assert boxes["Lorne"]["aria-checked"] == "true"
    assert boxes["Lorne"]["href"] == "/search"
    assert params(boxes["Port Velden"]["href"]) == {"place": ["Lorne", "Port Velden"]}
    assert page.link("Take off the filter Place: Lorne") == "/search"


def test_a_value_can_be_excluded_and_allowed_again(client: FlaskClient) -> None:
    out = next(e["href"] for e in page_at(client, "/search").all("a", class_="out") if "Lorne" in e.text)
    assert params(out) == {"not_place": ["Lorne"]}
    page = page_at(client, out)
    assert page.link("Not place: Lorne") == "/search"
    assert "Lorne" not in page.one("ol", class_="hits").text


def test_topics_are_named_in_chips_even_where_nothing_is_found(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=unheardof&topic=medtop:04000000")
    assert "Topic: economy, business and finance" in page.one("ul", class_="chips").text


def test_only_filters_that_can_be_chosen_are_announced(client: FlaskClient) -> None:
    assert page_at(client, "/search").all("summary")[1].text == "Filter by date, speaker, topic, sector, place"
    assert page_at(client, "/search?q=unheardof").one("summary").text == "Filter by date"


def test_many_values_are_folded(site_of: SiteOf) -> None:
    many = [article(f"News from {n}", "Nothing new.", place=f"Place {n}") for n in range(30)]
    page = page_at(site_of(many).test_client(), "/search")
    facet = page.one("section", aria_labelledby="facet-place")
    assert "Show 16 of 30" in facet.text


def test_dates_are_a_form_that_keeps_the_search(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=wheat&from=2019&to=2022-02&place=Port+Velden")
    assert page.one("input", id="from")["value"] == "2019"
    assert page.one("input", id="to")["value"] == "2022-02"
    hidden = [(e["name"], e["value"]) for e in page.all("input", type="hidden")]
    assert ("q", "wheat") in hidden
    assert ("place", "Port Velden") in hidden
    assert params(page.link("From: 2019")) == {"q": ["wheat"], "place": ["Port Velden"], "to": ["2022-02"]}


def test_order_and_page_size_are_links(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=port")
    assert page.one("a", aria_current="page").text == "Page 1"
    assert [e.text for e in page.all("a", aria_current="true")] == ["Best match", "10"]
    assert params(page.link("Oldest")) == {"q": ["port"], "sort": ["oldest"]}
    assert params(page.link("25")) == {"q": ["port"], "size": ["25"]}


def test_pages_lead_through_all_results(client: FlaskClient) -> None:
    seen: list[str] = []
    url = "/search?q=port"
    while url:
        page = page_at(client, url)
        seen += [e["href"] for e in page.all("a") if "hit=" in e["href"]]
        url = next((e["href"] for e in page.all("a", rel="next")), "")
    assert len(seen) == len(set(seen)) >= len(SERIES)


def test_a_page_beyond_the_results_is_refused(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=pipeline&page=2", 400)
    assert page.heading == "page=2 is beyond the results: the last page is 1."


@pytest.mark.parametrize(
    "bad", ["sort=up", "page=0", "page=x", "size=101", "from=2022-13", "match=some", "to=yesterday"]
)
def test_a_bad_value_is_named_in_a_sentence(client: FlaskClient, bad: str) -> None:
    assert bad in page_at(client, f"/search?{bad}", 400).heading


def test_a_query_beyond_the_limits_is_refused(client: FlaskClient) -> None:
    assert "2,000" in page_at(client, "/search?q=" + "x" * 2001, 400).heading
    assert "128" in page_at(client, "/search?q=" + "x+" * 129, 400).heading


def test_an_empty_box_finds_everything_newest_first(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=&match=")
    assert page.heading == f"{len(ARTICLES)} articles"
    assert page.all("a", aria_current="true")[0].text == "Newest"
    assert HARVEST.headline in page.all("li", class_="hit")[0].text


def test_nothing_found_offers_ways_on_with_their_counts(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=pipeline&place=Port+Velden&from=2022")
    ways = {e.text: e["href"] for e in page.all("a") if "li" in e.inside and "ul" in e.inside}
    assert params(ways["No filters at all"]) == {"q": ["pipeline"]}
    assert "No filters at all 1 article" in page.one("ul", class_="ways").text
    assert "Any place" not in page.one("ul", class_="ways").text


def test_a_passage_of_a_hit_links_to_its_place(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=silos")
    lead, text = [e["href"] for e in page.all("a", class_="anchor")]
    assert lead == f"{HARVEST.url}?q=silos&hit=1#:~:text=The%20minister%20warns%20that%20silos%20are%20full"
    assert text.startswith(f"{HARVEST.url}?q=silos&hit=1#p2:~:text=")
    assert not page_at(client, "/search?q=port&size=50").all("a", class_="anchor")
