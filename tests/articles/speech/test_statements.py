"""Statements in the order of an article, each with its speaker."""

from __future__ import annotations

import pytest

from search.articles.speech.narrative import narrate
from search.articles.speech.statements import Listener, parted


def heard(*paragraphs: str) -> list[tuple[str | None, str, str]]:
    statements = Listener(narrate(paragraphs)).statements()
    return [(said.voice.speaker, said.voice.attribution, said.kind) for said in statements]


def test_marked_words_in_the_next_sentence_continue() -> None:
    text = '"It will rain all day," Marta Venn said. "It will freeze all night."'
    assert heard(text) == [("Marta Venn", "named", "direct"), ("Marta Venn", "continued", "direct")]


def test_a_colon_gives_the_next_sentence_its_speaker() -> None:
    assert heard("Marta Venn said to us:", '"It will rain all day."') == [("Marta Venn", "named", "direct")]


def test_the_last_paragraph_names_the_speaker_of_those_before() -> None:
    said = heard('"It will rain all day.', '"It will freeze all night," said Marta Venn.')
    assert said == [("Marta Venn", "continued", "direct"), ("Marta Venn", "named", "direct")]


def test_the_sentence_before_leads_up_to_marked_words() -> None:
    assert heard('Marta Venn opened the bridge. "It will rain all day."') == [("Marta Venn", "named", "direct")]


def test_a_title_in_marks_is_nobody_s_speech() -> None:
    assert heard('The film "The Long Way Home Again" opened on Friday.') == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"It rained all day." Venn left.', 2),
        ('"It rained all day," Venn said.', 1),
        ('"Did it rain all day?" Venn asked.', 1),
        ('"It rained all day!" Venn told the envoys.', 1),
        ("Venn left.", 1),
    ],
)
def test_marked_words_that_end_a_sentence_part_it(text: str, parts: int) -> None:
    n = narrate([text])
    assert len(list(parted(n, *n.sentences[0], sorted(n.spans)))) == parts
