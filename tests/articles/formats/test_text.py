"""Lines into paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.formats.text import ends_sentence, paragraphs, single_spaced, unsigned


def test_blank_lines_separate_paragraphs() -> None:
    assert paragraphs("One line.\n\nAnother line.\n \nA third.") == ["One line.", "Another line.", "A third."]


def test_hard_wrapped_lines_are_joined() -> None:
    text = "The ferry company of Orva said it would\nrun four boats a day instead of six until\nthe end of the year."
    assert paragraphs(text) == [" ".join(text.split("\n"))]


def test_an_indent_begins_a_paragraph() -> None:
    text = "The company said it would run four\nboats a day.\n    It ran six last year, and\neight before.\n"
    assert paragraphs(text) == [
        "The company said it would run four boats a day.",
        "It ran six last year, and eight before.",
    ]


def test_rows_of_a_table_stay_apart() -> None:
    assert paragraphs("Shr 12 cts vs 10 cts\n    Net 1.2 mln vs 1.0 mln\n    Revs 9 mln vs 8 mln") == [
        "Shr 12 cts vs 10 cts",
        "Net 1.2 mln vs 1.0 mln",
        "Revs 9 mln vs 8 mln",
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    first, second = "The council " + "met again " * 20 + "today.", "The mayor " + "spoke " * 30 + "at length."
    assert paragraphs(f"{first}\n{second}") == [first, second]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    first = "The ferry company of Orva said it would run four boats\na day."
    assert len(paragraphs(f"{first}\nThe council asked for six of them, and for\nlights.")) == 2


def test_a_word_broken_at_its_hyphen_is_whole_again() -> None:
    assert paragraphs("The company has a two-\nyear contract with the port.") == [
        "The company has a two-year contract with the port."
    ]


def test_bullets_are_paragraphs() -> None:
    assert paragraphs("* Ferries stop in the\nouter harbour\n* Ports stay open") == [
        "* Ferries stop in the outer harbour",
        "* Ports stay open",
    ]


@pytest.mark.parametrize(
    "ending",
    ["\n Reuter\n", "\nREUTER", "\n\n-30-", "\nENDS\n", "\n###\n", "\n\n© 2031 Orva News Agency", "\nReuters\n\n"],
)
def test_the_agencys_last_word_is_no_text(ending: str) -> None:
    assert unsigned(f"The boats run.{ending}") == "The boats run."


def test_a_sentence_that_ends_in_such_a_word_stays() -> None:
    assert unsigned("The editor told Reuters") == "The editor told Reuters"


def test_a_sentence_may_end_inside_quotation_marks() -> None:
    assert ends_sentence("“It runs.”")
    assert not ends_sentence("It runs")


@given(st.text(alphabet=st.sampled_from("ab.- \n\t\xa0*"), max_size=300))
def test_no_word_is_lost_or_made_up(text: str) -> None:
    letters = [c for c in text if not c.isspace()]
    assert [c for paragraph in paragraphs(text) for c in paragraph if not c.isspace()] == letters


@pytest.mark.parametrize(
    "hostile", ["a-\n" * 300_000, "\n " * 500_000, " \n" * 500_000, "a\n" * 500_000, "\n\n©" * 300_000]
)
def test_a_megabyte_of_lines_is_read_in_one_pass(hostile: str) -> None:
    assert isinstance(paragraphs(unsigned(hostile)), list)


@given(st.text(st.sampled_from("aé.  \t\n\xa0\u2003\u200b\x1c\x85\u3000")))
def test_white_space_of_any_kind_becomes_one_space(text: str) -> None:
    assert single_spaced(text) == " ".join(text.split())
