"""Names in a narrative: where they run and which are one person's."""

from __future__ import annotations

import pytest

from search.articles.speech.names import bare_name, is_body, name_runs, name_text, same_person
from search.articles.speech.narrative import narrate


def names(text: str) -> list[str]:
    n = narrate([text])
    return [name_text(n, first, last) for _, first, last, _ in name_runs(n)]


def test_names_of_several_words_are_found() -> None:
    assert names("There Minister Marta J. Venn met Jan van der Aal's aide and Sorn.") == [
        "Marta J. Venn",
        "Jan van der Aal",
    ]


def test_headlines_in_capitals_hold_no_names() -> None:
    assert names("Marta Venn Hails New Port Alder Bridge Plan") == []


def test_line_breaks_and_curly_apostrophes_are_evened_out() -> None:
    assert names("It was Ann\nD’Arby who came.") == ["Ann D'Arby"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [(("Marta", "Venn", "Jr."), ("Marta", "Venn")), (("van", "der", "Aal"), ("Aal",)), (("Venn",), ("Venn",))],
)
def test_suffixes_and_leading_particles_do_not_count(name: tuple[str, ...], bare: tuple[str, ...]) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Marta", "Venn"), ("Marta", "J.", "Venn"), True),
        (("M.", "Venn"), ("Marta", "Venn"), True),
        (("Marta", "Venn"), ("Maria", "Venn"), False),
        (("Ann", "D'Arby"), ("Ann", "D’Arby"), True),
    ],
)
def test_a_given_name_or_its_initial_makes_one_person(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert same_person(one, other) is same


def test_a_body_shows_in_its_name_or_its_article() -> None:
    n = narrate(["It was the Alder Post and Marta Venn."])
    assert is_body(n, ("Alder", "Post"), 3)
    assert not is_body(n, ("Marta", "Venn"), 6)
