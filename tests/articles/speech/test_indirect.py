"""Speech without marks: what a verb of speaking introduces or follows."""

from __future__ import annotations

import pytest

from search.articles.speech.indirect import contents
from search.articles.speech.narrative import narrate
from search.articles.speech.reports import reports


def said(text: str) -> list[tuple[str, str]]:
    n = narrate([text])
    first, high = n.sentences[0]
    found = reports(n, first, high)
    return [(c.kind, n.text[c.start : c.end]) for c in contents(n, first, high, found, [])]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Venn said that the bridge was open.", "the bridge was open"),
        ("Venn said the bridge was open.", "the bridge was open"),
        ("Venn told reporters the bridge was open.", "the bridge was open"),
        ("The bridge was open, Venn said.", "The bridge was open"),
        ("The bridge was open, according to Venn.", "The bridge was open"),
        ("According to Venn, the bridge was open.", "the bridge was open"),
        ("According to Venn, writing for the Alder Post, the bridge was open.", "the bridge was open"),
        ("As Venn told the Alder Post, the bridge was open.", "the bridge was open"),
        ("Venn was quick to add that the bridge was open.", "the bridge was open"),
    ],
)
def test_a_clause_is_reported(text: str, content: str) -> None:
    assert said(text) == [("indirect", content)]


def test_a_clause_of_judgement_does_not_end_what_is_said() -> None:
    text = "Venn said that the bridge was open, praising those who had built it."
    assert said(text) == [("indirect", "the bridge was open, praising those who had built it")]


def test_a_fragment_in_marks_makes_it_mixed() -> None:
    assert said('Venn called the long new bridge "a mess".') == [("mixed", 'the long new bridge "a mess')]


@pytest.mark.parametrize(
    "text",
    [
        "Venn would not say that the bridge was open.",
        "Venn said nothing.",
        "Venn called the new bridge home.",
        "We said that the bridge was open.",
    ],
)
def test_nothing_is_reported(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In May the port traded five boats for Jan Venn, an Alder trader now charged with fraud.",
        "On Friday Alder, leading a group of 13 towns, asked a federal judge to block the rules.",
        "A poll for the Alder Post, held with the university, shows Venn with 47 percent.",
    ],
)
def test_a_verb_with_another_object_makes_nothing_said_of_what_stands_before_it(text: str) -> None:
    assert said(text) == []
