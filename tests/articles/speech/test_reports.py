"""Verbs of speaking and their subjects in a sentence."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.reports import reports


def found(text: str) -> list[tuple[str, str, str]]:
    n = narrate([text])
    first, high = n.sentences[0]
    return [(n.words[r.token], n.phrase(r.subject.first, r.subject.last), r.order) for r in reports(n, first, high)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Venn said that it rained.", [("said", "Venn", "before")]),
        ('"It rains," said Venn.', [("said", "Venn", "behind")]),
        ("It rains, according to Venn.", [("according", "Venn", "source")]),
        ("Venn said it rained, adding that it froze.", [("said", "Venn", "before"), ("adding", "Venn", "before")]),
        ("Venn laughed and said that it rained.", [("said", "Venn", "before")]),
        ("Venn said Sorn had said that it rained.", [("said", "Venn", "before")]),
    ],
)
def test_reports_of_a_sentence(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The plan was announced in May.",
        "The claims of the bank are many.",
        "The report by the bank is long.",
        "It rained.",
    ],
)
def test_nothing_is_reported(text: str) -> None:
    assert found(text) == []
