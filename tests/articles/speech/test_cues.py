"""Forms of the verbs of speaking."""

from __future__ import annotations

import pytest

from search.articles.speech.cues import CUES


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("said", "say", "finite"),
        ("says", "say", "finite"),
        ("saying", "say", "gerund"),
        ("tell", "tell", "base"),
        ("admitted", "admit", "finite"),
        ("replies", "reply", "finite"),
        ("stressing", "stress", "gerund"),
        ("stresses", "stress", "finite"),
        ("summed", "sum", "finite"),
        ("quips", "quip", "finite"),
        ("read", "read", "finite"),
        ("shouted", "shout", "finite"),
    ],
)
def test_every_form_goes_back_to_its_verb(word: str, lemma: str, form: str) -> None:
    assert (CUES[word].lemma, CUES[word].form) == (lemma, form)


def test_verbs_differ_in_what_they_can_introduce() -> None:
    assert [CUES[word].strength for word in ("said", "argued", "called", "laughed")] == [
        "plain",
        "that",
        "label",
        "manner",
    ]
