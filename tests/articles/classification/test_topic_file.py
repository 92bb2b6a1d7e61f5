from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.classification.topic_file import LONGEST_ENTRY, BadTopicFile, Entry, fold, read_topics

HARBOUR = '[[topic]]\ncode = "own:harbour"\nlabel = "the harbour"\n'


def entries(tmp_path: Path, lines: str) -> tuple[Entry, ...]:
    return read_topics(written(tmp_path, HARBOUR + lines))["own:harbour"].entries


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(tmp_path: Path, text: str) -> str:
    path = written(tmp_path, text)
    with pytest.raises(BadTopicFile) as error:
        read_topics(path)
    assert str(error.value).startswith(f"{path}: ")
    return str(error.value).removeprefix(f"{path}: ")


def test_a_topic_has_a_code_a_label_a_parent_and_weighted_words(tmp_path: Path) -> None:
    child = '[[topic]]\ncode = "own:cranes"\nlabel = "cranes"\nparent = "own:harbour"\nwords.12 = ["Gantry Crane"]\n'
    definition = read_topics(written(tmp_path, HARBOUR + child))["own:cranes"]
    assert (definition.code, definition.label, definition.parent) == ("own:cranes", "cranes", "own:harbour")
    assert definition.entries == (Entry("Gantry Crane", 12, ("gantry", "crane"), capital=True, prefix=False),)


def test_words_against_a_topic_weigh_less_than_nothing(tmp_path: Path) -> None:
    assert [entry.weight for entry in entries(tmp_path, 'against.4 = ["safe harbour"]')] == [-4]


def test_phrases_that_only_hide_their_words_weigh_nothing(tmp_path: Path) -> None:
    assert [entry.weight for entry in entries(tmp_path, 'not = ["port wine"]')] == [0]


def test_a_star_leaves_the_end_of_a_word_open(tmp_path: Path) -> None:
    assert entries(tmp_path, 'words.3 = ["dredg*"]') == (Entry("dredg*", 3, ("dredg",), capital=False, prefix=True),)


def test_hyphens_and_accents_make_no_difference(tmp_path: Path) -> None:
    assert entries(tmp_path, 'words.3 = ["roll-on café"]')[0].tokens == ("roll", "on", "cafe")


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ('words.21 = ["quay"]', ["own:harbour", "words.21", "1 to 20"]),
        ('words.0 = ["quay"]', ["own:harbour", "words.0", "1 to 20"]),
        ('against.high = ["quay"]', ["own:harbour", "against.high", "whole number"]),
        ('words = ["quay"]', ["own:harbour", "words without weights", "words.3"]),
        ('words.3 = "quay"', ["own:harbour", "words.3 = 'quay'", "write a list"]),
        ("words.3 = [7]", ["own:harbour", "7", "quotation marks"]),
        ('words.3 = [""]', ["own:harbour", "''", "one word or several"]),
        ('words.3 = ["--"]', ["own:harbour", "'--'", "one word or several"]),
        ('words.3 = ["qu*y"]', ["own:harbour", "'qu*y'", "a * may end a single word"]),
        ('words.3 = ["dry dock*"]', ["own:harbour", "'dry dock*'", "a * may end a single word"]),
        ('words.3 = ["a b c d e f g"]', ["own:harbour", "too long", "6 words"]),
        ('words.3 = ["quay"]\nwords.5 = ["Quay", "quay"]', ["own:harbour", "'quay' twice", "keep one"]),
        ('keywords = ["quay"]', ["own:harbour", "'keywords'", "words, against, not"]),
        ("parent = 3", ["own:harbour", "parent 3", "quotation marks"]),
        ('parent = "own:sea"', ["own:harbour", "'own:sea'", "not in this file", "add a topic"]),
        ('parent = "own:harbour"', ["own:harbour > own:harbour", "remove one of these parents"]),
    ],
)
def test_a_mistake_is_named_with_its_topic_its_value_and_its_mend(tmp_path: Path, lines: str, parts: list[str]) -> None:
    message = complaint(tmp_path, HARBOUR + lines)
    assert [part for part in parts if part not in message] == []


def test_a_code_may_stand_only_once(tmp_path: Path) -> None:
    assert "own:harbour stands in this file twice" in complaint(tmp_path, HARBOUR + HARBOUR)


def test_a_circle_of_parents_is_shown(tmp_path: Path) -> None:
    first = HARBOUR + 'parent = "own:cranes"\n'
    second = '[[topic]]\ncode = "own:cranes"\nlabel = "cranes"\nparent = "own:harbour"\n'
    assert "own:harbour > own:cranes > own:harbour" in complaint(tmp_path, first + second)


@pytest.mark.parametrize("code", ['""', "7", '"harbour"', '"medtop:15 000"'])
def test_a_topic_without_a_usable_code_is_named_by_its_number(tmp_path: Path, code: str) -> None:
    assert "topic number 1 has no usable code" in complaint(tmp_path, f'[[topic]]\ncode = {code}\nlabel = "x"\n')


@pytest.mark.parametrize("label", ["", 'label = ""', 'label = " "', "label = 3"])
def test_a_topic_needs_a_label(tmp_path: Path, label: str) -> None:
    assert "own:harbour has no usable label" in complaint(tmp_path, f'[[topic]]\ncode = "own:harbour"\n{label}\n')


def test_a_file_without_topics_says_how_one_begins(tmp_path: Path) -> None:
    assert "[[topic]]" in complaint(tmp_path, 'title = "none"\n')


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in complaint(tmp_path, "[[topic]]\ncode = \n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTopicFile, match=r"none\.toml: can't be read: No such file"):
        read_topics(tmp_path / "none.toml")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_bytes(b'[[topic]]\nlabel = "caf\xe9"\n')
    with pytest.raises(BadTopicFile, match=r"not UTF-8 text \(byte 22\)"):
        read_topics(path)


def test_the_longest_phrase_allowed_is_taken(tmp_path: Path) -> None:
    phrase = " ".join(["quay"] * LONGEST_ENTRY)
    assert len(entries(tmp_path, f'words.3 = ["{phrase}"]')[0].tokens) == LONGEST_ENTRY


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(fold(text))) == fold(fold(text))
