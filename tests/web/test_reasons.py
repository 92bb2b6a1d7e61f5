"""Each hit tells why it matched, on the page and in JSON."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.archive import article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json


def reasons_on(client: FlaskClient, url: str) -> list[str]:
    return [fold.text for fold in Page(client.get(url).text).all("details", class_="why")]


def test_a_hit_tells_the_words_by_field(client: FlaskClient) -> None:
    (hit,) = read_json(client, "/search.json?q=silo+speaker:calloway+harv*")["hits"]
    assert hit["matched"] == [
        {
            "asked": "silo",
            "found": [
                {"field": "lead", "words": ["silos"], "count": 1},
                {"field": "body", "words": ["silos"], "count": 1},
            ],
        },
        {"asked": "speaker:calloway", "found": [{"field": "speaker", "words": ["Calloway"], "count": 1}]},
        {
            "asked": "harv*",
            "found": [
                {"field": "headline", "words": ["harvest"], "count": 1},
                {"field": "body", "words": ["harvest"], "count": 2},
            ],
        },
    ]


def test_the_page_tells_the_same_in_words(client: FlaskClient) -> None:
    (told,) = reasons_on(client, "/search?q=silo+speaker:calloway+harvest")
    assert told == (
        "Why it matched silo in lead “silos”; text “silos” speaker:calloway in speaker “Calloway” "
        "harvest in headline; text"
    )


def test_what_a_hit_does_without_is_told_too(client: FlaskClient) -> None:
    (told,) = reasons_on(client, "/search?q=silos+calloway+unheardof&match=any")
    assert told.endswith("unheardof is not in it")


def test_a_quote_tells_why_as_well(client: FlaskClient) -> None:
    (told,) = reasons_on(client, "/quotes?q=silo")
    assert told == "Why it matched silo in what is said “silos”"
    (hit,) = read_json(client, "/quotes.json?q=silo")["hits"]
    assert hit["matched"] == [{"asked": "silo", "found": [{"field": "said", "words": ["silos"], "count": 1}]}]


def test_where_no_words_were_asked_for_there_is_no_why(client: FlaskClient) -> None:
    assert reasons_on(client, "/search") == []
    assert all(hit["matched"] == [] for hit in read_json(client, "/search.json")["hits"])


def test_a_page_of_many_hits_leaves_the_reasons_to_its_json(client: FlaskClient) -> None:
    assert len(reasons_on(client, "/search?q=port&size=25")) == 25
    assert reasons_on(client, "/search?q=port&size=50") == []
    assert all(hit["matched"] for hit in read_json(client, "/search.json?q=port&size=50")["hits"])


def test_of_many_words_a_few_are_told(site_of: SiteOf) -> None:
    many = article("Much to eat", "Bread breads breadth breadless breadfruit breadcrumb breadbasket.")
    (told,) = reasons_on(site_of([many]).test_client(), "/search?q=bread*")
    assert told == "Why it matched bread* in text “Bread”, “breads”, “breadth”, “breadless” and 3 more"


def test_of_a_long_query_some_parts_are_told(client: FlaskClient) -> None:
    words = [f"w{n}" for n in range(9)]
    told = reasons_on(client, f"/search?q=silos+{'+'.join(words)}&match=any")[0]
    assert told.count("is not in it") == 5
    assert told.endswith("4 more are told in the JSON")
    (long,) = reasons_on(client, f"/search?q=silos+barley+headline:({'x' * 60}+OR+velden)")
    assert f"headline:{'x' * 31}… is not in it" in long


def test_words_of_an_article_are_text_and_never_markup(client: FlaskClient) -> None:
    response = client.get("/search?q=speaker:script")
    assert reasons_on(client, "/search?q=speaker:script") == [
        "Why it matched speaker:script in speaker “script”",
    ]
    assert "<script>alert" not in response.text
