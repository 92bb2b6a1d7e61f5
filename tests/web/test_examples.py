from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app import create_app
from search.fields import QUERY_FIELDS
from search.query.results import FacetCount, MonthCount, Results
from search.query.state import SearchState
from search.query.syntax import parse
from search.web.examples import sections
from tests.index.naive import NaiveEngine
from tests.web.page import Page

ODD = ("“Ice” and OR: (x)", "Ærø-Nørre 7", '"', "東京 港", "…")


def questions(archive: Results) -> list[str]:
    return [example.q for section in sections(archive) for example in section.examples]


def archive_of(name: str) -> Results:
    count = FacetCount(name, name, 1)
    names = dict.fromkeys(("speaker", "topic", "sector", "place", "agency"), (count,))
    return Results(total=1, facets=names, histogram=(MonthCount("1987-03", 1), MonthCount("1987-10", 2)))


EXAMPLES = questions(Results(total=0))


@pytest.mark.parametrize("q", [*EXAMPLES, *(q for name in ODD for q in questions(archive_of(name)))])
def test_an_example_is_read_without_a_remark(q: str) -> None:
    assert parse(q).diagnostics == ()


def test_names_and_dates_are_those_of_the_archive() -> None:
    asked = questions(archive_of("Port Velden"))
    assert {"speaker:velden", 'place:"port velden"', "date:1987", "date:1987-10", "date:1986..1987-10 budget"} <= {
        *asked
    }
    assert not any("2022" in q for q in asked)


def test_each_example_is_a_link_that_works(client: FlaskClient) -> None:
    links = [e["href"] for e in Page(client.get("/help").text).all("a") if e["href"].startswith("/search?q=")]
    assert len(links) == len(EXAMPLES)
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize("field", ["speaker", "topic", "sector", "place", "agency", "date"])
def test_an_example_that_names_something_finds_it(client: FlaskClient, field: str) -> None:
    page = Page(client.get("/help").text)
    link = next(e["href"] for e in page.all("a") if e.text.startswith(f"{field}:"))
    assert client.get(link.replace("/search?", "/search.json?")).get_json()["total"] > 0


def test_every_field_has_an_example() -> None:
    assert [field for field in QUERY_FIELDS if not any(f"{field}:" in q for q in EXAMPLES)] == []


def test_there_is_help_before_there_is_an_archive() -> None:
    page = Page(create_app(engine=NaiveEngine(str)).test_client().get("/help").text)
    for q in EXAMPLES:
        assert page.link(q) == SearchState(q=q).url()
