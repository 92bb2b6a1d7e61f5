"""Which names are one speaker's: what speaks for it, and what speaks against it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.variants import Known, block, shown, together


def known(name: str, *roles: str) -> Known:
    return Known(name, frozenset(roles))


def are_one(*names: Known, apart: tuple[frozenset[str], ...] = ()) -> bool:
    return together(names, apart) == [tuple(sorted(one.name for one in names))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Almera", "Jose Almera"),
        ("Ilva Morn-Brask", "Ilva MornBrask"),
        ("Niamh O'Dorran", "Niamh ODorran"),
        ("Dmitry Arlov", "Dmitri Arlov"),
        ("Dmitrii Arlov", "Dmitry Arlov"),
        ("Sergey Tavin", "Sergei Tavin"),
        ("Alexander Brenik", "Aleksandr Brenik"),
        ("Alexey Brenik", "Aleksei Brenik"),
        ("Yevgeny Prahov", "Evgeny Prakhov"),
        ("Mikhail Lodensky", "Mihail Lodenskiy"),
        ("Tatyana Orlin", "Tatiana Orlin"),
        ("Dmitry Arlov Jr.", "Dmitri Arlov Jr"),
    ],
)
def test_another_rendering_of_the_same_name_is_the_same_speaker(one: str, other: str) -> None:
    assert are_one(known(one), known(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mario Silven", "Maria Silven"),
        ("Jan Novett", "Jana Novett"),
        ("Paul Denmar", "Paula Denmar"),
        ("Dmitry Arlov", "Dmitry Orlov"),
        ("Arlov", "Dmitry Arlov"),
        ("Carl Benn", "Carl Benn Jr."),
        ("Carl Benn II", "Carl Benn III"),
        ("Ludwig Benn", "Ludwig van Benn"),
        ("Bank of Arlen", "Bank Arlen"),
        ("Dmitry Arlov", "Arlov Dmitry"),
    ],
)
def test_names_that_two_people_can_have_stay_apart(one: str, other: str) -> None:
    assert together([known(one, "energy minister"), known(other, "energy minister")]) == []


def test_a_rendering_by_sound_is_not_trusted_against_roles_without_a_word_in_common() -> None:
    assert are_one(known("Henri Martell", "deputy mayor"), known("Henry Martell", "mayor of Brask"))
    assert not are_one(known("Henri Martell", "chef"), known("Henry Martell", "harbour engineer"))


def test_a_rendering_by_sound_needs_a_shared_role_where_the_surname_is_common() -> None:
    others = [known("Ilva Martell"), known("Bo Martell")]
    assert together([known("Henri Martell"), known("Henry Martell"), *others]) == []
    found = together([known("Henri Martell", "mayor"), known("Henry Martell", "the mayor"), *others])
    assert found == [("Henri Martell", "Henry Martell")]


@pytest.mark.parametrize("full", ["Ada B. Morn", "Ada Beatrix Morn"])
def test_a_middle_name_may_be_missing_where_a_role_is_shared(full: str) -> None:
    assert are_one(known("Ada Morn", "Energy Minister"), known(full, "the former energy minister", "senator"))
    assert are_one(known("Ada Morn", "energy minister"), known(full, "Arlen's acting energy minister"))
    assert not are_one(known("Ada Morn", "energy minister"), known(full, "professor of physics"))
    assert not are_one(known("Ada Morn"), known(full))


def test_a_role_of_one_word_is_a_witness_only_where_nobody_shares_the_surname() -> None:
    pair = [known("Ada Morn", "minister"), known("Ada B. Morn", "minister")]
    assert are_one(*pair)
    assert together([*pair, known("Ottilie Morn")]) == []


def test_middle_names_that_contradict_one_another_keep_the_bare_name_apart_from_both() -> None:
    names = [known(name, "energy minister") for name in ("Ada Morn", "Ada B. Morn", "Ada K. Morn")]
    assert together(names) == []


def test_a_middle_initial_and_the_name_it_stands_for_agree() -> None:
    names = [known(name, "energy minister") for name in ("Ada Morn", "Ada B. Morn", "Ada Beatrix Morn")]
    assert are_one(*names)


def test_a_first_name_in_short_needs_a_shared_role_and_one_name_that_fits() -> None:
    short, full = known("J. Marrow", "harbour master"), known("Joan Marrow", "the harbour master")
    assert are_one(short, full)
    assert together([short, full, known("John Marrow", "fisherman")]) == []
    assert together([known("J. Marrow", "painter"), full]) == []
    assert together([known("J. Marrow", "minister"), known("Joan Marrow", "minister")]) == []


def test_names_that_one_article_tells_apart_are_two_speakers() -> None:
    pair = frozenset(("Dmitry Arlov", "Dmitri Arlov"))
    assert not are_one(known("Dmitry Arlov"), known("Dmitri Arlov"), apart=(pair,))


def test_nothing_comes_together_through_a_third_name_that_an_article_tells_apart() -> None:
    names = [known("Dmitry Arlov"), known("Dmitri Arlov"), known("Dmitrii Arlov")]
    apart = (frozenset(("Dmitry Arlov", "Dmitrii Arlov")),)
    assert together(names, apart) == [("Dmitri Arlov", "Dmitrii Arlov")]


def test_the_name_shown_is_the_one_quoted_most_then_the_fullest() -> None:
    quotes = {"Dmitri Arlov": 3, "Dmitry Arlov": 5, "D. Arlov": 5}
    assert shown(quotes, quotes.__getitem__) == "Dmitry Arlov"


def test_a_name_of_one_word_is_in_no_block() -> None:
    assert block("Arlov") is None
    assert block("") is None
    assert block("Д.") is None


_WORDS = (
    "Ada",
    "Adam",
    "B.",
    "Beatrix",
    "Dmitry",
    "Dmitri",
    "D.",
    "Morn",
    "Morne",
    "O'Dorran",
    "van",
    "Jr.",
    "José",
    "'",
)
NAMES = st.lists(st.sampled_from(_WORDS))


@given(st.lists(st.tuples(NAMES.map(" ".join), st.sampled_from(["", "minister", "energy minister"]))))
def test_all_names_that_come_together_are_of_one_block_and_in_one_group(drawn: list[tuple[str, str]]) -> None:
    names = {name: known(name, *filter(None, [role])) for name, role in drawn}
    groups = together(names.values())
    held = [name for group in groups for name in group]
    assert len(held) == len(set(held))
    for group in groups:
        assert len({block(name) for name in group}) == 1
        assert together([names[name] for name in group if name]) or len(group) < 2
    pairs = [frozenset(pair) for group in groups for pair in combinations(group, 2)]
    assert together(names.values(), frozenset(pairs)) == []
