from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import tokens
from search.web.directory import Directory, Entry, Facet, directory, folded
from tests.archive import HOSTILE, article
from tests.conftest import SiteOf
from tests.web.page import page_at, read_json


def _entry(name: str, quotes: int = 1) -> Entry:
    from search.articles.identity import name_slug

    return Entry(name_slug(name), name, (name,), 1, quotes, folded(name))


def _directory(*names: str) -> Directory:
    return Directory(_entry(name) for name in names)


def _read(site: Flask, facet: Facet = "speaker") -> Directory:
    with site.app_context():
        return directory(site.extensions["engine"], facet)


def test_every_speaker_is_there_with_counts(site: Flask) -> None:
    found = _read(site)
    assert [entry.name for entry in found.entries] == ["Ines Calloway", HOSTILE, "Tomas Brandt"]
    calloway = found.by_slug["ines-calloway"]
    assert (calloway.quotes, calloway.articles) == (2, 1)


def test_a_directory_is_read_once_for_each_generation(site: Flask) -> None:
    assert _read(site) is _read(site)
    assert _read(site) is not _read(site, "place")


def test_spellings_that_share_a_slug_are_one_entry_and_count_an_article_once(site_of: SiteOf) -> None:
    said = (("Ana Peña", "Yes."), ("Ana Pena", "No."), ("ANA PEÑA", "No."))
    entry = _read(site_of([article("One", "Yes. No.", said=said), article("Two", "Yes.", said=said[:1])]))
    found = entry.by_slug["ana-pena"]
    assert found.names == ("Ana Peña", "ANA PEÑA", "Ana Pena")
    assert (found.articles, found.quotes) == (2, 4)


@pytest.mark.parametrize(("facet", "path"), [("place", "/places"), ("speaker", "/speakers"), ("agency", "/agencies")])
def test_the_list_the_facet_and_the_home_page_count_the_same(site_of: SiteOf, facet: str, path: str) -> None:
    said = (("Ig-Velden", "Yes."), ("IG Velden", "No."), ("Ada Morn", "No."))
    archive = [
        article("One", "Yes. No.", said=said[:2], place="St. Aldry", agency="Nora"),
        article("Two", "No.", said=said[2:], place="St Aldry", agency="NORA"),
        article("Three", "No.", said=said[1:2], place="Lorne", agency="Midpress"),
    ]
    client = site_of(archive).test_client()
    assert read_json(client, f"{path}.json")["total"] == 2
    assert read_json(client, f"/search/facets/{facet}.json")["facet_size"] == 2
    assert len(read_json(client, "/search.json")["facets"][facet]) == 2
    heading = page_at(client, "/").one("h2", id=f"facet-{facet}").text
    assert heading.endswith(" 2")


def test_names_that_ascii_can_not_write_have_slugs_of_their_own() -> None:
    found = _directory("Анна Петрова", "Иван Сидоров", "王芳")
    assert len(found.by_slug) == 3
    assert set(found.letters) == {"other"}


def test_letters_lead_to_their_names_without_case_and_accents() -> None:
    found = _directory("Émile Roux", "eva Lind", "Abel", "7 Sisters", "Žofie")
    assert found.letters == {"a": 1, "e": 2, "z": 1, "other": 1}
    assert [entry.name for entry in found.under("e")] == ["Émile Roux", "eva Lind"]
    assert [entry.name for entry in found.under("other")] == ["7 Sisters"]
    assert not found.under("q")


@pytest.mark.parametrize("q", ["calloway", "CALL ines", "ínes"])
def test_words_find_names_that_have_words_which_begin_so(q: str) -> None:
    found = _directory("Ines Calloway", "Tomas Brandt", "Ines Mora").matching(q)
    assert "Ines Calloway" in [entry.name for entry in found]
    assert "Tomas Brandt" not in [entry.name for entry in found]


def test_a_misspelt_slug_has_near_names() -> None:
    found = _directory("Ines Calloway", "Tomas Brandt")
    assert [entry.name for entry in found.nearest("ines-caloway")] == ["Ines Calloway"]
    assert not found.nearest("qqqq")


def test_a_few_letters_of_a_misspelt_slug_are_no_near_name() -> None:
    found = _directory("AM", "AME", "Ines", "Ines Calloway")
    assert "Ines Calloway" in [entry.name for entry in found.nearest("ines-caloway-ames")]
    assert not {"AM", "AME"} & {entry.name for entry in found.nearest("ines-caloway-ames")}


def test_names_with_the_same_last_word_that_hold_one_another_are_alike() -> None:
    found = _directory("Brandt", "Tomas Brandt", "Minister Tomas Brandt", "Lena Brandt", "Tomas Lund")
    alike = found.alike(found.by_slug["tomas-brandt"])
    assert {entry.name for entry in alike} == {"Brandt", "Minister Tomas Brandt"}


def test_an_empty_archive_has_an_empty_directory(site_of: SiteOf) -> None:
    assert not _read(site_of([])).entries


def test_names_that_the_index_knows_to_be_one_speakers_are_one_entry(site_of: SiteOf) -> None:
    archive = [
        article("One", "Yes.", said=(("Dmitry Arlov", "Yes."),)),
        article("Two", "No.", said=(("Dmitry Arlov", "No."),)),
        article("Three", "Perhaps.", said=(("Dmitri Arlov", "Perhaps."),)),
    ]
    site = site_of(archive)
    entry = _read(site).by_slug["dmitri-arlov"]
    assert (entry.slug, entry.names, entry.articles, entry.quotes) == (
        "dmitry-arlov",
        ("Dmitry Arlov", "Dmitri Arlov"),
        3,
        3,
    )
    response = site.test_client().get("/speakers/dmitri-arlov")
    assert (response.status_code, response.location) == (302, "/speakers/dmitry-arlov")
    page = site.test_client().get("/speakers/dmitry-arlov").text
    assert "Also written Dmitri Arlov" in page
    assert "Perhaps." in page


@given(st.text("aZ9 é'.-_ß中", max_size=80))
def test_names_are_folded_as_the_words_of_queries_are(name: str) -> None:
    assert folded(name) == tuple(token.folded for token in tokens(name))
