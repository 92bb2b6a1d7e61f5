"""Links to a passage, followed in a real browser: to the words, without JavaScript too."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from search.web.fragments import Fragments
from tests.archive import HARVEST

pytestmark = pytest.mark.browser


def test_the_link_of_a_passage_leads_to_its_words_in_the_article(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 260})
    page.goto("/search?q=exports")
    page.locator(".passage .anchor").click()
    expect(page.locator("#p3")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()


@pytest.mark.parametrize("paragraph", [2, 3])
def test_the_words_alone_lead_there_without_javascript(plain_page: Page, paragraph: int) -> None:
    plain_page.set_viewport_size({"width": 360, "height": 200})
    words = Fragments(HARVEST).of_paragraph(paragraph).partition(":~:")[2]
    found = plain_page.locator(f"#p{paragraph}")
    for _ in range(5):  # a busy Chromium now and then opens a page and does not look for the words
        plain_page.goto("about:blank")
        plain_page.goto(f"{HARVEST.url}#:~:{words}")
        with suppress(AssertionError):
            expect(found).to_be_in_viewport(timeout=1000)
            break
    expect(found).to_be_in_viewport()
    expect(plain_page.get_by_role("heading", level=1)).not_to_be_in_viewport()


def test_the_link_of_a_paragraph_and_of_a_quote_stay_on_the_page_they_name(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 260})
    page.goto(HARVEST.url)
    page.get_by_role("link", name="Link to paragraph 3").click()
    expect(page.locator("#p3")).to_be_in_viewport()
    page.get_by_role("link", name="Link to the quote The silos are full.").click()
    expect(page.locator(f"#q-{HARVEST.quotes[1].id}")).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').id") == f"q-{HARVEST.quotes[1].id}"


def test_a_quote_keeps_its_address_and_is_marked_there(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 260})
    page.goto(f"/quotes/{HARVEST.quotes[1].id}")
    quote = page.locator(f"#q-{HARVEST.quotes[1].id}")
    expect(quote).to_be_in_viewport()
    assert quote.evaluate("e => e.matches(':target')")
    assert quote.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
