import re
from collections import Counter
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.classification.lexicon import BREAK, LETTERS, Lexicon, Node, words_of
from search.articles.classification.topic_file import LONGEST_ENTRY, Entry, fold, read_topics, tokens
from search.articles.topics import SHIPPED

ENTRIES = ["oil", "oil price", "olive oil", "Shell", "refiner*", "talks", "ferry", "oil price war", "bus"]


def lexicon(*written: tuple[int, str]) -> Lexicon:
    return Lexicon((str(topic), entry(text)) for topic, text in written)


def entry(written: str) -> Entry:
    words = tuple(fold(word) for word in tokens(written))
    return Entry(written, 1, words, written[0].isupper(), written.endswith("*"))


def found(text: str, *written: tuple[int, str]) -> dict[str, int]:
    """The entries found, and how often."""
    return Counter(hit.written for hit in lexicon(*written).find(words_of([text])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OIL and Oil", {"oil": 2}),
        ("oils", {"oil": 1}),
        ("two ferries, a ferry", {"ferry": 2}),
        ("buses", {"bus": 1}),
        ("bused or buss", {}),
        ("a talk", {}),
        ("the talks", {"talks": 1}),
        ("a shell", {}),
        ("Shell and SHELL", {"Shell": 2}),
        ("refiners in the refinery", {"refiner*": 2}),
        ("oil prices", {"oil price": 1}),
        ("an oil-price war", {"oil price war": 1}),
        ("oil price wars and oil wars", {"oil price war": 1, "oil": 1}),
        ("olive oil, not oil", {"olive oil": 1, "oil": 1}),
        ("olive", {}),
        ("", {}),
    ],
)
def test_entries_are_found_as_the_topics_file_says(text: str, expected: dict[str, int]) -> None:
    assert found(text, *((0, written) for written in ENTRIES)) == expected


def test_a_phrase_hides_its_words_from_its_own_topic_only() -> None:
    assert found("olive oil", (0, "oil"), (0, "olive oil"), (1, "oil"), (1, "olive")) == {
        "olive oil": 1,
        "oil": 1,
        "olive": 1,
    }


def test_words_after_a_hiding_phrase_count_again() -> None:
    assert found("olive oil oil", (0, "oil"), (0, "olive oil")) == {"olive oil": 1, "oil": 1}


def test_an_entry_written_as_a_plural_goes_before_the_plural_of_another() -> None:
    assert found("talks talk", (0, "talk"), (0, "talks")) == {"talks": 1, "talk": 1}


def test_accents_in_the_text_make_no_difference() -> None:
    assert found("Café cafés", (0, "cafe")) == {"cafe": 2}


def test_no_phrase_reaches_from_one_text_into_another() -> None:
    table = lexicon((0, "oil"), (0, "oil price"))
    assert [hit.written for hit in table.find(words_of(["Olive oil", "price of oil"]))] == ["oil", "oil"]


def test_a_phrase_may_end_with_the_text() -> None:
    assert found("the oil price", (0, "oil"), (0, "oil price"), (0, "oil price war")) == {"oil price": 1}


@given(st.lists(st.text(st.sampled_from("ab1é’ _-\t–ß\u0301…\xa0"))))
def test_the_words_of_texts_are_runs_of_letters_and_digits(texts: list[str]) -> None:
    expected = [word for text in texts for word in (*re.findall(r"[^\W_]+", text), BREAK)]
    assert words_of(texts) == expected[:-1]


def test_at_no_word_are_more_words_looked_at_than_the_longest_entry_has() -> None:
    definitions = read_topics(SHIPPED).values()
    entries = [entry for definition in definitions for entry in definition.entries]
    table = Lexicon(("0", entry) for entry in entries)
    beginnings = {table[entry.tokens[0].capitalize()] for entry in entries}
    assert max(map(depth, beginnings)) <= LONGEST_ENTRY


def depth(node: Node) -> int:
    return 1 + max(map(depth, node.next.values()), default=0)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.articles.classification.lexicon.REMEMBERED", 10)
    table = lexicon((0, "oil"))
    for number in range(100):
        table.find([f"word{number}", "oil"])
    assert len(table) <= 10


def test_of_a_word_without_end_only_the_first_letters_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    folded = Mock(side_effect=fold)
    table = lexicon((0, "refiner*"))
    monkeypatch.setattr("search.articles.classification.lexicon.fold", folded)
    table.find(["x" * 100_000])
    folded.assert_called_once_with("x" * LETTERS)
    assert not table


def test_an_open_entry_matches_a_word_however_long() -> None:
    assert found("refiner" + "y" * 1000, (0, "refiner*")) == {"refiner*": 1}
