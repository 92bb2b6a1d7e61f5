from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from search.query.results import Diagnostic, WholeResults
from search.query.state import SearchState
from search.web.provenance import Provenance, base_address, provenance, quote_path
from tests.archive import HARVEST

ASKED = Provenance("Backfile", "https://archive.example", SearchState(q="wheat"), "newest", 1, "000007", "2026-01-02")


def test_a_sentence_tells_all_of_it_and_what_was_remarked() -> None:
    asked = replace(ASKED, remarks=(Diagnostic("Only 512 words were looked for.", 0, 1),))
    assert asked.sentence == (
        "1 article of https://archive.example/search?q=wheat, exported 2026-01-02 from index generation 000007. "
        "Only 512 words were looked for."
    )


@pytest.mark.parametrize("q", ["", 'a"b\r\nSet-Cookie: x', "../../etc", "Żółw 2 %", "x" * 500, "…"])
def test_a_file_name_is_short_and_harmless(q: str) -> None:
    name = replace(ASKED, state=SearchState(q=q)).name
    assert name.isascii()
    assert name.replace("-", "").isalnum()
    assert len(name) < 90


def test_an_export_is_of_all_pages(site: Flask) -> None:
    with site.test_request_context("/search.csv"):
        made = provenance(SearchState(q="wheat", page=3, size=25), "newest", WholeResults(60, iter(())), ())
    assert made.url == "http://localhost/search?q=wheat"


def test_the_address_is_the_one_set_before_the_one_asked(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.test_request_context("/", base_url="http://other.example"):
        assert base_address() == "http://other.example"
        monkeypatch.setitem(site.config, "BASE_URL", "https://archive.example")
        assert base_address() == "https://archive.example"


def test_a_quote_is_found_in_its_article() -> None:
    assert quote_path(HARVEST, HARVEST.quotes[0]) == f"{HARVEST.url}#q-{HARVEST.quotes[0].id}"
