from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app import create_app
from search.articles.model import SourceFile
from search.query.results import Question, Results
from tests.archive import ARTICLES, HARVEST
from tests.index.naive import NaiveEngine

URLS = ("/", "/search?q=wheat", "/search.json?q=wheat", "/search.atom", "/search.csv", "/sitemap.xml", HARVEST.url)


class Counting(NaiveEngine):
    """An engine that counts its searches."""

    asked = 0

    def search(self, question: Question) -> Results:
        self.asked += 1
        return super().search(question)


@pytest.fixture
def engine() -> Counting:
    engine = Counting(str)
    _publish(engine)
    return engine


@pytest.fixture
def visitor(engine: Counting) -> FlaskClient:
    return create_app(engine=engine).test_client()


def _publish(engine: NaiveEngine) -> None:
    with engine.build() as writer:
        writer.put(SourceFile("archive.jsonl", 1, 1), ARTICLES)
        writer.commit()


@pytest.mark.parametrize("url", URLS)
def test_what_has_not_changed_is_not_searched_again(visitor: FlaskClient, engine: Counting, url: str) -> None:
    first = visitor.get(url)
    assert first.status_code == 200
    asked = engine.asked
    again = visitor.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, engine.asked) == (304, b"", asked)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "no-cache"
    assert "Content-Security-Policy" in again.headers


def test_a_new_generation_is_sent(visitor: FlaskClient, engine: Counting) -> None:
    tag = visitor.get("/search").headers["ETag"]
    _publish(engine)
    again = visitor.get("/search", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag


def test_another_index_whose_generation_has_the_same_name_is_sent(visitor: FlaskClient, engine: Counting) -> None:
    tag = visitor.get("/search").headers["ETag"]
    engine.generation = 0
    _publish(engine)
    assert visitor.get("/search", headers={"If-None-Match": tag}).status_code == 200


def test_tags_are_weak_and_belong_to_one_address_of_one_site(visitor: FlaskClient, engine: Counting) -> None:
    other = create_app({"BACKFILE_TITLE": "Another"}, engine=engine).test_client()
    tags = [visitor.get("/search").headers["ETag"], visitor.get("/search?q=a").headers["ETag"]]
    tags.append(other.get("/search").headers["ETag"])
    assert all(tag.startswith('W/"') for tag in tags)
    assert len(set(tags)) == 3


def test_a_date_tells_where_a_client_keeps_no_tag(visitor: FlaskClient) -> None:
    modified = visitor.get("/search.atom").headers["Last-Modified"]
    assert visitor.get("/search.atom", headers={"If-Modified-Since": modified}).status_code == 304
    later = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert visitor.get("/search.atom", headers=later).status_code == 200
    both = {"If-Modified-Since": modified, "If-None-Match": '"other"'}
    assert visitor.get("/search.atom", headers=both).status_code == 200


def test_any_version_is_not_this_version(visitor: FlaskClient) -> None:
    assert visitor.get("/nothing/here", headers={"If-None-Match": "*"}).status_code == 404
    assert visitor.get("/search", headers={"If-None-Match": "*"}).status_code == 200


def test_errors_and_health_have_no_version(visitor: FlaskClient) -> None:
    for url in ("/search?sort=up", "/articles/none", "/healthz"):
        assert "ETag" not in visitor.get(url).headers


def test_without_an_index_every_request_is_answered() -> None:
    visitor = create_app(engine=NaiveEngine(str)).test_client()
    assert visitor.get("/search", headers={"If-None-Match": '"x"'}).status_code == 503
