"""Everything can be reached without a pointer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST

pytestmark = pytest.mark.browser


def test_slash_goes_into_the_box(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.keyboard.press("/")
    expect(page.get_by_label("Search the archive")).to_be_focused()
    page.keyboard.type("barley/jk")
    expect(page.get_by_label("Search the archive")).to_have_value("barley/jk")


def test_j_and_k_walk_the_hits(page: Page) -> None:
    page.goto("/search?q=port")
    hits = page.locator(".hit h2 a")
    for key, focused in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(hits.nth(focused)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("hit=1$"))


def test_j_and_k_walk_the_matches_of_an_article(page: Page) -> None:
    page.goto(f"{HARVEST.url}?q=wheat")
    for key, focused in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator("mark").nth(focused)).to_be_focused()


def test_tab_leads_past_the_header_to_the_text(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_filters_can_be_skipped(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.get_by_role("link", name="Skip the filters").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.found').contains(document.activeElement)")


def test_the_space_bar_ticks_a_facet(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.get_by_role("checkbox", name=re.compile("Ines Calloway")).focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("speaker=Ines"))


def test_a_page_can_be_walked_with_tab_alone(page: Page) -> None:
    page.goto(f"{HARVEST.url}?q=wheat&sort=newest&hit=1")
    names: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
    for name in ("Back to the results", "Next hit", "Ines Calloway", "APA"):
        assert name in names
