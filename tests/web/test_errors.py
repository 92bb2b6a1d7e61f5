from __future__ import annotations

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from app import create_app
from search.index.engine import IndexLocked, Status
from tests.index.naive import NaiveEngine
from tests.web.page import Page


@pytest.fixture
def failing() -> FlaskClient:
    """A site whose addresses fail in every way."""
    app: Flask = create_app(engine=NaiveEngine(str))
    app.add_url_rule("/teapot", "teapot", view_func=lambda: abort(418))
    app.add_url_rule("/crash.json", "crash", view_func=lambda: str(1 / 0))
    return app.test_client()


def test_a_page_says_what_went_wrong_and_where_to_go(client: FlaskClient) -> None:
    page = Page(client.get("/none").text)
    assert page.heading == "There is nothing at this address."
    assert page.one("title").text == "Not Found – Backfile"
    assert page.link("To the start") == "/"


def test_the_query_stays_in_the_box(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=wheat&sort=up").text)
    assert page.one("input", id="q")["value"] == "wheat"


def test_programs_get_an_object(client: FlaskClient) -> None:
    assert client.get("/none.json").get_json() == {
        "error": {"status": 404, "message": "There is nothing at this address."}
    }
    assert client.get("/api/none").get_json()["error"]["status"] == 404


def test_errors_without_a_sentence_of_their_own_are_named(failing: FlaskClient) -> None:
    response = failing.get("/teapot")
    assert response.status_code == 418
    assert Page(response.text).heading == "I'm a Teapot."


def test_a_crash_is_told_to_programs_without_its_reason(failing: FlaskClient) -> None:
    response = failing.get("/crash.json")
    assert response.status_code == 500
    assert "division" not in response.text
    assert response.get_json()["error"]["status"] == 500


def test_an_archive_without_an_index_says_how_to_make_one(failing: FlaskClient) -> None:
    response = failing.get("/")
    assert response.status_code == 503
    assert "flask index build" in Page(response.text).heading


def test_errors_are_not_kept(client: FlaskClient) -> None:
    assert client.get("/none").headers["Cache-Control"] == "no-store"


def test_another_error_of_the_engine_asks_for_patience() -> None:
    class Locked(NaiveEngine):
        def status(self) -> Status:
            raise IndexLocked("pid 7 on /srv")

    response = create_app(engine=Locked(str)).test_client().get("/healthz")
    assert response.status_code == 503
    assert "/srv" not in response.text


@pytest.mark.parametrize("host", ["", "not a host", "a/b", "archive.example:port"])
def test_a_request_for_no_host_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get("/robots.txt", headers={"Host": host})
    assert response.status_code == 400
    assert "Sitemap" not in response.text
    assert client.get("/robots.txt", headers={"Host": "archive.example:8000"}).status_code == 200
