from __future__ import annotations

from dataclasses import replace

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


def test_matches_in_the_text_are_counted() -> None:
    assert reading(HARVEST, parse("silos").node).matches == 2
    assert reading(HARVEST).matches == 0


def test_a_role_is_noted_where_it_is_new() -> None:
    again = HARVEST.quotes[1]
    elsewhere = replace(again, paragraph=3, start=0, end=7)
    passages = reading(replace(HARVEST, quotes=(HARVEST.quotes[0], elsewhere))).passages
    assert [note.role for p in passages for note in p.notes] == ["harvest minister", None]


def test_quotes_of_several_speakers_have_a_note_each() -> None:
    first, second = HARVEST.quotes
    passages = reading(replace(HARVEST, quotes=(first, replace(second, speaker=None, role=None)))).passages
    assert [(note.speaker, note.quotes) for note in passages[1].notes] == [("Ines Calloway", 1), (None, 1)]
