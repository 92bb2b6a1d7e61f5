"""The order of a wire story, and what it is like when parts of it are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.formats.layout import body_layout, byline, text_layout

_STORY = """All news

Orva cuts ferry sailings to the outer islands by a third

The council wants the boats back before the herring season

PORT ARELLA, June 4. /TASS/. The ferry company of Orva will run four boats a day, its director Ilva Morn said on Monday.

The company ran six boats a day last year and eight the year before, according to its timetable.

Winter timetable

The new timetable holds until the end of March and may be changed again, the director said.
"""


def test_a_story_in_the_full_order() -> None:
    layout = text_layout(_STORY)
    assert layout.section == "All news"
    assert layout.headline == "Orva cuts ferry sailings to the outer islands by a third"
    assert layout.lead == "The council wants the boats back before the herring season"
    assert layout.dateline is not None
    assert layout.dateline.dateline.place == "Port Arella"
    assert layout.blocks[0][0].startswith("The ferry company of Orva will run")
    assert [text for text, heading in layout.blocks if heading] == ["Winter timetable"]


def test_a_story_without_a_section() -> None:
    layout = text_layout(_STORY.removeprefix("All news\n\n"))
    assert (layout.section, layout.headline) == (None, "Orva cuts ferry sailings to the outer islands by a third")


def test_a_section_above_a_short_headline() -> None:
    layout = text_layout("Sport\n\nOrva win cup\n\nTESK (AP) - Orva won the cup.")
    assert (layout.section, layout.headline, layout.lead) == ("Sport", "Orva win cup", None)


def test_blank_lines_may_hold_spaces() -> None:
    layout = text_layout(_STORY.replace("\n\n", "\n \n"))
    assert (layout.section, layout.lead) == ("All news", "The council wants the boats back before the herring season")


def test_a_headline_and_a_lead_are_no_section() -> None:
    layout = text_layout("Ferries stop sailing\n\nCrews walk out over pay\n\nTESK (AP) - The ferries stopped.")
    assert (layout.section, layout.headline, layout.lead) == (None, "Ferries stop sailing", "Crews walk out over pay")


def test_a_story_without_a_lead() -> None:
    layout = text_layout(_STORY.replace("The council wants the boats back before the herring season\n\n", ""))
    assert (layout.section, layout.lead) == ("All news", None)


def test_a_story_without_a_dateline() -> None:
    layout = text_layout(_STORY.replace("PORT ARELLA, June 4. /TASS/. ", ""))
    assert layout.dateline is None
    assert layout.lead == "The council wants the boats back before the herring season"
    assert len(layout.blocks) == 4


def test_a_first_paragraph_is_no_lead() -> None:
    layout = text_layout("Orva cuts ferry sailings\n\nThe company will run four boats a day.\n\nIt ran six last year.")
    assert layout.lead is None
    assert len(layout.blocks) == 2


def test_one_line_is_a_headline() -> None:
    layout = text_layout("Orva cuts ferry sailings to the outer islands\n")
    assert (layout.headline, layout.blocks) == ("Orva cuts ferry sailings to the outer islands", ())


def test_a_text_that_begins_with_its_dateline_has_no_headline() -> None:
    assert text_layout("PORT ARELLA (AP) - The company will run four boats.\n\nIt ran six.").headline is None


def test_a_text_that_begins_with_a_long_paragraph_has_no_headline() -> None:
    assert text_layout("The company will run four boats a day. " * 20).headline is None


def test_a_headline_directly_above_hard_wrapped_text() -> None:
    layout = text_layout(
        "Orva cuts ferries\nPORT ARELLA, Feb 3 (AP) - The company will run four\nboats a day.\n\nIt ran six."
    )
    assert layout.headline == "Orva cuts ferries"
    assert [text for text, _ in layout.blocks] == ["The company will run four boats a day.", "It ran six."]


def test_a_headline_on_two_lines_is_one() -> None:
    layout = text_layout(
        "Orva cuts ferry sailings to\nthe outer islands\n\nPORT ARELLA (AP) - The company will run four."
    )
    assert layout.headline == "Orva cuts ferry sailings to the outer islands"


def test_bylines_are_kept_apart() -> None:
    layout = text_layout(
        "Orva cuts ferries\n\nBy Ilva Morn and Teo Brask, Reuters\n\nPORT ARELLA (Reuters) - The company will."
    )
    assert (layout.byline, layout.lead) == ("Ilva Morn and Teo Brask", None)


def test_a_byline_in_front_of_the_dateline_counts() -> None:
    assert text_layout("Orva cuts ferries\n\nBy Ilva Morn PORT ARELLA, Nov 1 (AP) - The company.").byline == "Ilva Morn"


def test_a_line_with_a_date_states_it() -> None:
    layout = text_layout("Orva cuts ferries\n\nPublished: 4 June 2018, 10:30 GMT\n\nThe company will run four boats.")
    assert (layout.date, layout.blocks[0][0]) == ("2018-06-04", "The company will run four boats.")


def test_a_correction_on_top_is_no_headline_and_no_lead() -> None:
    layout = text_layout(
        "(Corrects number of boats in first paragraph)\n\nOrva cuts ferries\n\nPORT ARELLA (AP) - The company."
    )
    assert (layout.headline, layout.lead) == ("Orva cuts ferries", None)
    assert layout.blocks[0][0] == "(Corrects number of boats in first paragraph)"


def test_rows_of_figures_are_no_headings() -> None:
    rows = (
        "Orva Ferries results\n\nORVA (AP) - Results for the year:\n\nNet 12.5 mln vs 13.1 mln\n\nRevs 99 mln\n\nEnd."
    )
    assert not any(heading for _, heading in text_layout(rows).blocks)


@pytest.mark.parametrize(
    "label", ["EXTRA", "EXTRA:", "URGENT", "1ST LEAD", "2nd Ld", "REFILE-", "RPT-", "UPDATE 2-", "WRAPUP 1 -"]
)
def test_a_label_of_the_transmission_on_top_is_no_part_of_the_article(label: str) -> None:
    layout = text_layout(f"{label}\n\nOrva cuts ferries\n\nPORT ARELLA (AP) - The company.")
    assert (layout.headline, layout.lead, layout.blocks) == ("Orva cuts ferries", None, (("The company.", False),))
    layout = body_layout([(label, False), ("PORT ARELLA (AP) - The company.", False)], "Orva cuts ferries")
    assert (layout.lead, layout.blocks) == (None, (("The company.", False),))


def test_a_label_is_the_headline_where_nothing_else_is() -> None:
    assert text_layout("EXTRA\n\nPORT ARELLA (AP) - The company.").headline == "EXTRA"


def test_a_byline_may_name_an_agency_in_small_letters() -> None:
    assert byline("By dpa correspondents") == "dpa correspondents"
    assert byline("By ferry correspondents") is None


def test_a_body_that_repeats_its_headline_does_so_once_less() -> None:
    layout = body_layout([("Orva cuts ferries.", False), ("The company will run four.", False)], "Orva cuts ferries")
    assert [text for text, _ in layout.blocks] == ["The company will run four."]


def test_a_paragraph_before_the_dateline_of_a_body_is_its_lead() -> None:
    layout = body_layout([("Boats to return", False), ("ORVA (AP) - The company.", False)], "Orva cuts ferries")
    assert (layout.lead, [text for text, _ in layout.blocks]) == ("Boats to return", ["The company."])


def test_headings_of_marked_up_bodies_are_headings() -> None:
    layout = body_layout([("Why", True), ("Because.", False)], "Orva cuts ferries")
    assert layout.blocks == (("Why", True), ("Because.", False))


def test_a_sentence_is_no_byline() -> None:
    assert byline("By noon the boats had gone.") is None
    assert byline("by the way") is None


@given(st.text(alphabet=st.sampled_from("AaBy.:,-()/3 \n"), max_size=300))
def test_any_text_has_a_layout(text: str) -> None:
    layout = text_layout(text)
    assert all(block for block, _ in layout.blocks)
