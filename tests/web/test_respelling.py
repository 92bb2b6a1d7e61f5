"""A filter that names nobody of the archive leads to the names that were probably meant."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from tests.archive import HOSTILE
from tests.web.page import Page, read_json


@pytest.mark.parametrize(
    ("facet", "asked", "meant"),
    [
        ("speaker", "Ines Caloway", "Ines Calloway"),
        ("speaker", "calloway", "Ines Calloway"),
        ("speaker", "INES CALLOWAY", "Ines Calloway"),
        ("place", "Lorn", "Lorne"),
        ("place", "Velden", "Port Velden"),
        ("agency", "Norra", "NORA"),
    ],
)
def test_a_misspelt_filter_leads_to_the_name(client: FlaskClient, facet: str, asked: str, meant: str) -> None:
    page = Page(client.get(f"/search?{facet}={quote_plus(asked)}").text)
    assert page.link(f"{facet.capitalize()} {meant}") == f"/search?{facet}={quote_plus(meant)}"
    (way, *_) = read_json(client, f"/search.json?{facet}={quote_plus(asked)}")["ways"]
    assert way["label"] == f"{facet.capitalize()} {meant}"
    assert read_json(client, way["url"].replace("?", ".json?"))["total"] == way["count"] > 0


def test_the_rest_of_the_search_stays(client: FlaskClient) -> None:
    (way, *_) = read_json(client, "/search.json?q=silos&speaker=Ines+Caloway&from=2022")["ways"]
    assert way == {
        "label": "Speaker Ines Calloway",
        "url": "/search?q=silos&speaker=Ines+Calloway&from=2022",
        "count": 1,
    }


@pytest.mark.parametrize("value", ["Nobody Atall", "…", "x" * 300, HOSTILE, "medtop:1"])
def test_who_is_like_nobody_leads_nowhere(client: FlaskClient, value: str) -> None:
    found = read_json(client, f"/search.json?q=unheardof&speaker={quote_plus(value)}&topic=medtop:1")
    assert not [way for way in found["ways"] if way["label"].startswith("Speaker")]


def test_a_known_name_is_not_respelt(client: FlaskClient) -> None:
    found = read_json(client, "/search.json?speaker=Ines+Calloway&place=Lorne")
    assert [way["label"] for way in found["ways"]] == ["Any speaker", "Any place", "No filters at all"]


def test_where_something_is_found_there_are_no_other_ways(client: FlaskClient) -> None:
    assert read_json(client, "/search.json?q=wheat")["ways"] == []
