"""Which report of a sentence marked words belong to."""

from __future__ import annotations

import pytest

from search.articles.speech.attribution import claim, introduction, signature
from search.articles.speech.narrative import narrate
from search.articles.speech.reports import reports


def claimed(text: str) -> list[str | None]:
    """The subjects to whom the marked words of a sentence go."""
    n = narrate([text])
    first, high = n.sentences[0]
    found = reports(n, first, high)
    claims = [claim(n, mark, first, found) for mark in sorted(n.spans)]
    return [n.phrase(c.report.subject.first, c.report.subject.last) if c else None for c in claims]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"It will rain all day," Venn said, "and freeze all night"', ["Venn", "Venn"]),
        ('Venn said, "It will rain all day"', ["Venn"]),
        ('Venn said "it will rain all day" and Sorn replied "it will not rain at all"', ["Venn", "Sorn"]),
        ('"It will rain all day," according to Venn', ["Venn"]),
        ('The bridge is called "the long way home" here', [None]),
    ],
)
def test_marked_words_go_to_the_report_beside_them(text: str, speakers: list[str | None]) -> None:
    assert claimed(text) == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [("Marta Venn:", "Marta Venn"), ("A word from Sorn:", "Sorn"), ("Venn told the envoys on Friday:", "Venn")],
)
def test_a_colon_introduces_a_speaker(text: str, speaker: str) -> None:
    n = narrate([text])
    found = introduction(n, *n.sentences[0])
    assert found is not None
    assert n.phrase(found.subject.first, found.subject.last) == speaker


def test_a_dash_signs_marked_words() -> None:
    n = narrate(['"We have a bridge at last." — Marta Venn'])
    found = signature(n, 0)
    assert found is not None
    assert n.phrase(found.first, found.last) == "Marta Venn"


def test_words_without_a_signature_have_none() -> None:
    n = narrate(['"We have a bridge at last." It rained.'])
    assert signature(n, 0) is None
