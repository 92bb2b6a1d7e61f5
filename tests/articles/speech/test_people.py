"""One person under many words: surnames, epithets, titles."""

from __future__ import annotations

from collections import deque

import pytest

from search.articles.speech.narrative import Narrative, narrate
from search.articles.speech.people import People, Person
from search.articles.speech.phrases import Subject, phrase

OPENING = "There the energy minister, Marta Venn, met trade envoy Jan van der Aal."


def name_of(word: str, text: str = OPENING) -> str:
    n = narrate([f"{text} It was {word}"])
    return named(n, len(word.split())).name


def named(n: Narrative, length: int = 1) -> Person:
    """The person whom the last words of a narrative name."""
    found = People(n).named(subject(n, len(n.kinds) - length), deque())
    assert found is not None
    return found


def subject(n: Narrative, first: int) -> Subject:
    found = phrase(n, first, len(n.kinds) - 1)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("word", "name"),
    [("Venn", "Marta Venn"), ("Marta", "Marta Venn"), ("van der Aal", "Jan van der Aal"), ("Aal", "Jan van der Aal")],
)
def test_part_of_a_name_stands_for_the_fullest(word: str, name: str) -> None:
    assert name_of(word) == name


def test_a_name_met_for_the_first_time_is_entered() -> None:
    assert name_of("Sorn") == "Sorn"


@pytest.mark.parametrize(
    ("role", "name"),
    [("the minister", "Marta Venn"), ("the envoy", "Jan van der Aal"), ("a minister", None), ("the pilot", None)],
)
def test_an_epithet_means_the_one_who_holds_the_office(role: str, name: str | None) -> None:
    held = People(narrate([OPENING])).holder(role, deque())
    assert (held and held.name) == name


def test_an_epithet_that_fits_two_means_neither() -> None:
    two = "There trade envoy Marta Venn met trade envoy Jan Sorn."
    assert People(narrate([two])).holder("the trade envoy", deque()) is None


def test_a_relative_s_role_is_not_the_person_s_own() -> None:
    text = "There Marta Venn's brother Amos came."
    n = narrate([text + " It was Venn"])
    person = named(n)
    assert (person.name, person.role) == ("Marta Venn", None)


def test_a_title_tells_two_of_one_surname_apart() -> None:
    text = "There Marta Venn met Paul Venn. Then came Mrs."
    n = narrate([text + " Venn"])
    assert named(n).name == "Marta Venn"


def test_a_name_without_words_of_its_own_is_entered() -> None:
    n = narrate(["It was late for 3 Co., said Venn"])
    stop = n.words.index(".")
    assert People(n).named(Subject("name", stop - 1, stop, (stop - 1, stop)), deque()) is not None
    assert People(n).named(Subject("name", stop, stop, (stop, stop)), deque()) is not None


def test_a_bank_without_a_name_is_nobody_by_name() -> None:
    n = narrate(["It rained. Then came the Bank"])
    assert People(n).named(subject(n, len(n.kinds) - 2), deque()) is None


def test_the_epithet_is_the_role_where_it_says_more() -> None:
    person = Person("Marta Venn", ("Marta", "Venn"), role="senator", heads={"senator"})
    assert person.role_for("the senator from Sorna") == "senator from Sorna"
    assert person.role_for("the senator") == "senator"
    assert person.role_for("the former minister") == "former minister"


def test_an_office_of_two_parts_is_whole() -> None:
    n = narrate(["There Ways and Means chairman Carl Benn spoke. Then came Benn"])
    assert named(n).role == "Ways and Means chairman"


def test_another_person_is_no_part_of_an_office() -> None:
    n = narrate(["Marta Venn spoke. Venn and Finance minister Carl Benn left. Venn ate. Then came Benn"])
    assert named(n).role == "Finance minister"


@pytest.mark.parametrize(
    ("text", "epithet"),
    [
        ("There Marta Venn, chairwoman of the board, met everybody.", "the board"),
        ("There Orva campaign spokeswoman Marta Venn met everybody.", "the campaign"),
        ("There Marta Venn, a senator, met everybody.", "the report by the senator"),
        ("There the rival, Marta Venn, met everybody.", "the rival's campaign"),
    ],
)
def test_nobody_is_the_body_or_the_paper_that_their_role_names(text: str, epithet: str) -> None:
    assert People(narrate([text])).holder(epithet, deque()) is None


def test_a_role_is_known_by_its_office_whatever_stands_behind_it() -> None:
    people = People(narrate(["There Marta Venn, chairwoman of the board, met everybody."]))
    holder = people.holder("the chairwoman of the board", deque())
    assert holder is not None
    assert holder.name == "Marta Venn"
