"""Pages on paper, and from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST

pytestmark = pytest.mark.browser


def test_on_paper_there_is_what_is_read_and_nothing_to_press(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto("/search?q=wheat")
    expect(page.get_by_role("link", name=HARVEST.headline)).to_be_visible()
    for control in ("What to find", "Site"):
        expect(page.get_by_role("navigation", name=control)).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    page.goto(HARVEST.url)
    expect(page.get_by_role("note")).to_be_visible()
    expect(page.get_by_text("BibTeX").first).to_be_hidden()


def test_a_table_is_whole_on_paper(page: Page) -> None:
    page.set_viewport_size({"width": 300, "height": 900})
    page.emulate_media(media="print")
    page.goto("/quotes/matrix?columns=topic")
    assert page.evaluate("document.querySelector('table').getBoundingClientRect().right <= innerWidth")


def test_a_chart_stays_inside_a_page_from_right_to_left(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/search")
    page.evaluate("document.documentElement.dir = 'rtl'")
    edges = "names => names.flatMap(name => [name.getBoundingClientRect().left, name.getBoundingClientRect().right])"
    places = page.locator(".chart text").evaluate_all(edges)
    assert places
    assert min(places) >= 0
    assert max(places) <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
