"""Exports and feeds as the programs that they are for read them: other people's readers, not ours.

The readers come with requirements-dev.txt, so that `make test` always has them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.web.references import _line
from tests.archive import ARTICLES, HARVEST, HOSTILE, PIPELINE, article
from tests.conftest import SiteOf

bibtexparser = pytest.importorskip("bibtexparser", reason="in requirements-dev.txt")
feedparser = pytest.importorskip("feedparser", reason="in requirements-dev.txt")
rispy = pytest.importorskip("rispy", reason="in requirements-dev.txt")

FORMULAS = ("=HYPERLINK(“x”)", "+1+1", "-2+3|cmd", "@SUM(1)", "\t=1", "a;=1+1", "＝1", " =1", "\ufeff=1")
ODD = ("50% {of} $5 & #1_a^b~c \\ \\end", "a @misc{b, c} d", "“quotes” 'and' \"more\"", "ER  - no end", "Ærø 東京 שלום")
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def odd(site_of: SiteOf) -> Flask:
    """An archive of texts that formats and spreadsheets stumble over, 200 plain ones among them."""
    return site_of(
        [
            *(
                article(f"{text} {n}", f"He said {text}", lead=text, place=text)
                for n, text in enumerate(FORMULAS + ODD)
            ),
            *(article(f"Report number {n}", "All is well.") for n in range(200)),
        ]
    )


def total(client: FlaskClient) -> int:
    return int(client.get("/search.json").get_json()["total"])


def test_a_spreadsheet_reads_every_row_and_runs_nothing(odd: Flask) -> None:
    client = odd.test_client()
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv").data.decode("utf-8-sig"), newline="")))
    assert len(rows) == total(client) == len(FORMULAS) + len(ODD) + 200
    assert {row["total"] for row in rows} == {str(len(rows))}
    assert {row["generation"] for row in rows} == {"000001"}
    assert None not in rows[0].keys() | rows[0].values()
    for cell in (cell for row in rows for cell in row.values()):
        assert not re.match(r"\s*[=+\-@＝＋－＠]", cell), cell
        assert not re.search(r"[;|\t\r\n]\s*[=+\-@＝＋－＠]", cell), cell


def test_a_spreadsheet_that_separates_with_semicolons_runs_nothing_either(odd: Flask) -> None:
    text = odd.test_client().get("/search.csv").data.decode("utf-8-sig")
    for cell in (cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row):
        assert not re.match(r"\s*[=+\-@＝＋－＠]", cell.strip('"')), cell


@pytest.mark.parametrize("kind", ["search", "quotes"])
def test_a_reference_manager_reads_every_record_of_ris(client: FlaskClient, kind: str) -> None:
    records: list[dict[str, Any]] = rispy.loads(client.get(f"/{kind}.ris").text)
    assert len(records) == client.get(f"/{kind}.json").get_json()["total"]
    assert {record["type_of_reference"] for record in records} == {"NEWS"}
    assert (
        f"{len(records)} {'articles' if kind == 'search' else 'quotes'} of http://localhost/{kind}"
        in (records[0]["notes"][-1])
    )
    assert all(record["urls"][0].startswith("http://localhost/articles/") for record in records)


def test_ris_keeps_odd_texts_whole(odd: Flask) -> None:
    client = odd.test_client()
    records = rispy.loads(client.get("/search.ris").text)
    assert len(records) == total(client)
    titles = {record["title"] for record in records}
    assert all(any(_line(text) in title for title in titles) for text in ODD)


def test_ris_tells_who_when_where(client: FlaskClient) -> None:
    (record,) = rispy.loads(client.get(f"/articles/{HARVEST.id}.ris").text)
    assert (record["title"], record["year"], record["date"]) == (HARVEST.headline, "2022", "2022/02/04/")
    assert record["place_published"] == "Port Velden"
    assert record["secondary_title"] == "NORA"


@pytest.mark.parametrize("kind", ["search", "quotes"])
def test_bibtex_has_every_entry(client: FlaskClient, kind: str) -> None:
    library = bibtexparser.parse_string(client.get(f"/{kind}.bib").text)
    assert not library.failed_blocks
    assert len(library.entries) == len(library.entries_dict) == client.get(f"/{kind}.json").get_json()["total"]
    (head,) = library.comments
    assert f"{len(library.entries)} {'articles' if kind == 'search' else 'quotes'} of" in head.comment
    assert "index generation 000001" in head.comment


def test_bibtex_reads_odd_texts_back(odd: Flask) -> None:
    client = odd.test_client()
    decoded = [bibtexparser.middlewares.LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(client.get("/search.bib").text, append_middleware=decoded)
    assert not library.failed_blocks
    assert len(library.entries) == total(client)
    titles = [str(entry.fields_dict["title"].value) for entry in library.entries]
    assert any("Ærø 東京 שלום" in title for title in titles)
    assert any("a @misc" in title or "a {@}misc" in title or "misc" in title for title in titles)


@pytest.mark.parametrize("kind", ["search", "quotes"])
def test_a_feed_reader_finds_entries_dates_and_links(client: FlaskClient, kind: str) -> None:
    feed = feedparser.parse(client.get(f"/{kind}.atom").data)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) == client.get(f"/{kind}.json").get_json()["total"]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert all(entry.link.startswith("http://localhost/articles/") and entry.updated_parsed for entry in feed.entries)
    assert [entry.updated for entry in feed.entries] == sorted((e.updated for e in feed.entries), reverse=True)


def test_a_feed_reader_gets_no_markup_of_an_article(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/search.atom?q=wheat").data, sanitize_html=False)
    shown = [value.value for entry in feed.entries for value in entry.get("content", [])]
    assert shown
    assert not any("<script" in html for html in shown)
    assert any(HOSTILE in entry.title or "&lt;script" in entry.title for entry in feed.entries)


def test_atom_has_all_that_its_standard_asks_for(client: FlaskClient) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: what must be there, once, and of which form."""
    feed = ElementTree.fromstring(client.get("/search.atom").data)
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert RFC_3339.fullmatch(element.findtext(f"{ATOM}updated", ""))
        assert element.findtext(f"{ATOM}id", "").startswith("tag:")
    relations = [link.get("rel", "alternate") for link in feed.findall(f"{ATOM}link")]
    assert relations.count("self") == 1
    assert len(relations) == len(set(relations))
    assert all(e.find(f"{ATOM}author") is not None for e in entries) or feed.find(f"{ATOM}author") is not None
    assert all(e.find(f"{ATOM}content") is not None or e.find(f"{ATOM}link") is not None for e in entries)


