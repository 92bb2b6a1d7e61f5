from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.articles.model import Topic
from search.query.state import from_args
from search.web.matrix import ROWS, matrix, matrix_url
from tests.archive import OIL, TRADE, article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json

OTHER_SECTOR = Topic("medtop:20000211", "agriculture", (*OIL.path[:2], "medtop:20000211"))
SPEAKERS = [f"Speaker Number{n}" for n in range(20)]


@pytest.fixture(scope="module")
def busy(site_of: SiteOf) -> Flask:
    """Twenty speakers, on one sector, on another or on both."""
    return site_of(
        article(
            f"Talks about wheat, day {n}",
            "Yes to wheat.",
            published=f"2021-{n % 12 + 1:02d}-01",
            said=tuple((SPEAKERS[(n * step) % 20], "Yes to wheat.") for step in (1, 3, 7)),
            sectors=((OIL,), (OTHER_SECTOR,), (OIL, OTHER_SECTOR))[n % 3],
            topics=(TRADE,) if n % 2 else (),
        )
        for n in range(45)
    )


SEARCHES = [
    "",
    "?q=wheat&from=2021-02&to=2021-11",
    "?speaker=Speaker+Number1&speaker=Speaker+Number3",
    "?sector=medtop:20000211",
    "?not_speaker=Speaker+Number1&not_sector=medtop:20001243",
    "?columns=topic&place=Port+Velden",
]


@pytest.mark.parametrize("kind", ["search", "quotes"])
@pytest.mark.parametrize("query", SEARCHES)
def test_every_cell_counts_what_its_search_finds(busy: Flask, kind: str, query: str) -> None:
    client = busy.test_client()
    found = read_json(client, f"/{kind}/matrix.json{query}")
    assert found["rows"]
    assert found["columns"]
    for one in (*found["columns"], *found["rows"], *(cell for row in found["rows"] for cell in row["cells"])):
        path, _, params = one["url"].partition("?")
        assert read_json(client, f"{path}.json?{params}")["total"] == one["count"], one["url"]


def test_rows_are_the_chosen_speakers_or_the_most_frequent(busy: Flask) -> None:
    client = busy.test_client()
    chosen = read_json(client, "/search/matrix.json?speaker=Speaker+Number1&speaker=Speaker+Number3")
    assert {row["label"] for row in chosen["rows"]} == {"Speaker Number1", "Speaker Number3"}
    counts = [row["count"] for row in read_json(client, "/search/matrix.json")["rows"]]
    assert len(counts) == ROWS
    assert counts == sorted(counts, reverse=True)


def test_the_page_is_a_table_with_headings_whose_cells_are_links(client: FlaskClient) -> None:
    page = Page(client.get("/search/matrix?q=gas").text)
    assert page.heading == "Speakers by sector, for gas"
    assert {e["scope"] for e in page.all("th")} == {"col", "row"}
    cell = next(e["href"] for e in page.all("a") if "td" in e.inside)
    assert cell.startswith("/search?q=gas&speaker=Tomas+Brandt&sector=medtop%3A")
    assert page.link("Topics") != page.link("Sectors")
    assert page.link("Back to the 1 article") == "/search?q=gas"


def test_results_lead_to_their_matrix(client: FlaskClient) -> None:
    assert Page(client.get("/quotes?q=gas").text).link("Who speaks on what") == "/quotes/matrix?q=gas"


def test_a_search_without_speakers_has_no_table(client: FlaskClient) -> None:
    assert "Nobody speaks in these results." in client.get("/search/matrix?q=unheardof").text


def test_columns_must_be_sectors_or_topics(client: FlaskClient) -> None:
    assert client.get("/search/matrix?columns=place").status_code == 400
    assert matrix_url(from_args([("q", "gas"), ("page", "2")]), "topic") == "/search/matrix?q=gas&columns=topic"


def test_pages_stay_under_sixty_kilobytes_even_for_long_searches(busy: Flask) -> None:
    url = "/search/matrix?q=" + " OR ".join(["wheat"] * 60) + "&columns=sector"
    response = busy.test_client().get(url)
    assert response.status_code == 200
    assert len(response.data) < 60_000


def test_rows_and_columns_are_bounded_by_what_there_is(site: Flask) -> None:
    with site.test_request_context():
        found = matrix(site.extensions["engine"], from_args([]), "sector")
    assert len(found.rows) == 3
    assert (found.speakers, found.subjects) == (3, len(found.columns))
