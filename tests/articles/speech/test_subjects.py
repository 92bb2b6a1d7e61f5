"""Who a verb of speaking belongs to: names, roles and pronouns before and behind it."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.subjects import subject_before, subject_behind


def before(text: str) -> tuple[str | None, str | None]:
    n = narrate([text + " said"])
    found = subject_before(n, len(n.kinds) - 2, 0)
    assert found is not None
    return found.name and n.phrase(*found.name), found.role


def behind(text: str) -> tuple[str | None, str | None]:
    n = narrate(["said " + text])
    found = subject_behind(n, 1, len(n.kinds))
    assert found is not None
    return found.name and n.phrase(*found.name), found.role


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Marta Venn", "Marta Venn", None),
        ("On Monday Marta Venn also", "Marta Venn", None),
        ("Aldorian trade envoy Marta Venn", "Marta Venn", "Aldorian trade envoy"),
        ("White Hall Press Secretary Marta Venn", "Marta Venn", "White Hall Press Secretary"),
        ("Marta Venn, a nurse from Port Alder, Aldoria,", "Marta Venn", "nurse from Port Alder"),
        ("Marta Venn, 44, who has kept bees for years and sold them,", "Marta Venn", None),
        ("Sorn's lawyer, Marta Venn,", "Marta Venn", "Sorn's lawyer"),
        ("Archbishop Aris Venn of the Old Church of Alder", "Aris Venn", "Archbishop"),
        ("the Bank of Aldoria", "Bank of Aldoria", None),
        ("a spokesman for Mr. Sorn", None, "a spokesman for Mr. Sorn"),
        ("people briefed on the matter", None, "people"),
        ("Venn and Sorn", None, "Venn and Sorn"),
    ],
)
def test_a_subject_before_its_verb(text: str, name: str | None, role: str | None) -> None:
    assert before(text) == (name, role)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Marta Venn.", "Marta Venn", None),
        ("the Rev. Marta Venn, 50, a plumber from Port Alder.", "Marta Venn", "Rev."),
        ("Marta Venn, chairwoman of the board and president.", "Marta Venn", "chairwoman of the board and president"),
        ("the minister, Marta Venn.", "Marta Venn", "minister"),
        ("Adm. John C. Venn Jr., a former fleet commander.", "John C. Venn Jr.", "Adm."),
        ("an official at the ministry on Monday", None, "an official at the ministry"),
    ],
)
def test_a_subject_behind_its_verb(text: str, name: str | None, role: str | None) -> None:
    assert behind(text) == (name, role)


def test_a_relative_clause_has_the_subject_before_it() -> None:
    assert before("Marta Venn, who") == ("Marta Venn", None)


def test_a_verb_without_a_subject_has_none() -> None:
    n = narrate(["As said"])
    assert subject_before(n, 0, 0) is None


def test_the_holder_of_a_bodys_office_stands_behind_a_verb_with_the_whole_office() -> None:
    assert behind("Bank of Aldoria Governor Marta Venn, 44") == ("Marta Venn", "Bank of Aldoria Governor")
