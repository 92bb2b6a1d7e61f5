"""Datelines: every way that copy writes them, and the sentences that only begin like one."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.dateline import find_dateline, read_dateline
from search.articles.wire.dates import Day
from search.articles.wire.places import town

FORMS = [
    ("MOSCOW, February 4. /TASS/. The council met", ("Moscow",), Day(2, 4), "TASS"),
    ("KING OF PRUSSIA, Pennsylvania/WASHINGTON (Reuters) - The", ("King of Prussia", "Washington"), None, "Reuters"),
    ("CANBERRA, Australia (AP)_ The", ("Canberra",), None, "AP"),
    ("STOCKHOLM, Aug 29, 2014 (AFP) - The", ("Stockholm",), Day(8, 29, 2014), "AFP"),
    ("BEIJING, Aug. 17 (Xinhuanet) -- The", ("Beijing",), Day(8, 17), "Xinhua"),
    ("SAITAMA, Japan, Dec. 9 Kyodo - The", ("Saitama",), Day(12, 9), "Kyodo"),
    ("TEL AVIV (ISRAEL), 12 NOV 89 (IDF RADIO) -- [TEXT] THE", ("Tel Aviv",), Day(11, 12, 1989), "IDF Radio"),
    ("HAVANA (CUBA), 5 APR 90 -- [TEXT] THE", ("Havana",), Day(4, 5, 1990), None),
    ("QUITO, NO DATE (RADIO CADENA XKL) -- THE", ("Quito",), None, "Radio Cadena XKL"),
    ("(ANSA) - ROME, JUL 11 - The", ("Rome",), Day(7, 11), "ANSA"),
    ("sioux city, april 7 - hogs", ("Sioux City",), Day(4, 7), None),
    ("ABOARD AIR FORCE ONE (Reuters) - The", ("Aboard Air Force One",), None, "Reuters"),
    ("Berlin (dpa) - The", ("Berlin",), None, "dpa"),
    ("Nueva Delhi, 21 ene (EFE).- Una", ("Nueva Delhi",), Day(1, 21), "EFE"),
    ("Strasbourg, 10 juil 2024 (AFP) - Le", ("Strasbourg",), Day(7, 10, 2024), "AFP"),
    ("AMSTERDAM, 2 March - The", ("Amsterdam",), Day(3, 2), None),
    ("New Delhi, July 26 (IANS) The", ("New Delhi",), Day(7, 26), "IANS"),
    ("MOSCOW. Sept 19 (Interfax) - The", ("Moscow",), Day(9, 19), "Interfax"),
    ("ISLAMABAD, Pakistan : Sep 04 (PID) - The", ("Islamabad",), Day(9, 4), "PID"),
    ("LAHORE, Sep 11: The", ("Lahore",), Day(9, 11), None),
    ("GROZNY, (Reuters) - The", ("Grozny",), None, "Reuters"),
    ("Nagpur (India) (AFP) – The", ("Nagpur",), None, "AFP"),
    ("FORT LAUDERDALE, Fla. - (KRT) - The", ("Fort Lauderdale",), None, "KRT"),
    ("Canadian Press - VERNON, B.C. (CP) - The", ("Vernon",), None, "CP"),
    ("KANSAS CITY, Mo. - March 13 - The", ("Kansas City",), Day(3, 13), None),
    ("RICHMOND, Va. Feb 26 - The", ("Richmond",), Day(2, 26), None),
    ("FARMINGTON Conn., March 9 - The", ("Farmington",), Day(3, 9), None),
    ("PARIS,March 16- The", ("Paris",), Day(3, 16), None),
    ("BELGRADE, March 2O - The", ("Belgrade",), Day(3, 20), None),
    ("MILAN, April l - The", ("Milan",), Day(4, 1), None),
    ("LIMA, MArch 3 - The", ("Lima",), Day(3, 3), None),
    ("LIMA, Febuary 3 - The", ("Lima",), Day(2, 3), None),
    ("LIMA, Juen 3 - The", ("Lima",), Day(6, 3), None),
    ("WASHINGTON, March 12, Reuter - The", ("Washington",), Day(3, 12), "Reuters"),
    ("JOHANNESBURG March 13 - The", ("Johannesburg",), Day(3, 13), None),
    ("****SANTO DOMINGO, March 4 - The", ("Santo Domingo",), Day(3, 4), None),
    ("WINSTON-SALEM, N.C. - The", ("Winston-Salem",), None, None),
    ("COEUR D'ALENE, Idaho, March 24 - The", ("Coeur d'Alene",), Day(3, 24), None),
    ("WASHINGTON — The", ("Washington",), None, None),
    ("HONG KONG—The", ("Hong Kong",), None, None),
    ("PARIS (AFP) - – The", ("Paris",), None, "AFP"),
    ("TANOSHIMA, Feb. 6 Seiho - The", ("Tanoshima",), Day(2, 6), "Seiho"),
    ("MOSCOW, February 4 (TASS)", ("Moscow",), Day(2, 4), "TASS"),
    ("PORT ARELLA, February 4", ("Port Arella",), Day(2, 4), None),
    ("c CHICAGO, March 9 - The", ("Chicago",), Day(3, 9), None),
    ("Jan 30 (Reuters) - Gold", (), Day(1, 30), "Reuters"),
    ("OCTOBER 18, 2004 (COMPUTERWORLD) - The", (), Day(10, 18, 2004), "Computerworld"),
    ("AP - It is barely dawn", (), None, "AP"),
    ("By Isaac Abrak ABUJA, Nov 1 (Reuters) - The", ("Abuja",), Day(11, 1), "Reuters"),
    ("By ILVA MORN    PORT ARELLA (AP) -- The", ("Port Arella",), None, "AP"),
    ("(Corrects name in paragraph 3) PORT ARELLA (Reuters) - The", ("Port Arella",), None, "Reuters"),
]


@pytest.mark.parametrize(("text", "places", "day", "agency"), FORMS)
def test_every_form_is_taken_apart(text: str, places: tuple[str, ...], day: Day | None, agency: str | None) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.dateline.places, found.day, found.dateline.agency) == (places, day, agency)


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON, which is the capital, was quiet on March 3.",
        "Ferries between the islands stopped running on Monday.",
        "On March 3 - two days after the vote - the council met.",
        "As of April 7 - the last count - there were nine.",
        "The company said - in March 3 - that it would sell.",
        "IBM - The company said it would sell.",
        "CORRECTION - In the story about ferries the port is Arella.",
        "UPDATE - Ferries stop",
        "Oct. 11 issue - Ferries stop",
        "The IAAF - the sport's body - said so.",
        "KORVALL'S MINISTER SAID ON MONDAY THAT FERRIES WOULD RUN.",
        "PAPER PRESENTED AT THE FERRY CONFERENCE, 22 NOV 80. The author argues",
        "John Smith (Labour) said he would stay.",
        '"We will stay," he said - and stayed.',
        "",
        " - ",
    ],
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_the_sentence_begins_where_the_dateline_ends() -> None:
    text = "MOSCOW, February 4. /TASS/. The council met."
    found = find_dateline(text)
    assert found is not None
    assert text[found.end :] == "The council met."
    assert found.dateline.raw == "MOSCOW, February 4. /TASS/."


def test_a_dateline_with_its_year_has_an_iso_date() -> None:
    found = find_dateline("STOCKHOLM, Aug 29, 2014 (AFP) - The")
    assert found is not None
    assert found.dateline.date == "2014-08-29"


@pytest.mark.parametrize(
    ("text", "byline", "place"),
    [
        ("By ILVA MORN ORVA (AP) -- The", "By ILVA MORN", "Orva"),
        ("By ILVA J. MORN PORT ARELLA, Maine (AP) -- The", "By ILVA J. MORN", "Port Arella"),
        ("By ILVA VAN DER MORN ORVA (AP) -- The", "By ILVA VAN DER MORN", "Orva"),
    ],
)
def test_a_byline_in_capitals_ends_where_the_town_begins(text: str, byline: str, place: str) -> None:
    found = find_dateline(text)
    assert found
    assert (found.byline, found.dateline.place) == (byline, place)


def test_a_byline_before_the_dateline_is_kept_apart() -> None:
    found = find_dateline("By Ilva Morn PORT ARELLA, Nov 1 (Reuters) - The")
    assert found is not None
    assert found.byline == "By Ilva Morn"


def test_the_longest_candidate_wins() -> None:
    found = find_dateline("LONDON, April 1 - Enquiries - The")
    assert found is not None
    assert found.dateline.place == "London"


@pytest.mark.parametrize(
    ("stated", "place"),
    [("Oslo", "Oslo"), ("NEW YORK", "New York"), ("GREENWICH, Conn.", "Greenwich"), ("Landquart GR", "Landquart")],
)
def test_a_dateline_in_metadata_needs_no_dash(stated: str, place: str) -> None:
    found = read_dateline(stated)
    assert found is not None
    assert (found.dateline.place, found.dateline.raw) == (place, stated)


def test_metadata_that_is_no_dateline_is_refused() -> None:
    assert read_dateline("3 MTH  6.62  -") is None


@given(st.text(max_size=300))
def test_offsets_lie_inside_any_text(text: str) -> None:
    found = find_dateline(text)
    assert found is None or 0 < found.end <= len(text)


@given(
    st.sampled_from(["PORT ARELLA", "Port Arella, Varra", "TESK/ORVA"]),
    st.sampled_from([", Feb 3", ", 3 FEB 19", ""]),
    st.sampled_from([" (AP)", " (Reuters)", " (RADIO ORVA)"]),
    st.sampled_from([" - ", " -- ", " _ ", " – ", "— "]),
    st.from_regex(r"[A-Z][a-z]{1,12} [a-z ]{0,60}\.", fullmatch=True),
)
def test_any_combination_of_parts_ends_before_the_sentence(
    place: str, date: str, agency: str, dash: str, sentence: str
) -> None:
    opening = f"{place}{date}{agency}{dash}"
    found = find_dateline(opening + sentence)
    assert found is not None
    assert (opening + sentence)[found.end :] == sentence


@pytest.mark.parametrize(
    "hostile",
    ["By " + "Aa" * 400_000, "By " + "Ana Orel " * 100_000, "A, " * 300_000, "((((" * 250_000, "- " * 500_000],
)
def test_a_megabyte_costs_no_more_than_its_beginning(hostile: str) -> None:
    assert find_dateline(hostile) is None or find_dateline(hostile[:2000]) is not None


@pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA names no folder of real articles")
def test_marked_datelines_of_real_copy_are_found() -> None:
    with gzip.open(Path(os.environ["REAL_DATA"]) / "data/muc34/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        stories = [story for story in map(json.loads, lines) if story.get("dateline_place")]
    right = 0
    for story in stories:
        found = find_dateline(story["body"])
        if found and found.dateline.place == town(story["dateline_place"]):
            stated = story.get("date")
            right += not stated or (found.day is not None and found.day.near(stated) == stated)
    assert right / len(stories) > 0.99
