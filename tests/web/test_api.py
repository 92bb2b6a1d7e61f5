from __future__ import annotations

from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from app import create_app
from search.articles.model import Article
from search.index.engine import DamagedIndex, EngineError, NoIndex, QueryTimeout, Status
from search.query.results import Question, Results
from tests.archive import ARTICLES, HARVEST
from tests.index.naive import NaiveEngine


def _json(client: FlaskClient, url: str, status: int = 200) -> dict[str, Any]:
    response = client.get(url)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    return cast("dict[str, Any]", response.get_json())


def test_a_search_has_every_key_of_the_contract_in_its_order(client: FlaskClient) -> None:
    answer = _json(client, "/search.json?q=silos&place=Port+Velden&from=2022&not_speaker=Nobody")
    assert list(answer) == [
        *("query", "diagnostics", "total", "page", "size", "took_ms"),
        *("hits", "facets", "facet_sizes", "histogram", "suggestion", "ways"),
    ]
    assert answer["query"] == {
        "q": "silos",
        "match": "all",
        "filters": {"place": ["Port Velden"], "not_speaker": ["Nobody"], "from": "2022"},
        "sort": "relevance",
    }
    assert (answer["total"], answer["page"], answer["size"], answer["suggestion"]) == (1, 1, 10, None)
    assert answer["histogram"] == [{"month": "2022-02", "count": 1}]
    assert list(answer["facets"]) == ["speaker", "topic", "sector", "place", "agency"]


def test_a_hit_has_every_key_of_the_contract(client: FlaskClient) -> None:
    (hit,) = _json(client, "/search.json?q=silos")["hits"]
    assert list(hit) == [
        *("id", "url", "headline", "lead", "published", "dateline", "speakers", "topics", "sectors"),
        *("snippets", "matched", "score", "source"),
    ]
    assert hit["id"] == HARVEST.id
    assert hit["url"] == HARVEST.url
    assert hit["dateline"] == {"place": "Port Velden", "date": "2022-02-04", "agency": "NORA"}
    assert hit["speakers"] == ["Ines Calloway"]
    assert hit["topics"] == [{"code": "medtop:20000373", "label": "international trade"}]
    assert list(hit["source"]) == ["path", "id"]
    marked = [s["text"][start:end] for s in hit["snippets"] for start, end in s["marks"]]
    assert set(marked) == {"silos"}


def test_a_facet_value_has_every_key_of_the_contract(client: FlaskClient) -> None:
    facets = _json(client, "/search.json?place=Lorne")["facets"]
    assert {"value": "Lorne", "label": "Lorne", "count": 21, "selected": True} in facets["place"]
    assert {"value": "Port Velden", "label": "Port Velden", "count": 22, "selected": False} in facets["place"]


def test_quotes_are_hits_too(client: FlaskClient) -> None:
    answer = _json(client, "/quotes.json?q=silos&speaker=Ines+Calloway")
    (hit,) = answer["hits"]
    assert (answer["total"], answer["query"]["filters"]) == (1, {"speaker": ["Ines Calloway"]})
    assert {"id", "url", "text", "marks", "speaker", "role", "cue", "kind", "published", "article"} <= hit.keys()
    assert [hit["text"][start:end] for start, end in hit["marks"]] == ["silos"]
    assert hit["url"] == f"{HARVEST.url}#q-{hit['id']}"
    assert hit["article"] == {"id": HARVEST.id, "url": HARVEST.url, "headline": HARVEST.headline}


def test_an_article_is_given_as_it_was_read(client: FlaskClient) -> None:
    values = _json(client, f"/articles/{HARVEST.id}.json")
    assert Article.from_json(values) == HARVEST
    assert list(values)[:4] == ["id", "url", "source", "headline"]


def test_health_says_what_is_served(client: FlaskClient) -> None:
    assert _json(client, "/healthz") == {
        "status": "ok",
        "engine": "whoosh",
        "generation": "000001",
        "articles": len(ARTICLES),
        "quotes": 4,
    }


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/search.json?sort=up", 400, "sort=up"),
        ("/search.json?page=999", 400, "page=999"),
        ("/articles/0000.json", 404, "nothing at this address"),
        ("/none.json", 404, "nothing at this address"),
    ],
)
def test_errors_are_json_too(client: FlaskClient, url: str, status: int, words: str) -> None:
    error = _json(client, url, status)["error"]
    assert error["status"] == status
    assert words in error["message"]


class Failing(NaiveEngine):
    """An engine that can't answer."""

    def __init__(self, error: EngineError) -> None:
        super().__init__(str)
        self.error = error

    def search(self, question: Question) -> Results:
        raise self.error

    def status(self) -> Status:
        raise self.error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (QueryTimeout("1.0 s"), "took too long"),
        (NoIndex("/srv/index"), "flask index build"),
        (DamagedIndex("/srv/index/segment"), "flask index verify"),
    ],
)
def test_an_engine_that_cannot_answer_is_503_with_a_sentence_and_no_path(error: EngineError, words: str) -> None:
    client = create_app(engine=Failing(error)).test_client()
    for url in ("/search", "/search.json", "/", "/healthz"):
        response = client.get(url)
        assert response.status_code == 503
        assert words in response.text
        assert "/srv" not in response.text
        assert response.headers["Cache-Control"] == "no-store"
