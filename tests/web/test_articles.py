from __future__ import annotations

import pytest
from msgspec.structs import replace

from search.articles.model import Paragraph
from search.query.syntax import parse
from search.web.articles import reading
from tests.archive import HARVEST


def _marks(q: str) -> list[str]:
    """Every marked word of the harvest article, in order."""
    read = reading(HARVEST, parse(q).node)
    notes = [html for p in read.passages for note in p.notes for html in (note.speaker, note.role) if html]
    html = "".join([read.headline, read.lead or "", *(p.html for p in read.passages), *notes])
    return [piece.split("</mark>")[0] for piece in html.split("<mark>")[1:]]


def test_every_form_of_a_word_is_marked_in_headline_lead_and_text() -> None:
    assert _marks("silo") == ["silos", "silos"]
    assert _marks("harvests") == ["harvest", "harvest", "harvest"]


def test_words_that_must_be_said_are_marked_inside_quotes_only() -> None:
    assert _marks("wheat") == ["wheat", "wheat", "wheat"]
    assert _marks("said:wheat") == ["wheat"]


def test_speakers_and_roles_are_marked_in_the_margin() -> None:
    assert _marks("speaker:calloway role:minister") == ["Calloway", "minister"]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ('"grain harvest"', ["grain harvest"]),
        ('"wheat barley"~3', ["wheat", "barley"]),
        ("harv*", ["harvest", "harvest", "harvest"]),
        ("wheet~1", ["wheat", "wheat", "wheat"]),
        ("headline:velden", ["Velden"]),
        ('said:"silos are full"', ["silos are full"]),
        ("velden's -barley", ["Velden", "Velden’s"]),
    ],
)
def test_phrases_beginnings_and_near_words_are_marked_too(q: str, expected: list[str]) -> None:
    assert _marks(q) == expected


@pytest.mark.parametrize("q", ["silos", "speaker:calloway role:minister wheat", '"silos full are"~2', "unheardof", ""])
def test_all_that_is_marked_is_counted(q: str) -> None:
    assert reading(HARVEST, parse(q).node).matches == len(_marks(q))


def test_a_mark_across_the_edge_of_a_quote_counts_as_the_two_that_it_is() -> None:
    read = reading(HARVEST, parse('"reporters the silos"').node)
    assert read.matches == len(_marks('"reporters the silos"')) == 2


def test_a_role_is_noted_where_it_is_new() -> None:
    again = HARVEST.quotes[1]
    elsewhere = replace(again, paragraph=3, start=0, end=7)
    passages = reading(replace(HARVEST, quotes=(HARVEST.quotes[0], elsewhere))).passages
    assert [note.role for p in passages for note in p.notes] == ["harvest minister", None]


def test_quotes_of_several_speakers_have_a_note_each() -> None:
    first, second = HARVEST.quotes
    passages = reading(replace(HARVEST, quotes=(first, replace(second, speaker=None, role=None)))).passages
    assert [(note.speaker, note.quotes) for note in passages[1].notes] == [("Ines Calloway", 1), (None, 1)]


def test_links_to_very_many_paragraphs_tell_their_numbers_alone() -> None:
    def links(number: int) -> list[str]:
        lines = tuple(Paragraph(n, f"Row {n} of a table") for n in range(1, number + 1))
        return [passage.link for passage in reading(replace(HARVEST, paragraphs=lines, quotes=())).passages]

    assert links(100)[6] == "#p7:~:text=Row%207%20of%20a%20table"
    assert links(101)[6] == "#p7"


def test_links_to_very_many_quotes_tell_their_numbers_alone() -> None:
    def link(number: int) -> str:
        many = tuple(replace(HARVEST.quotes[0], id=f"q{n}") for n in range(number))
        ((_, found), *_) = reading(replace(HARVEST, quotes=many)).passages[1].notes[0].links
        return found

    assert link(100).startswith("#q-q0:~:text=")
    assert link(101) == "#q-q0"
