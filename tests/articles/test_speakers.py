"""The speakers of an article, counted."""

from __future__ import annotations

from search.articles.model import Quote, Speaker
from search.articles.speakers import speakers_of


def quote(speaker: str | None, role: str | None = None) -> Quote:
    return Quote("a-1", "We are late", speaker, role, "said", "direct", "named", 1, 0, 11)


def test_the_most_quoted_come_first() -> None:
    found = speakers_of([quote("Ilya Sorn"), quote("Marta Venn"), quote("Marta Venn")])
    assert [(speaker.name, speaker.quotes) for speaker in found] == [("Marta Venn", 2), ("Ilya Sorn", 1)]


def test_equals_stand_in_the_order_of_the_text() -> None:
    assert [speaker.name for speaker in speakers_of([quote("Sorn"), quote("Venn")])] == ["Sorn", "Venn"]


def test_roles_are_kept_once_each() -> None:
    found = speakers_of([quote("Marta Venn", "mayor"), quote("Marta Venn", "mayor"), quote("Marta Venn", "envoy")])
    assert found == (Speaker("Marta Venn", ("mayor", "envoy"), 3),)


def test_a_voice_without_a_name_is_no_speaker() -> None:
    assert speakers_of([quote(None, "a source familiar with the talks")]) == ()
