"""Back, forward, a reload and another tab show what the address says, as if every change had been a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST
from tests.browser.results import ask, box, calloway, heading, narrow

pytestmark = pytest.mark.browser


def test_back_and_forward_show_what_the_address_says(wheat: Page) -> None:
    narrow(wheat)
    ask(wheat, "silos")
    heading(wheat, "1 article for silos")
    wheat.go_back()
    heading(wheat, "1 article for wheat")
    expect(box(wheat)).to_have_value("wheat")
    wheat.go_back()
    heading(wheat, "4 articles for wheat")
    expect(calloway(wheat)).not_to_be_checked()
    wheat.go_forward()
    heading(wheat, "1 article for wheat")
    expect(wheat).to_have_url(re.compile("speaker=Ines"))


def test_back_returns_to_where_one_was_on_the_page(stay: Callable[[str], Page]) -> None:
    page = stay("/search?size=5")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.get_by_role("link", name="Next").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".range")).to_contain_text("6–10 of")
    page.go_back()
    expect(page.locator(".range")).to_contain_text("1–5 of")
    page.wait_for_function("(y) => Math.abs(scrollY - y) < 5", arg=scrolled)


def test_a_reload_shows_the_same(page: Page) -> None:
    page.goto("/search?q=wheat")
    narrow(page)
    page.reload()
    heading(page, "1 article for wheat")
    expect(calloway(page)).to_be_checked()


def test_an_article_read_after_a_change_leads_back_to_it(page: Page) -> None:
    page.goto("/search?q=wheat")
    narrow(page)
    page.get_by_role("link", name=HARVEST.headline).click()
    heading(page, HARVEST.headline)
    page.go_back()
    heading(page, "1 article for wheat")
    page.go_back()
    heading(page, "4 articles for wheat")


def test_a_link_opens_in_another_tab_as_usual(wheat: Page) -> None:
    with wheat.context.expect_page() as opened:
        calloway(wheat).click(modifiers=["Control"])
    heading(opened.value, "1 article for wheat")
    with wheat.context.expect_page() as opened:
        calloway(wheat).click(button="middle")
    heading(opened.value, "1 article for wheat")
    heading(wheat, "4 articles for wheat")
    expect(wheat).to_have_url(re.compile(r"\?q=wheat$"))
