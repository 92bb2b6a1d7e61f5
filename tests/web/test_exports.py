from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import create_environ

from search.articles.model import Article
from search.index.engine import QueryTimeout
from search.query.results import Question, WholeResults
from search.web.exports import AT_ONCE, FORMATS
from tests.archive import ARTICLES, HARVEST, HOSTILE_ARTICLE, PIPELINE
from tests.conftest import SiteOf
from tests.index.naive import NaiveEngine
from tests.web.breaking import Breaking, site
from tests.web.parsing import read_bibtex, read_csv, read_ris

QUOTES = [quote.id for article in ARTICLES for quote in article.quotes]


def _lines(client: FlaskClient, url: str) -> list[dict[str, Any]]:
    response = client.get(url)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


def _ids(client: FlaskClient, url: str) -> list[str]:
    """The ids in an export, whatever its format."""
    text = client.get(url).data.decode()
    match url.partition("?")[0].rpartition(".")[2]:
        case "csv":
            return [row["id"] for row in read_csv(text)]
        case "ris":
            return [dict(record)["ID"] for record in read_ris(text)]
        case "bib":
            return list(read_bibtex(text))
        case _:
            return [json.loads(line)["id"] for line in text.splitlines()[1:]]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("path", ["/search", "/quotes"])
def test_an_export_holds_every_hit_whatever_page_is_asked_for(client: FlaskClient, path: str, suffix: str) -> None:
    everything = _ids(client, f"{path}.{suffix}?page=2&size=3")
    assert sorted(everything) == sorted(QUOTES if path == "/quotes" else [article.id for article in ARTICLES])


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_obeys_the_words_filters_and_order_of_its_search(client: FlaskClient, suffix: str) -> None:
    query = "q=port&place=Lorne&from=2019-03&to=2019-09&sort=oldest"
    page = client.get(f"/search.json?{query}&size=100").get_json()
    assert 1 < page["total"] < 20
    assert _ids(client, f"/search.{suffix}?{query}") == [hit["id"] for hit in page["hits"]]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_says_how_many_and_of_which_generation(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/search.{suffix}?q=wheat")
    assert response.headers["Backfile-Total"] == "4"
    assert response.headers["Backfile-Generation"] == "000001"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="backfile-wheat-4-articles-g000001.{suffix}"'
    )
    assert response.content_type == FORMATS[suffix].media_type


def test_json_lines_begin_with_what_was_asked(client: FlaskClient) -> None:
    head, *lines = _lines(client, "/search.jsonl?q=%28silos&from=2022&not_speaker=Nobody&page=1")
    assert list(head) == ["query", "url", "site", "diagnostics", "total", "generation", "exported"]
    assert head["query"] == {
        "q": "(silos",
        "match": "all",
        "filters": {"not_speaker": ["Nobody"], "from": "2022"},
        "sort": "relevance",
    }
    assert head["url"] == "http://localhost/search?q=%28silos&not_speaker=Nobody&from=2022"
    assert head["diagnostics"][0]["message"]
    assert (head["total"], head["generation"]) == (len(lines), "000001")
    assert head["exported"].endswith("Z")


def test_a_line_is_the_whole_article(client: FlaskClient) -> None:
    _, line = _lines(client, "/search.jsonl?q=silos")
    assert Article.from_json(line) == HARVEST


def test_a_line_of_quotes_tells_who_said_it_where(client: FlaskClient) -> None:
    _, line = _lines(client, "/quotes.jsonl?q=silos")
    (quote,) = [quote for quote in HARVEST.quotes if "silos" in quote.text]
    assert line == client.get(f"/quotes/{quote.id}.json").get_json()
    assert line["url"] == f"{HARVEST.url}#q-{quote.id}"
    assert (line["speaker"], line["text"], line["published"]) == ("Ines Calloway", "The silos are full.", "2022-02-04")
    assert line["article"] == {"id": HARVEST.id, "url": HARVEST.url, "headline": HARVEST.headline}


def test_nothing_found_is_an_export_of_nothing(client: FlaskClient) -> None:
    for suffix in FORMATS:
        assert _ids(client, f"/search.{suffix}?q=unheardof") == []


def test_an_article_and_a_quote_can_be_taken_along_alone(client: FlaskClient) -> None:
    quote = PIPELINE.quotes[0]
    for url, id in ((f"/articles/{PIPELINE.id}", PIPELINE.id), (f"/quotes/{quote.id}", quote.id)):
        assert [dict(record)["ID"] for record in read_ris(client.get(f"{url}.ris").text)] == [id]
        assert list(read_bibtex(client.get(f"{url}.bib").text)) == [id]
        assert client.get(f"{url}.json").get_json()["id"] == id


