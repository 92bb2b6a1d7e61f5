"""Who a sentence, or the clause before a participle, is about."""

from __future__ import annotations

import pytest

from search.articles.speech.clauses import clause_subject, nearest_subject
from search.articles.speech.narrative import narrate


def subject(text: str) -> str | None:
    n = narrate([text])
    found = clause_subject(n, *n.sentences[0])
    return n.phrase(found.first, found.last) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marta Venn opened the bridge.", "Marta Venn"),
        ("But on Friday, Marta Venn opened the bridge.", "Marta Venn"),
        ("A few days later, Venn opened it.", "Venn"),
        ("She opened it.", "She"),
        ("It rained.", "It"),
        ("In the rain they walked.", None),
    ],
)
def test_the_first_noun_phrase_is_the_subject(text: str, expected: str | None) -> None:
    assert subject(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Venn opened the bridge, promising more.", "Venn"),
        ("The bridge opened late, when Sorn came, promising more.", "Sorn"),
    ],
)
def test_a_participle_hangs_on_the_clause_before_it(text: str, expected: str) -> None:
    n = narrate([text])
    first, _ = n.sentences[0]
    found = nearest_subject(n, first, n.words.index("promising"))
    assert found is not None
    assert n.phrase(found.first, found.last) == expected
