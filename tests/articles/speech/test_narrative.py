"""The reporter's own sentences: marked words folded, sentences parted, words told apart by kind."""

from __future__ import annotations

from search.articles.speech.narrative import is_title, narrate


def kinds(*paragraphs: str) -> str:
    return narrate(paragraphs).kinds


def test_marked_speech_is_one_token() -> None:
    assert kinds('"We are all late," said the minister.') == "Qcdr."


def test_a_fragment_is_told_from_speech() -> None:
    assert kinds("The plan was called a “farce” by all.") == "dwBcdqOd."


def test_a_full_stop_of_an_abbreviation_ends_no_sentence() -> None:
    assert len(narrate(["Mr. Venn of the U.S. left J. P. Sorn at Venn Inc. on Monday."]).sentences) == 1


def test_a_dateline_belongs_to_no_sentence() -> None:
    n = narrate(["PORT ALDER, May 3 (WNA) — The rain stopped."])
    assert [n.phrase(first, high - 1) for first, high in n.sentences] == ["The rain stopped"]


def test_a_word_that_only_opens_a_sentence_is_no_name() -> None:
    assert kinds("Critics said so.")[0] == "r"
    assert kinds("Outside experts said so.")[0] != "N"
    assert kinds("It was Venn. Venn said so.").count("N") == 2


def test_a_noun_that_ends_as_adverbs_do_is_known_by_its_article() -> None:
    assert kinds("There the rally chanted.") == "adwc."
    assert kinds("There he really chanted.")[2] == "a"


def test_capitals_are_read_as_capitals() -> None:
    n = narrate(["THE MINISTER TOLD REPORTERS IN PORT ALDER ON MONDAY THAT THE HARBOUR WILL STAY CLOSED."])
    assert n.capitals
    assert n.kinds.startswith("dTc")


def test_phrases_come_back_as_written() -> None:
    n = narrate(["The  old\nharbour,", "Mrs. Venn’s house"])
    assert n.phrase(0, 2) == "The  old\nharbour"


def test_titles_of_works_are_known_by_their_capitals() -> None:
    assert is_title("The Long Road Home")
    assert not is_title("The long road home")
    assert not is_title("Stop That Now!")
