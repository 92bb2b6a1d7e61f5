from __future__ import annotations

import pytest
from msgspec.structs import replace

from search.web.citations import authors, bibtex, citations
from search.web.references import ris
from tests.archive import HARVEST

URL = "https://archive.example/articles/1/a"


def _styles(**changes: str | None) -> dict[str, str]:
    article = replace(HARVEST, headline="Wheat: a record.", **changes)
    return {citation.style: citation.text for citation in citations(article, URL, "Backfile")}


def test_the_agency_stands_for_the_author() -> None:
    styles = _styles()
    assert styles["APA"] == f"NORA. (2022, February 4). Wheat: a record. Backfile. {URL}"
    assert styles["Chicago"] == f"NORA. “Wheat: a record.” Backfile, February 4, 2022. {URL}."
    assert styles["MLA"] == f"NORA. “Wheat: a record.” Backfile, 4 February 2022, {URL}."


def test_a_byline_is_the_author() -> None:
    assert _styles(byline="By Ines Calloway")["APA"].startswith("Ines Calloway. (2022")


def test_without_a_date_it_says_so() -> None:
    styles = _styles(published=None)
    assert "(n.d.)" in styles["APA"]
    assert "n.d." in styles["MLA"]


def test_a_date_that_is_no_day_is_kept_as_it_stands() -> None:
    assert "(2022)" in _styles(published="2022")["APA"]


def test_bibtex_is_escaped() -> None:
    entry = bibtex(replace(HARVEST, headline="100% of {wheat} & more\\"), URL, "Backfile")
    assert r"title = {{100\% of \textbraceleft{}wheat\textbraceright{} \& more\textbackslash{}}}" in entry
    assert entry.startswith(f"@misc{{{HARVEST.id},")
    assert "year = {2022}" in entry


def test_in_bibtex_only_people_have_names_to_take_apart() -> None:
    assert "author = {{NORA}}" in bibtex(HARVEST, URL, "Backfile")
    assert "author = {Ines Calloway and Tom Berg}" in bibtex(
        replace(HARVEST, byline="By Ines Calloway and Tom Berg"), URL, ""
    )
    assert "author = {{Ines Calloway, Velden}}" in bibtex(replace(HARVEST, byline="Ines Calloway, Velden"), URL, "")
    assert "author = {{Orel and Sons}}" in bibtex(replace(HARVEST, byline="Orel and Sons"), URL, "")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ines Calloway", ["Ines Calloway"]),
        ("Ines Calloway & Tom Berg", ["Ines Calloway", "Tom Berg"]),
        ("By Ana Orel, Tom Berg, and Falk Ness", ["Ana Orel", "Tom Berg", "Falk Ness"]),
        ("Orel & Sons", ["Orel & Sons"]),
        ("Ines Calloway, Port Elsin", ["Ines Calloway, Port Elsin"]),
        (None, ["NORA"]),
    ],
)
def test_each_author_is_named(byline: str | None, names: list[str]) -> None:
    article = replace(HARVEST, byline=byline)
    assert list(authors(article)) == names
    assert [line[6:] for line in ris(article, URL, "Backfile").splitlines() if line.startswith("AU")] == names


def test_the_entry_of_a_quote_tells_the_words_and_who_said_them() -> None:
    entry = bibtex(HARVEST, URL, "Backfile", HARVEST.quotes[1])
    assert entry.startswith(f"@misc{{{HARVEST.quotes[1].id},")
    assert "note = {“The silos are full.” (Ines Calloway, harvest minister)}" in entry
