"""Pages on paper, on narrow screens, and from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Page, expect

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


def test_on_paper_a_filter_is_told_without_what_takes_it_off(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto("/search?q=wheat&agency=NORA&from=2019")
    chips = page.get_by_role("list", name="Filters in use")
    assert chips.inner_text().split("\n") == ["Agency: NORA", "From: 2019"]


def test_a_table_that_goes_on_shows_an_edge_until_its_end_and_scrolls_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/quotes/matrix?columns=topic")
    page.locator("table").evaluate("table => Object.assign(table.style, {minWidth: '60rem', visibility: 'hidden'})")
    region = page.get_by_role("region")
    box = region.bounding_box()
    assert box
    right, left = (
        FloatRect(x=box["x"] + box["width"] - before, y=box["y"] + 20, width=6, height=20) for before in (6, 90)
    )
    assert page.screenshot(clip=right) != page.screenshot(clip=left)
    region.evaluate("it => { it.scrolled = new Promise(done => it.addEventListener('scroll', done, {once: true})) }")
    region.focus()
    page.keyboard.press("ArrowRight")
    assert region.evaluate("it => it.scrolled.then(() => it.scrollLeft)") > 0
    region.evaluate("it => { it.scrollTo({left: 10000, behavior: 'instant'}) }")
    assert page.screenshot(clip=right) == page.screenshot(clip=left)


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
