"""Speech that a noun reports."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.possession import possessed


def owner(text: str, noun: str) -> str | None:
    n = narrate([text])
    first, high = n.sentences[0]
    found = possessed(n, n.words.index(noun), first, high, told=False)
    return n.phrase(found.subject.first, found.subject.last) if found else None


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("It rests on Marta Venn's claim that the yard is safe.", "claim", "Marta Venn's"),
        ("It rests on his old claim that the yard is safe.", "claim", "his"),
        ("It rests on the contention of the bank that it is safe.", "contention", "the bank"),
        ("Venn's boldest claim is that the yard is safe.", "claim", "Venn's"),
        ("It rests on the claim that the yard is safe.", "claim", None),
        ("Venn's claims were many.", "claims", None),
    ],
)
def test_the_possessor_of_a_claim_makes_it(text: str, noun: str, expected: str | None) -> None:
    assert owner(text, noun) == expected
