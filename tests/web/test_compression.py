from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.web import compression
from search.web.exports import AT_ONCE
from tests.archive import HARVEST

ANSWERS = ("/", "/search?q=wheat", "/search.json", "/search.atom", "/search.feed.json", "/opensearch.xml", HARVEST.url)
EXPORTS = ("/search.jsonl", "/search.csv", "/search.ris", "/search.bib", "/quotes.csv", "/sitemap-1.xml")


def packed(client: FlaskClient, url: str, accept: str = "gzip", **headers: str) -> TestResponse:
    return client.get(url, headers={"Accept-Encoding": accept, **headers})


@pytest.mark.parametrize("url", [*ANSWERS, *EXPORTS])
def test_answers_are_compressed_where_the_client_takes_it(client: FlaskClient, url: str) -> None:
    response = packed(client, url, "gzip, deflate, br")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.data)[:1] in (b"<", b"{", b"T", b"%", b"\xef")


@pytest.mark.parametrize("url", ["/help", "/articles/x", "/search?sort=up", "/static/app.css"])
def test_what_is_unpacked_is_what_others_get(client: FlaskClient, url: str) -> None:
    plain, response = client.get(url), packed(client, url)
    assert gzip.decompress(response.data) == plain.data
    assert len(response.data) < len(plain.data) / 2
    assert response.content_length == len(response.data)
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("accept", ["", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0.5, identity", "gzip;q=x"])
def test_nobody_gets_what_they_do_not_take(client: FlaskClient, accept: str) -> None:
    assert "Content-Encoding" not in packed(client, "/help", accept).headers


@pytest.mark.parametrize(
    "accept", ["gzip", "GZIP", "gzip;q=0.1", "*", "identity;q=0, *", "br, gzip;q=0.9, identity;q=0.5"]
)
def test_everybody_gets_what_they_take(client: FlaskClient, accept: str) -> None:
    assert packed(client, "/help", accept).headers["Content-Encoding"] == "gzip"


def test_small_answers_and_pictures_stay_as_they_are(client: FlaskClient) -> None:
    assert "Content-Encoding" not in packed(client, "/healthz").headers
    assert "Content-Encoding" not in packed(client, "/static/icon.svg").headers
    picture = packed(client, "/static/results.png")
    assert "Content-Encoding" not in picture.headers
    assert "Vary" not in picture.headers


@pytest.mark.parametrize("url", ["/help", "/search.csv", "/static/app.js"])
def test_head_tells_what_get_would(client: FlaskClient, url: str) -> None:
    got, head = packed(client, url), client.head(url, headers={"Accept-Encoding": "gzip"})
    told = ("Content-Encoding", "Content-Length", "Content-Type", "ETag", "Vary")
    assert {name: head.headers.get(name) for name in told} == {name: got.headers.get(name) for name in told}
    assert not head.data


@pytest.mark.parametrize("url", ["/search?q=wheat", "/search.jsonl", "/static/app.css"])
def test_either_coding_s_tag_is_answered_304(client: FlaskClient, url: str) -> None:
    for tag in (packed(client, url).headers["ETag"], client.get(url).headers["ETag"]):
        for accept in ("gzip", "identity"):
            response = packed(client, url, accept, **{"If-None-Match": tag})
            assert response.status_code == 304
            assert response.headers["Vary"] == "Accept-Encoding"
            assert "Content-Encoding" not in response.headers
            assert not response.data


def test_a_compressed_file_has_no_parts_and_no_strong_tag(client: FlaskClient) -> None:
    plain, response = client.get("/static/app.css"), packed(client, "/static/app.css")
    assert not plain.headers["ETag"].startswith("W/")
    assert response.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert "Accept-Ranges" not in response.headers


def test_a_part_of_a_file_is_never_compressed(client: FlaskClient) -> None:
    part = packed(client, "/static/app.css", Range="bytes=10-2009")
    assert part.status_code == 206
    assert part.data == client.get("/static/app.css").data[10:2010]
    assert "Content-Encoding" not in part.headers


def test_files_are_compressed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = packed(client, "/static/app.css").data
    monkeypatch.setattr(zlib, "compress", lambda *_: pytest.fail("compressed again"))
    assert packed(client, "/static/app.css").data == first


def site_that_streams(parts: Iterator[bytes]) -> FlaskClient:
    app = Flask(__name__)
    compression.init_app(app)
    app.add_url_rule("/", view_func=lambda: Response(parts, mimetype="text/csv"))
    return app.test_client()


def test_each_piece_of_a_stream_goes_out_at_once() -> None:
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        for n in range(3):
            made.append(n)
            yield b"%d,%d\r\n" % (n, n) * 1000

    response = site_that_streams(parts()).get("/", headers={"Accept-Encoding": "gzip"}, buffered=False)
    unpacker = zlib.decompressobj(31)
    pieces = response.iter_encoded()
    assert unpacker.decompress(next(pieces)) == b"0,0\r\n" * 1000
    assert len(made) == 1
    assert unpacker.decompress(b"".join(pieces)) == b"1,1\r\n" * 1000 + b"2,2\r\n" * 1000
    assert unpacker.eof


def test_a_stream_that_breaks_off_has_no_end() -> None:
    def parts() -> Iterator[bytes]:
        yield b"1\r\n" * 1000
        raise OSError

    response = site_that_streams(parts()).get("/", headers={"Accept-Encoding": "gzip"}, buffered=False)
    pieces = response.iter_encoded()
    unpacker = zlib.decompressobj(31)
    unpacker.decompress(next(pieces))
    with pytest.raises(OSError):  # noqa: PT011  # as it was raised
        next(pieces)
    assert not unpacker.eof


def test_a_reader_who_leaves_ends_what_makes_the_stream() -> None:
    ended: list[bool] = []

    def parts() -> Iterator[bytes]:
        try:
            while True:
                yield b"1\r\n" * 1000
        finally:
            ended.append(True)

    response = site_that_streams(parts()).get("/", headers={"Accept-Encoding": "gzip"}, buffered=False)
    next(response.iter_encoded())
    response.close()
    assert ended


def test_compressed_exports_that_nobody_reads_leave_room_for_others(client: FlaskClient) -> None:
    for _ in range(2 * AT_ONCE):
        assert client.head("/search.csv", headers={"Accept-Encoding": "gzip"}).status_code == 200
        packed(client, "/search.csv").close()
    assert packed(client, "/search.csv").status_code == 200
