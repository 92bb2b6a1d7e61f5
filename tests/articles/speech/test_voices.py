"""Whose voice a pronoun is."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.reports import reports
from search.articles.speech.voices import NOBODY, Voices


def voices(text: str) -> list[tuple[str | None, str]]:
    """Speaker and attribution of each report, sentences without one passed over."""
    n = narrate([text])
    all_of_them = Voices(n)
    out: list[tuple[str | None, str]] = []
    for first, high in n.sentences:
        found = reports(n, first, high)
        out += [(v.speaker, v.attribution) for v in (all_of_them.of(r.subject) for r in found)]
        if not found:
            all_of_them.pass_over(first, high)
    return out


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Marta Venn said that it rained. She said that it froze.", ("Marta Venn", "pronoun")),
        ("Marta Venn said it rained. Paul Sorn said it froze. She said no more came.", ("Marta Venn", "pronoun")),
        ("Marta Venn opened the bridge. She said that it rained.", ("Marta Venn", "pronoun")),
        ("Marta Venn said that it rained. He said that it froze.", (None, "pronoun")),
        ("The Energy Ministry said that it rained. It said that it froze.", ("Energy Ministry", "pronoun")),
        ("She said that it rained.", (None, "pronoun")),
    ],
)
def test_a_pronoun_means_the_last_one_it_fits(text: str, last: tuple[str | None, str]) -> None:
    assert voices(text)[-1] == last


def test_they_are_the_group_that_spoke() -> None:
    n = narrate(["The miners said that it rained. They said that it froze."])
    all_of_them = Voices(n)
    found = [all_of_them.of(report.subject) for first, high in n.sentences for report in reports(n, first, high)]
    assert [(voice.speaker, voice.role) for voice in found] == [(None, "The miners"), (None, "The miners")]


def test_nobody_goes_on_as_nobody() -> None:
    assert NOBODY.continued() is NOBODY
