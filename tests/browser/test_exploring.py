"""From a name, a topic or a day to what was said, as a reader does it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST

pytestmark = pytest.mark.browser


def test_from_a_name_to_the_words_and_their_place(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Speakers").click()
    page.get_by_label("Words of the name").fill("callo")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ines Calloway").click()
    page.get_by_label("What did they say about").fill("wheat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 quote for wheat")
    page.get_by_role("link", name=re.compile("We have never seen")).click()
    expect(page.locator("q:target")).to_be_in_viewport()
    expect(page.locator("q:target mark")).to_have_text("wheat")
    page.get_by_role("link", name="Back to the results").first.click()
    expect(page).to_have_url(re.compile(r"/quotes\?q=wheat&speaker=Ines\+Calloway#hit-1$"))


def test_a_quote_s_address_scrolls_to_it_and_marks_it(plain_page: Page) -> None:
    quote = HARVEST.quotes[1]
    plain_page.goto(f"/quotes/{quote.id}")
    expect(plain_page.locator("q:target")).to_have_text(quote.text)
    expect(plain_page.locator("q:target")).to_be_in_viewport()


def test_articles_and_quotes_of_one_search_are_a_link_apart(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.get_by_role("navigation", name="What to find").get_by_role("link", name="Quotes").click()
    expect(page).to_have_url(re.compile(r"/quotes\?q=wheat$"))
    page.keyboard.press("j")
    expect(page.locator(".hit h2 a").first).to_be_focused()


def test_topics_unfold_without_javascript(plain_page: Page) -> None:
    plain_page.goto("/topics")
    leaf = plain_page.get_by_role("link", name="oil and gas")
    expect(leaf).to_be_hidden()
    plain_page.locator("summary", has_text="energy").click()
    leaf.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("oil and gas")


def test_a_day_is_reached_through_year_and_month(plain_page: Page) -> None:
    plain_page.goto("/browse")
    plain_page.get_by_role("link", name="2022", exact=True).click()
    plain_page.get_by_role("link", name="February 2022").click()
    plain_page.get_by_role("link", name="4 February 2022: 1 article").click()
    plain_page.get_by_role("link", name=HARVEST.headline).click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(HARVEST.headline)


def test_a_cell_of_the_matrix_is_a_search(page: Page) -> None:
    page.goto("/search?q=pipeline")
    page.get_by_role("main").get_by_role("link", name="Who speaks on what").click()
    page.locator("td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 article for pipeline")
