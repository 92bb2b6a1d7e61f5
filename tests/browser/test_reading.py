"""From a question to the words in an article and back, as a reader does it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST, HOSTILE_ARTICLE, PIPELINE

pytestmark = pytest.mark.browser


def test_search_filter_read_and_come_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the archive").fill("wheat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("4 articles for wheat")
    expect(page).to_have_url(re.compile(r"/search\?q=wheat$"))
    page.get_by_role("checkbox", name=re.compile("Ines Calloway")).click()
    expect(page.get_by_role("checkbox", name=re.compile("Ines Calloway"))).to_be_checked()
    page.get_by_role("link", name=HARVEST.headline).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HARVEST.headline)
    expect(page.locator("mark").first).to_have_text("wheat")
    expect(page.get_by_role("note")).to_contain_text("Ines Calloway")
    page.get_by_role("link", name="Back to the results").first.click()
    expect(page).to_have_url(re.compile(r"q=wheat&speaker=Ines\+Calloway#hit-1$"))


def test_the_same_without_javascript_on_a_phone(plain_page: Page) -> None:
    page = plain_page
    page.goto("/search?q=wheat")
    box = page.get_by_role("checkbox", name=re.compile("Ines Calloway"))
    expect(box).to_be_hidden()
    page.get_by_text("Filter by date").click()
    box.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 article for wheat")
    page.get_by_role("link", name=HARVEST.headline).click()
    expect(page.locator("mark").first).to_have_text("wheat")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_facets_lie_open_beside_the_results_on_a_wide_screen(page: Page) -> None:
    page.goto("/search?q=wheat")
    expect(page.get_by_role("checkbox", name=re.compile("Ines Calloway"))).to_be_visible()
    expect(page.get_by_text("Filter by date")).to_be_hidden()


def test_a_bar_of_the_chart_narrows_the_dates(page: Page) -> None:
    page.goto("/")
    page.locator("svg a").last.click()
    expect(page).to_have_url(re.compile(r"/search\?from=2022-02&to=2022-02$"))


def test_hostile_articles_run_nothing(page: Page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{HOSTILE_ARTICLE.url}?q=wheat")
    page.goto('/search?q="><script>alert(1)</script>')
    expect(page.get_by_role("heading", level=1)).to_contain_text("alert(1)")


def test_a_quote_can_be_linked_to(page: Page) -> None:
    page.goto(f"{PIPELINE.url}#q-{PIPELINE.quotes[0].id}")
    expect(page.locator("q:target")).to_have_text(PIPELINE.quotes[0].text)


def test_a_citation_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(HARVEST.url)
    page.get_by_text("APA").click()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "(2022, February 4)" in page.evaluate("navigator.clipboard.readText()")