@pytest.mark.parametrize("kind", ["search", "quotes"])
def test_json_feed_has_all_that_its_standard_asks_for(client: FlaskClient, kind: str) -> None:
    """JSON Feed 1.1: version, title and items; of each item an id and its content, dates of RFC 3339."""
    response = client.get(f"/{kind}.feed.json")
    feed = json.loads(response.data)
    assert response.mimetype == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == f"http://localhost/{kind}.feed.json"
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) > 0
    for item in feed["items"]:
        assert isinstance(item["content_html"], str)
        assert item["url"].startswith("http://localhost/")
        assert RFC_3339.fullmatch(item.get("date_published", "1970-01-01T00:00:00Z"))
        assert all(author["name"] for author in item.get("authors", []))


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "ris", "bib"])
def test_what_is_packed_on_its_way_is_the_same_export(client: FlaskClient, suffix: str) -> None:
    plain = client.get(f"/search.{suffix}").data
    packed = client.get(f"/search.{suffix}", headers={"Accept-Encoding": "gzip"})
    times = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    assert times.sub(b"", gzip.decompress(packed.data)) == times.sub(b"", plain)


def test_single_articles_and_quotes_are_read_too(client: FlaskClient) -> None:
    quote = PIPELINE.quotes[0]
    for url in (f"/articles/{PIPELINE.id}", f"/quotes/{quote.id}"):
        assert len(rispy.loads(client.get(f"{url}.ris").text)) == 1
        assert len(bibtexparser.parse_string(client.get(f"{url}.bib").text).entries) == 1
    assert len(rispy.loads(client.get("/search.ris").text)) == len(ARTICLES)
