from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.articles.model import Topic
from search.query.state import SearchState
from search.web.facets import facet_url
from tests.archive import OIL, TRADE, article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json

ENERGY = Topic("medtop:20000256", "energy and resource", OIL.path[:3])
NUMBERS = range(200)


@pytest.fixture(scope="module")
def crowd(site_of: SiteOf) -> Flask:
    """Two hundred speakers, the first of whom speaks most, on oil or on energy at large, some on trade."""
    return site_of(
        article(
            f"Talks about wheat, day {n}",
            "Yes to wheat.",
            published=f"2021-{n % 12 + 1:02d}-01",
            said=(("Ada Ström", "Yes to wheat."), (f"Number{n}", "Yes to wheat.")),
            sectors=(OIL if n % 2 else ENERGY,),
            topics=(TRADE,) if n % 3 else (),
        )
        for n in NUMBERS
    )


def _all_pages(client: FlaskClient, url: str) -> list[dict[str, Any]]:
    first = read_json(client, url)
    more = (read_json(client, f"{url}&page={page}") for page in range(2, first["pages"] + 1))
    return [value for part in (first, *more) for value in part["values"]]


@pytest.mark.parametrize("kind", ["search", "quotes"])
@pytest.mark.parametrize("query", ["?q=wheat", "?from=2021-02&to=2021-09", "?speaker=Ada+Str%C3%B6m"])
def test_the_pages_together_have_every_value_with_the_count_of_the_results(crowd: Flask, kind: str, query: str) -> None:
    client = crowd.test_client()
    size = read_json(client, f"/{kind}.json{query}")["facet_sizes"]["speaker"]
    shown = read_json(client, f"/{kind}.json{query}")["facets"]["speaker"]
    listed = _all_pages(client, f"/{kind}/facets/speaker.json{query}")
    assert len(listed) == len({value["value"] for value in listed}) == size
    counts = {value["value"]: value["count"] for value in listed}
    assert all(counts[value["value"]] == value["count"] for value in shown)
    assert [value["count"] for value in listed] == sorted(counts.values(), reverse=True)


@pytest.mark.parametrize("facet", ["topic", "sector"])
def test_a_tree_has_the_counts_of_the_results(crowd: Flask, facet: str) -> None:
    client = crowd.test_client()
    shown = {value["value"]: value["count"] for value in read_json(client, "/search.json?q=wheat")["facets"][facet]}
    listed = _all_pages(client, f"/search/facets/{facet}.json?q=wheat")
    assert {value["value"]: value["count"] for value in listed} == shown


def test_narrower_sectors_lie_folded_under_wider_ones(crowd: Flask) -> None:
    page = Page(crowd.test_client().get("/search/facets/sector?q=wheat").text)
    (oil,) = (link for link in page.all("a", role="checkbox") if OIL.label in link.text)
    assert "details" in oil.inside
    assert "open" not in page.all("details")[0].attributes


def test_branches_that_hold_a_chosen_value_lie_open(crowd: Flask) -> None:
    page = Page(crowd.test_client().get(f"/search/facets/sector?sector={OIL.code}").text)
    assert "open" in page.all("details")[0].attributes


def test_the_one_branch_of_a_page_lies_open_where_there_are_more_pages(site: Flask, site_of: SiteOf) -> None:
    table = site.extensions["topics"].topics
    within = [topic for topic in table.values() if topic.path[0] == TRADE.path[0]][:100]
    many = site_of([article("About all of it", "Wheat.", topics=tuple(within))])
    page = Page(many.test_client().get("/search/facets/topic").text)
    assert page.link("Next")
    assert "open" in page.all("details")[0].attributes


def test_values_can_be_had_in_the_order_of_the_alphabet(crowd: Flask) -> None:
    listed = read_json(crowd.test_client(), "/search/facets/speaker.json?order=name")["values"]
    names = [value["label"] for value in listed]
    assert names[0] == "Ada Ström"
    assert names == sorted(names, key=str.casefold)


def test_words_narrow_the_values_without_regard_to_accents(crowd: Flask) -> None:
    client = crowd.test_client()
    assert [v["label"] for v in read_json(client, "/search/facets/speaker.json?words=STROM")["values"]] == ["Ada Ström"]
    assert read_json(client, "/search/facets/speaker.json?words=number19")["found"] == 11
    assert "No speaker here" in client.get("/search/facets/speaker?words=nobody").text


def test_choosing_a_value_stays_on_the_list_and_keeps_the_search(crowd: Flask) -> None:
    client = crowd.test_client()
    url = "/search/facets/speaker?q=wheat&from=2021&words=number7&order=name"
    chosen = Page(client.get(url).text).link("Number7")
    assert chosen == "/search/facets/speaker?q=wheat&speaker=Number7&from=2021&words=number7&order=name"
    page = Page(client.get(chosen).text)
    assert page.link("Show the 1 article") == "/search?q=wheat&speaker=Number7&from=2021"
    ticked = [box for box in page.all("a", role="checkbox") if box["aria-checked"] == "true"]
    assert [box["href"] for box in ticked] == ["/search/facets/speaker?q=wheat&from=2021&words=number7&order=name"]


def test_a_value_can_be_left_out_and_allowed_again(crowd: Flask) -> None:
    client = crowd.test_client()
    left_out = Page(client.get("/quotes/facets/speaker?words=strom").text).link("not Ada Ström")
    assert left_out == "/quotes/facets/speaker?not_speaker=Ada+Str%C3%B6m&words=strom"
    assert Page(client.get(left_out).text).link("allow Ada Ström") == "/quotes/facets/speaker?words=strom"


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_facet_that_does_not_exist_is_not_found(client: FlaskClient, suffix: str) -> None:
    assert client.get(f"/search/facets/colour{suffix}").status_code == 404


@pytest.mark.parametrize("query", ["order=size", "page=99", "from=soon"])
def test_bad_values_are_named(crowd: Flask, query: str) -> None:
    response = crowd.test_client().get(f"/search/facets/speaker.json?{query}")
    assert response.status_code == 400
    assert query in response.get_json()["error"]["message"]


def test_only_trees_can_be_had_as_trees(client: FlaskClient) -> None:
    assert client.get("/search/facets/place?order=tree").status_code == 400
    assert client.get("/search/facets/topic?order=tree").status_code == 200


def test_nothing_found_has_nothing_to_list(client: FlaskClient) -> None:
    assert "These results have no places" in client.get("/search/facets/place?q=unheardof").text


@pytest.mark.parametrize("query", ["", f"q={'wheat+' * 300}&match=any"])
def test_a_page_stays_small_however_long_its_address(crowd: Flask, query: str) -> None:
    assert len(crowd.test_client().get(f"/search/facets/speaker?{query}").data) < 60_000


def test_the_results_link_to_a_long_facet_in_full(crowd: Flask) -> None:
    page = Page(crowd.test_client().get("/search?q=wheat&page=2").text)
    assert page.link("All 201 speakers") == facet_url(SearchState(q="wheat"), "speaker")
