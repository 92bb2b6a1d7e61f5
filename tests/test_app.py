from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import ROOT, BadSetting, Settings, create_app
from search.index.engine import Status
from tests.archive import ARTICLES, HARVEST
from tests.conftest import SiteOf
from tests.index.naive import NaiveEngine

EVERY_KIND = [
    "/",
    "/search?q=wheat",
    "/search.json?q=wheat",
    "/search?sort=up",
    "/search?page=999999",
    HARVEST.url,
    f"/articles/{HARVEST.id}",
    f"/articles/{HARVEST.id}.json",
    "/articles/none",
    "/help",
    "/healthz",
    "/robots.txt",
    "/static/app.css",
    "/static/none.css",
    "/none",
]


@pytest.mark.parametrize("url", EVERY_KIND)
def test_every_response_carries_the_security_headers(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert directive in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert headers["Cache-Control"]


def test_a_crash_is_answered_with_the_same_headers_and_no_traceback() -> None:
    class Broken(NaiveEngine):
        def status(self) -> Status:
            raise RuntimeError("/secret/path")

    app = create_app(engine=Broken(str))
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text


def test_a_method_that_is_not_allowed_is_answered_with_the_same_headers(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_over_tls_browsers_are_told_to_stay_there(client: FlaskClient) -> None:
    assert client.get("/", base_url="https://archive.example").headers["Strict-Transport-Security"]


def test_the_defaults_need_no_settings() -> None:
    assert Settings.read({}) == Settings(engine="whoosh:index", title="Backfile", timeout=1.0, memory=1024)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, site_of: SiteOf) -> None:
    monkeypatch.setenv("BACKFILE_TITLE", "The Velden Papers")
    monkeypatch.setenv("BACKFILE_BASE_URL", "https://archive.example/")
    page = site_of(ARTICLES).test_client().get(HARVEST.url).text
    assert "<title>Velden expects the best grain harvest in ten years – The Velden Papers</title>" in page
    assert f'<link rel="canonical" href="https://archive.example{HARVEST.url}">' in page


def test_an_empty_setting_is_no_setting() -> None:
    assert Settings.read({"BACKFILE_TIMEOUT": " ", "BACKFILE_TITLE": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("BACKFILE_ENGINE", "lucene:index", "whoosh:index"),
        ("BACKFILE_ENGINE", "whoosh:", "whoosh:index"),
        ("BACKFILE_TIMEOUT", "soon", "seconds"),
        ("BACKFILE_TIMEOUT", "-1", "seconds"),
        ("BACKFILE_TIMEOUT", "nan", "seconds"),
        ("BACKFILE_MEMORY", "lots", "megabytes"),
        ("BACKFILE_MEMORY", "64", "megabytes"),
        ("BACKFILE_TOPICS", "none.toml", "topics.toml"),
        ("BACKFILE_ALIASES", "none.toml", "aliases.toml"),
        ("BACKFILE_TOPICS", "search", "that is no file. Name a copy of topics.toml."),
        *(
            ("BACKFILE_BASE_URL", bad, "https://archive.example")
            for bad in (
                "archive.example",
                "ftp://a.example",
                "https://",
                "http://[",
                "http://a.example:x",
                "http://a/?q",
            )
        ),
    ],
)
def test_a_bad_setting_refuses_to_start_and_says_how_to_mend_it(name: str, value: str, mend: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        create_app({name: value})
    for part in (name, repr(value), mend):
        assert part in str(refusal.value)


@pytest.mark.parametrize("name", ["BACKFILE_TOPICS", "BACKFILE_ALIASES"])
def test_a_file_that_cannot_be_read_refuses_to_start_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("no toml")
    with pytest.raises(BadSetting, match=name) as refusal:
        create_app({name: str(path)})
    assert str(refusal.value).count(str(path)) == 1
    assert "is not valid TOML" in str(refusal.value)
    assert "Mend the file" in str(refusal.value)


@pytest.mark.parametrize("name", ["BACKFILE_TOPICS", "BACKFILE_ALIASES"])
def test_a_file_of_somebody_else_refuses_to_start_too(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.toml"
    path.write_text("")
    monkeypatch.setattr(Path, "read_text", _denied)
    monkeypatch.setattr(Path, "read_bytes", _denied)
    monkeypatch.setattr(Path, "open", _denied)
    with pytest.raises(BadSetting, match=f"{name} is .*own.toml': can't be read: Permission denied"):
        create_app({name: str(path)})


def _denied(path: Path, *_: object, **__: object) -> str:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_relative_index_lies_in_the_projects_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    app = create_app({"BACKFILE_ENGINE": "whoosh:some/index"})
    assert app.extensions["engine"].path == ROOT / "some" / "index"


def test_an_absolute_index_lies_where_it_says() -> None:
    app = create_app({"BACKFILE_ENGINE": "whoosh:/srv/index"})
    assert str(app.extensions["engine"].path) == "/srv/index"


def test_the_commands_are_there(site: Flask) -> None:
    assert {"index", "articles"} <= set(site.cli.commands)
