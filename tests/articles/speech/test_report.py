"""Where a report of speech may stand."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.report import candidates, tells


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Venn said it rained, according to Sorn.", ["said", "according"]),
        ("The view that it rained won.", ["view"]),
        ('"It rains all day," groused Venn.', ["groused"]),
        ("It rained all day in the yard.", []),
    ],
)
def test_verbs_and_nouns_of_speaking_are_candidates(text: str, words: list[str]) -> None:
    n = narrate([text])
    assert [n.words[token] for token in candidates(n, 0, len(n.kinds))] == words


@pytest.mark.parametrize(
    ("text", "telling"), [("Venn said no.", True), ("Venn praised it.", False), ("Venn groused that it rained.", True)]
)
def test_a_judgement_tells_nothing_without_marks(text: str, telling: bool) -> None:
    n = narrate([text])
    assert tells(n, 1) is telling
