"""Sources that are named beside what is said."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.reports import reports


@pytest.mark.parametrize(
    ("text", "source", "order"),
    [
        ("According to the bank, it is late.", "the bank", "source"),
        ("As reported by the Gazette, it is late.", "the Gazette", "source"),
        ("Venn was asked by Ilya Sorn whether it was late.", "Ilya Sorn", "agent"),
        ('As Venn puts it, the yard is "a house of cards."', "Venn", "source"),
        ('Venn put it this way: "We are late."', "Venn", "before"),
    ],
)
def test_a_source_is_told_from_a_subject(text: str, source: str, order: str) -> None:
    n = narrate([text])
    (found,) = reports(n, *n.sentences[0])
    assert (n.phrase(found.subject.first, found.subject.last), found.order) == (source, order)


@pytest.mark.parametrize("text", ["It was given according to taste.", "The plan announced by the bank is late."])
def test_no_source_is_named(text: str) -> None:
    n = narrate([text])
    assert [report for report in reports(n, *n.sentences[0]) if report.order in ("source", "agent")] == []
