"""Offices of several words that run into a name."""

from __future__ import annotations

import pytest

from search.articles.model import Paragraph
from search.articles.quotes import find_quotes


def spoken(subject: str) -> tuple[str | None, str | None]:
    """The speaker and role of a sentence that they open."""
    text = f"{subject} said the talks had ended. Reporters came to the harbour."
    (quote,) = find_quotes("a", [Paragraph(1, text)])
    return quote.speaker, quote.role


@pytest.mark.parametrize(
    ("subject", "speaker", "role"),
    [
        ("Secretary of State Velko Dran", "Velko Dran", "Secretary of State"),
        ("Palace Chief of Staff Ann Venn", "Ann Venn", "Palace Chief of Staff"),
        ("Director of National Intelligence Jorn Venn", "Jorn Venn", "Director of National Intelligence"),
        ("The former secretary of state Ann Venn", "Ann Venn", "former secretary of state"),
        ("The Speaker of the House Ann Venn", "Ann Venn", "Speaker of the House"),
        ("Mayor of Port Alder Ann Venn", "Ann Venn", "Mayor of Port Alder"),
        ("Minister for Health Jorn Venn", "Jorn Venn", "Minister for Health"),
        ("Secretary of State Dran", "Dran", "Secretary of State"),
    ],
)
def test_an_office_of_several_words_ends_where_the_name_begins(subject: str, speaker: str, role: str) -> None:
    assert spoken(subject) == (speaker, role)


@pytest.mark.parametrize(
    "subject",
    [
        "The Chief of Staff",
        "A spokesman for Ann Venn",
        "The head of state oil firm Rosta",
        "The President of Ann Venn Industries Corp",
        "Friends of Ann Paul Venn",
    ],
)
def test_an_office_without_a_name_of_its_holder_names_nobody(subject: str) -> None:
    speaker, _ = spoken(subject)
    assert speaker is None


def test_the_holder_of_such_an_office_is_met_under_the_name_alone() -> None:
    text = "Secretary of State Ann Venn arrived in Orva on Monday. Venn said the talks had ended."
    (quote,) = find_quotes("a", [Paragraph(1, text)])
    assert (quote.speaker, quote.role) == ("Ann Venn", "Secretary of State")
