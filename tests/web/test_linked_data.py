from __future__ import annotations

import pytest
from msgspec.structs import replace

from search.articles.model import Speaker
from search.web.linked_data import linked_data
from tests.archive import HARVEST, HOSTILE_ARTICLE, UNDATED

URL = "https://archive.example/articles/1/a"


def test_linked_data_leaves_out_what_is_not_known() -> None:
    described = linked_data(UNDATED, URL, "Backfile")
    assert not {"datePublished", "author", "locationCreated", "hasPart", "sameAs"} & described.keys()


def test_linked_data_names_only_addresses_of_the_web() -> None:
    assert "sameAs" not in linked_data(HOSTILE_ARTICLE, URL, "Backfile")
    assert linked_data(HARVEST, URL, "Backfile")["sameAs"] == "https://nora.example/harvest"


def test_a_quotation_says_who_spoke() -> None:
    part = linked_data(HARVEST, URL, "Backfile")["hasPart"][0]
    assert part["@id"] == f"{URL}#q-{HARVEST.quotes[0].id}"
    assert part["creator"] == {"@type": "Person", "name": "Ines Calloway"}


@pytest.mark.parametrize(
    ("speaker", "creator"),
    [
        ("Ministry of Grain", {"@type": "Organization", "name": "Ministry of Grain"}),
        ("Falk Brothers", {"name": "Falk Brothers"}),
        (None, None),
    ],
)
def test_only_people_are_persons(speaker: str | None, creator: dict[str, str] | None) -> None:
    said = replace(HARVEST.quotes[0], speaker=speaker)
    by_others = replace(HARVEST, quotes=(said,), speakers=(Speaker(speaker),) if speaker else ())
    assert linked_data(by_others, URL, "Backfile")["hasPart"][0].get("creator") == creator


def test_who_wrote_it_is_a_person_but_for_a_body() -> None:
    assert linked_data(HARVEST, URL, "Backfile")["author"]["@type"] == "Organization"
    assert linked_data(replace(HARVEST, byline="By Falk Ness"), URL, "Backfile")["author"] == {
        "@type": "Person",
        "name": "Falk Ness",
    }
    assert linked_data(replace(HARVEST, byline="By Falk Ness, Tom Berg and Ana Orel"), URL, "Backfile")["author"] == [
        {"@type": "Person", "name": name} for name in ("Falk Ness", "Tom Berg", "Ana Orel")
    ]
    newsroom = replace(HARVEST, byline="Velden News")
    assert linked_data(newsroom, URL, "Backfile")["author"] == {"@type": "Organization", "name": "Velden News"}


def test_of_very_many_quotes_the_first_are_told() -> None:
    many = tuple(replace(HARVEST.quotes[0], id=f"{n}", text="We said it. " * 20) for n in range(200))
    parts = linked_data(replace(HARVEST, quotes=many), URL, "Backfile")["hasPart"]
    assert [part["@id"] for part in parts[:2]] == [f"{URL}#q-0", f"{URL}#q-1"]
    assert 20 < len(parts) < 60
    assert len(linked_data(replace(HARVEST, quotes=many[:20]), URL, "Backfile")["hasPart"]) == 20
