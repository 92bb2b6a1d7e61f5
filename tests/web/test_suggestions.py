"""What is suggested while typing, for the search box and for the address bars of browsers."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.archive import HARVEST, HOSTILE, HOSTILE_ARTICLE, OIL, article
from tests.conftest import SiteOf
from tests.web.page import read_json

SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def suggested(client: FlaskClient, q: str) -> list[tuple[str, str, str]]:
    found = read_json(client, f"/suggest.json?q={q}")["suggestions"]
    return [(one["kind"], one["label"], one["url"]) for one in found]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("callo", [("speaker", "Ines Calloway", "/speakers/ines-calloway")]),
        ("C+INES", [("speaker", "Ines Calloway", "/speakers/ines-calloway")]),
        (
            "gas",
            [
                ("sector", "oil and gas", f"/topics/{OIL.code}"),
                ("headline", "Gas pipeline to Ostmark to open in spring", ""),
            ],
        ),
        ("lorn", [("place", "Lorne", "/places/lorne")]),
        ("nor", [("agency", "NORA", "/agencies/nora")]),
        ("agency:NORA", [("agency", "NORA", "/agencies/nora")]),
        ("velden+grain", [("headline", HARVEST.headline, HARVEST.url)]),
        ("place:port", [("place", "Port Velden", "/places/port-velden")]),
        ("speaker:port", []),
        ("speaker:", []),
        ("", []),
        ("zzz", []),
    ],
)
def test_names_and_headlines_are_suggested_with_where_they_lead(
    client: FlaskClient, q: str, expected: list[tuple[str, str, str]]
) -> None:
    found = suggested(client, q)
    assert [(kind, label) for kind, label, _ in found] == [(kind, label) for kind, label, _ in expected]
    assert all(url in ("", found[n][2]) for n, (_, _, url) in enumerate(expected))


def test_every_suggestion_leads_somewhere(client: FlaskClient) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for one in read_json(client, f"/suggest.json?q={letter}")["suggestions"]:
            assert client.get(one["url"]).status_code == 200
            if one["search_url"]:
                page = read_json(client, one["search_url"].replace("?", ".json?"))
                assert page["total"] == one["count"]


def test_a_suggestion_tells_what_it_is(client: FlaskClient) -> None:
    (speaker,) = read_json(client, "/suggest.json?q=calloway")["suggestions"]
    assert speaker == {
        "kind": "speaker",
        "value": "Ines Calloway",
        "label": "Ines Calloway",
        "count": 1,
        "told": "Speaker, 1 article",
        "url": "/speakers/ines-calloway",
        "search_url": "/search?speaker=Ines+Calloway",
    }
    headline = read_json(client, "/suggest.json?q=velden+grain")["suggestions"][0]
    assert (headline["told"], headline["search_url"]) == ("Headline", None)


def test_a_few_of_each_kind_are_suggested_and_more_where_one_is_asked_for(site_of: SiteOf) -> None:
    many = [
        article(f"Norland {n}", "“Yes,” he said.", said=((f"Nor Man {n}", "Yes,"),), place="Norby") for n in range(9)
    ]
    client = site_of(many).test_client()
    kinds = [kind for kind, _, _ in suggested(client, "nor")]
    assert kinds == ["place", "agency"] + ["speaker"] * 4 + ["headline"] * 3
    assert [kind for kind, _, _ in suggested(client, "speaker:nor")] == ["speaker"] * 8


def test_what_fits_best_comes_first_whatever_its_kind(site_of: SiteOf) -> None:
    archive = [
        *(article(f"Lorne {n}", "“Yes,” he said.", said=(("Ada Lorne", "Yes,"),), place="Lorne") for n in range(3)),
        *(article(f"Rain {n}", "“Yes,” he said.", said=(("Bo Lornes", "Yes,"),), place="Lorne Bay") for n in range(5)),
    ]
    found = suggested(site_of(archive).test_client(), "lorne")
    names = [label for kind, label, _ in found if kind != "headline"]
    assert names == ["Lorne", "Lorne Bay", "Bo Lornes", "Ada Lorne"]
    assert [kind for kind, _, _ in found[len(names) :]] == ["headline"] * 3


def test_browsers_get_labels_what_they_are_and_addresses(client: FlaskClient) -> None:
    response = client.get("/suggest.opensearch.json?q=callo")
    assert response.mimetype == "application/x-suggestions+json"
    assert response.get_json(force=True) == [
        "callo",
        ["Ines Calloway"],
        ["Speaker, 1 article"],
        ["http://localhost/speakers/ines-calloway"],
    ]
    urls = {
        url.get("type"): url for url in ElementTree.fromstring(client.get("/opensearch.xml").text).iter(f"{SEARCH}Url")
    }
    template = urls["application/x-suggestions+json"].get("template", "")
    assert client.get(template.replace("{searchTerms}", "lorn")).get_json(force=True)[1] == ["Lorne"]


def test_suggestions_are_kept_for_a_while_and_no_longer_than_the_archive(client: FlaskClient) -> None:
    response = client.get("/suggest.json?q=callo")
    assert response.headers["Cache-Control"] == "max-age=60"
    assert client.get("/suggest.json?q=callo", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_hostile_names_are_plain_values(client: FlaskClient) -> None:
    found = read_json(client, "/suggest.json?q=script")["suggestions"]
    assert {one["label"] for one in found} >= {HOSTILE, HOSTILE_ARTICLE.headline}
    assert client.get("/suggest.json?q=" + "%00%ff" * 50).status_code == 200
