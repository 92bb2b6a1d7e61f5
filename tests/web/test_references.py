from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from search.query.results import Hit
from search.query.state import SearchState
from search.web.provenance import Provenance
from search.web.references import bibtex_entries, ris, ris_records
from tests.archive import HARVEST, HOSTILE_ARTICLE, PIPELINE, UNDATED
from tests.web.parsing import read_bibtex, read_ris

BASE = "https://archive.example"
ASKED = Provenance("Backfile", BASE, SearchState(q="a@b %"), "newest", 2, "000007", "2026-01-02T03:04:05Z")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def test_a_record_has_what_a_reference_manager_asks_for() -> None:
    ((*record,),) = read_ris(ris(HARVEST, BASE, "Backfile"))
    assert dict(record) == {
        "ID": HARVEST.id,
        "TI": HARVEST.headline,
        "AU": "NORA",
        "T2": "NORA",
        "PY": "2022",
        "DA": "2022/02/04/",
        "CY": "Port Velden",
        "AB": HARVEST.lead,
        "KW": "international trade",
        "LA": "en",
        "UR": BASE + HARVEST.url,
        "LK": "https://nora.example/harvest",
        "DB": "Backfile",
    }


def test_a_date_without_a_day_leaves_it_open() -> None:
    (record,) = read_ris(ris(structs.replace(HARVEST, published="2022-02"), BASE, "Backfile"))
    assert ("DA", "2022/02//") in record
    (record,) = read_ris(ris(UNDATED, BASE, "Backfile"))
    assert not {"DA", "PY"} & dict(record).keys()


def test_an_address_that_leads_nowhere_is_left_out() -> None:
    assert "LK" not in dict(read_ris(ris(HOSTILE_ARTICLE, BASE, "Backfile"))[0])


def test_the_record_of_a_quote_tells_the_words_and_leads_to_them() -> None:
    quote = HARVEST.quotes[1]
    (record,) = read_ris(ris(HARVEST, BASE, "Backfile", quote))
    assert dict(record)["ID"] == quote.id
    assert dict(record)["N1"] == "“The silos are full.” (Ines Calloway, harvest minister)"
    assert dict(record)["UR"] == f"{BASE}{HARVEST.url}#q-{quote.id}"


def test_the_first_record_says_where_all_come_from() -> None:
    first, second = read_ris("".join(ris_records(ASKED, [Hit(HARVEST, 0.0), Hit(PIPELINE, 0.0)])))
    assert dict(first)["N1"] == (
        f"2 articles of {BASE}/search?q=a%40b+%25, exported 2026-01-02T03:04:05Z from index generation 000007."
    )
    assert "N1" not in dict(second)


def test_bibtex_begins_with_where_it_comes_from_and_no_sign_of_an_entry() -> None:
    text = "".join(bibtex_entries(replace(ASKED, base="https://me@archive.example"), [Hit(HARVEST, 0.0)]))
    head, _ = text.split("\n", 1)
    assert head.startswith("% 2 articles of https://me at archive.example/search")
    assert list(read_bibtex(text)) == [HARVEST.id]


@given(ANY_TEXT)
def test_no_headline_breaks_a_record(headline: str) -> None:
    articles = [structs.replace(HARVEST, headline=headline, lead=headline, byline=headline), PIPELINE]
    first, second = read_ris("".join(ris_records(ASKED, (Hit(article, 0.0) for article in articles))))
    assert dict(first).get("TI", "") == " ".join(
        "".join(c if c >= " " and c != "\x7f" else " " for c in headline).split()
    )
    assert dict(second)["ID"] == PIPELINE.id


@given(ANY_TEXT)
def test_no_headline_breaks_an_entry(headline: str) -> None:
    articles = [structs.replace(HARVEST, headline=headline, byline=headline), PIPELINE]
    entries = read_bibtex("".join(bibtex_entries(ASKED, (Hit(article, 0.0) for article in articles))))
    assert list(entries) == [HARVEST.id, PIPELINE.id]
    assert entries[PIPELINE.id]["title"] == f"{{{PIPELINE.headline}}}"  # styles leave its capitals alone
