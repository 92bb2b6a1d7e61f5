from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.results import Diagnostic, Hit
from search.query.state import SearchState
from search.web.provenance import Provenance
from search.web.tables import harmless, table
from tests.archive import HARVEST, article
from tests.web.parsing import read_csv

ASKED = Provenance(
    "Backfile", "https://archive.example", SearchState(q="wheat"), "newest", 2, "000007", "2026-01-02T03:04:05Z"
)


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t=", "\r=", "\t", "\r", " =", "\n=", "＝", "＋", "－", "＠", "\ufeff="]
)
def test_a_cell_that_begins_like_a_formula_is_made_text(sign: str) -> None:
    assert harmless(f"{sign}HYPERLINK(A1)").startswith("'")


@pytest.mark.parametrize("separator", [";", "\t", "\n", "|", "; "])
def test_a_formula_behind_what_separates_cells_elsewhere_is_made_text(separator: str) -> None:
    assert f"{separator.rstrip()}'" in harmless(f"Wheat{separator}=1+1")


@pytest.mark.parametrize("text", ["Wheat up 3%", "a=b", "x - y", "well-known", "a@b.example", "Oil; gas", "", "“=”"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_control_characters_that_hide_a_formula_are_dropped() -> None:
    assert harmless("\x00\x1b=1+1") == "'=1+1"


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n;,|\"' aä\x00＝")))
def test_no_cell_ever_begins_a_formula(text: str) -> None:
    assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_whatever_a_headline_is_a_row_reads_back(headline: str) -> None:
    (row,) = read_csv("".join(table(ASKED, [Hit(article(headline, "Words."), 0.0)])))
    assert row["headline"] == harmless(headline)


def test_each_row_tells_where_it_comes_from() -> None:
    remark = Diagnostic("whe* stands for more words than are looked for.", 0, 4)
    rows = read_csv(
        "".join(table(replace(ASKED, remarks=(remark,)), [Hit(HARVEST, 0.0), Hit(article("Rye", "Words."), 0.0)]))
    )
    assert [row["n"] for row in rows] == ["1", "2"]
    for row in rows:
        assert (row["total"], row["generation"], row["exported"]) == ("2", "000007", "2026-01-02T03:04:05Z")
        assert row["search"] == "https://archive.example/search?q=wheat"
        assert row["remarks"] == remark.message


def test_a_row_has_the_facts_of_its_article() -> None:
    (row,) = read_csv("".join(table(ASKED, [Hit(HARVEST, 0.0)])))
    assert row["url"] == f"https://archive.example{HARVEST.url}"
    assert (row["published"], row["place"], row["agency"]) == ("2022-02-04", "Port Velden", "NORA")
    assert (row["speakers"], row["topics"]) == ("Ines Calloway", "international trade")
    assert row["original_url"] == "https://nora.example/harvest"


def test_where_files_lie_on_the_machine_is_not_told() -> None:
    (row,) = read_csv("".join(table(ASKED, [Hit(HARVEST, 0.0)])))
    assert row["source"] == f"{HARVEST.id}.txt"


def test_nothing_found_is_a_header_alone() -> None:
    assert read_csv("".join(table(ASKED, []))) == []
