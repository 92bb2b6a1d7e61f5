from __future__ import annotations

import pytest

from search.articles.bodies import kind_of


@pytest.mark.parametrize(
    "name",
    [
        "Bank of Marenna",
        "V.A. Harbour Department",
        "Oster Grain Co",
        "J.K. Falk Inc.",
        "Robert Falk Ltd",
        "Falk & Ness",
        "The Lanterns",
        "VHA",
        "Associated Press",
    ],
)
def test_a_name_may_show_a_body(name: str) -> None:
    assert kind_of(name) == kind_of(name, ["spokesman"]) == "body"


@pytest.mark.parametrize("name", ["Robert Falk", "R. Falk", "R.K. Falk", "Oster Falk Jr."])
def test_a_name_may_show_a_person(name: str) -> None:
    assert kind_of(name) == "person"


@pytest.mark.parametrize("role", ["minister", "chief economist of the Bank of Marenna", "harbour engineer, retired"])
def test_a_role_that_people_hold_shows_a_person(role: str) -> None:
    assert kind_of("Falk", ["", role]) == "person"


@pytest.mark.parametrize("name", ["Falk", "Falk Brothers", "Robert House", "Oster Ness", ""])
def test_what_shows_neither_has_no_kind(name: str) -> None:
    assert kind_of(name) is kind_of(name, ["research firm of Marenna"]) is None
