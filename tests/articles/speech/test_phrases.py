"""Noun phrases: the name in them, the role in them, or neither."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.phrases import phrase, possessor, undetermined


def read(text: str) -> tuple[str | None, str | None] | None:
    n = narrate(["It was " + text])
    found = phrase(n, 2, len(n.kinds) - 1)
    return (found.name and n.phrase(*found.name), found.role) if found else None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("finance minister Jane Doe", "Jane Doe", "finance minister"),
        ("Jane Doe of Port Alder", "Jane Doe", None),
        ("Doe at First Alder", "Doe", None),
        ("the Bank of Aldoria", "Bank of Aldoria", None),
        ("a spokesman for the bank", None, "a spokesman for the bank"),
        ("the Alder Ridge Attorney", None, "the Alder Ridge Attorney"),
        ("Bank of Aldoria Governor Jane Doe", "Jane Doe", "Bank of Aldoria Governor"),
        ("the wife of President Jane Doe", None, "the wife of President Jane Doe"),
    ],
)
def test_people_bodies_and_roles_are_told_apart(text: str, name: str | None, role: str | None) -> None:
    assert read(text) == (name, role)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("General Orchards Corp", "General Orchards Corp"),
        ("lead manager Venn Brothers Inc", "Venn Brothers Inc"),
        ("Pool and Reed's Corp", "Pool and Reed's Corp"),
        ("Sorn's Investors Service", "Sorn's Investors Service"),
        ("Sorn's Alder Steel Corp", "Alder Steel Corp"),
        ("Venn Sorn and Co", "Venn Sorn and Co"),
        ("Alder-based Sorn Motors Ltd", "Sorn Motors Ltd"),
    ],
)
def test_what_stands_before_a_company_ending_belongs_to_the_name(text: str, name: str) -> None:
    found = read(text)
    assert found is not None
    assert found[0] == name


def test_small_words_alone_are_no_noun_phrase() -> None:
    assert read("rain") is None


@pytest.mark.parametrize("word", ["the", "a", "its", "Their"])
def test_a_role_is_kept_without_article_and_possessive(word: str) -> None:
    assert undetermined(f"{word} chief executive") == "chief executive"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Mr. Doe's claim", "Doe's", None),
        ("President Jane Doe's claim", "Jane Doe's", "President"),
        ("the Gazette's claim", "Gazette's", None),
        ("the President's claim", None, "President"),
    ],
)
def test_a_possessor_is_named_without_title(text: str, name: str | None, role: str | None) -> None:
    n = narrate(["It was " + text])
    last = n.kinds.index("S")
    found = possessor(n, n.kinds.index("T") if "T" in n.kinds else last, last)
    assert (found.name and n.phrase(*found.name), found.role) == (name, role)
