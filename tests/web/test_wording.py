from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.articles.model import Attribution, PublishedFrom
from search.fields import FACETS
from search.web.wording import ATTRIBUTIONS, FACET_NAMES, PUBLISHED_FROM, counted, file_name, web_address
from tests.web.page import Page


def test_there_is_a_word_for_everything() -> None:
    assert set(ATTRIBUTIONS) == set(get_args(Attribution))
    assert set(PUBLISHED_FROM) == set(get_args(PublishedFrom))
    assert tuple(FACET_NAMES) == FACETS


@pytest.mark.parametrize(("number", "words"), [(0, "0 matches"), (1, "1 match"), (12345, "12,345 matches")])
def test_things_are_counted(number: int, words: str) -> None:
    assert counted(number, "match", "matches") == words


def test_files_are_named_without_their_folder() -> None:
    assert file_name("/srv/wire/2022/a.txt") == "a.txt"


@pytest.mark.parametrize("url", ["http://a.example/x", "https://a.example"])
def test_addresses_of_the_web_are_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "//a.example", "ftp://a.example", "http://[", "https:"]
)
def test_other_addresses_are_not(url: str | None) -> None:
    assert web_address(url) is None


def test_static_files_are_named_by_their_content_and_kept(client: FlaskClient) -> None:
    page = Page(client.get("/").text)
    sheet = page.one("link", rel="stylesheet")["href"]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]
    assert client.get("/static/app.css").headers["Cache-Control"] == "no-cache"


def test_style_and_script_stay_small(site: Flask) -> None:
    files = [file for file in Path(site.static_folder or "").iterdir() if file.suffix in (".css", ".js")]
    assert {"app.css", "app.js"} <= {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < 50_000