def test_an_article_or_quote_alone_says_where_it_comes_from_as_a_search_does(client: FlaskClient) -> None:
    quote = PIPELINE.quotes[0]
    for stem, page in (
        (f"/articles/{PIPELINE.id}", PIPELINE.url),
        (f"/quotes/{quote.id}", f"{PIPELINE.url}#q-{quote.id}"),
    ):
        head, line = map(json.loads, client.get(f"{stem}.jsonl").text.splitlines())
        assert (head["url"], head["total"]) == (f"http://localhost{page}", 1)
        assert head["generation"]
        assert "query" not in head
        assert line == client.get(f"{stem}.json").get_json()
        (row,) = read_csv(client.get(f"{stem}.csv").data.decode())
        assert (row["id"], row["total"], row["search"]) == (line["id"], "1", f"http://localhost{page}")
        for suffix in FORMATS:
            response = client.get(f"{stem}.{suffix}")
            assert response.headers["Content-Disposition"] == f'attachment; filename="{line["id"]}.{suffix}"'
            assert page in response.text


def test_what_is_not_there_can_not_be_taken_along(client: FlaskClient) -> None:
    gone = ("/articles/none.ris", "/quotes/none.bib", f"/quotes/{HARVEST.id}-000000.json", "/search.xls")
    for url in (*gone, f"/quotes/{HARVEST.id}.json"):
        assert client.get(url).status_code == 404, url


def test_a_bad_value_is_refused_before_anything_is_sent(client: FlaskClient) -> None:
    for suffix in FORMATS:
        assert client.get(f"/search.{suffix}?sort=up").status_code == 400
    assert "sort=up" in client.get("/search.jsonl?sort=up").get_json()["error"]["message"]


def test_help_leads_to_every_format(client: FlaskClient) -> None:
    for suffix in (*FORMATS, "atom", "feed.json"):
        url = f"/search.{suffix}?q=budget"
        assert f'href="{url}"' in client.get("/help").text
        assert client.get(url).status_code == 200


def test_addresses_are_those_of_the_site_as_set(site_of: SiteOf) -> None:
    client = site_of([HOSTILE_ARTICLE], BACKFILE_BASE_URL="https://archive.example").test_client()
    (row,) = read_csv(client.get("/search.csv").data.decode())
    assert row["url"] == f"https://archive.example{HOSTILE_ARTICLE.url}"
    assert row["original_url"] == ""


def _begin(app: Flask, url: str) -> tuple[dict[str, str], Iterable[bytes]]:
    """The headers and the body as a server gets them, none of it read."""
    headers: dict[str, str] = {}

    def start(status: str, given: list[tuple[str, str]], *_: object) -> Any:
        assert status == "200 OK"
        headers.update(given)

    return headers, app(create_environ(url), start)


@contextmanager
def served(app: str, log: Path) -> Iterator[tuple[str, int]]:
    """The host and port at which gunicorn serves an application, as it does in earnest."""
    options = ["--bind", "127.0.0.1:0", "--workers", "1", "--threads", "2", "--log-file", str(log)]
    with Popen([sys.executable, "-m", "gunicorn", app, *options], cwd=Path(__file__).parents[2]) as server:
        try:
            while not (found := re.search(r"http://([0-9.]+):(\d+)", log.read_text() if log.exists() else "")):
                assert server.poll() is None, log.read_text()
                time.sleep(0.05)
            yield found[1], int(found[2])
        finally:
            server.terminate()


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_that_breaks_off_never_ends_well(suffix: str) -> None:
    headers, body = _begin(site(Breaking()), f"/search.{suffix}")
    assert "Content-Length" not in headers
    with pytest.raises(OSError, match="the disk is gone"):
        b"".join(body)


def test_a_server_breaks_the_connection_where_an_export_breaks_off(tmp_path: Path) -> None:
    with served("tests.web.breaking:long()", tmp_path / "log") as (host, port):
        connection = HTTPConnection(host, port, timeout=60)
        connection.request("GET", "/search.jsonl")
        response = connection.getresponse()
        assert response.status == 200
        assert response.getheader("Backfile-Total") == "200"
        with pytest.raises(IncompleteRead) as broken:
            response.read()
    assert broken.value.partial.startswith(b'{"query"')


def test_hits_are_read_only_as_they_are_sent() -> None:
    engine = Breaking()
    _begin(site(engine), "/search.csv")
    assert engine.read == 0


def test_a_search_that_takes_too_long_is_refused_before_anything_is_sent() -> None:
    class Slow(NaiveEngine):
        def every(self, question: Question) -> WholeResults:
            raise QueryTimeout("1 s")

    response = site(Slow(str)).test_client().get("/search.csv")
    assert response.status_code == 503
    assert "Content-Disposition" not in response.headers


def test_only_so_many_exports_are_under_way_at_once(client: FlaskClient) -> None:
    under_way = [client.get("/search.csv", buffered=False) for _ in range(AT_ONCE)]
    refused = client.get("/search.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "15")
    assert client.get("/search?q=wheat").status_code == 200
    for response in under_way:
        response.close()
    del under_way, response
    assert client.get("/search.csv").status_code == 200


def test_exports_that_nobody_reads_leave_room_for_others(client: FlaskClient) -> None:
    for _ in range(2 * AT_ONCE):
        assert client.head("/search.csv").status_code == 200
    broken = site(Breaking()).test_client()
    for _ in range(2 * AT_ONCE):
        with pytest.raises(OSError, match="the disk"):
            broken.get("/search.csv")
    assert client.get("/search.csv").status_code == 200
