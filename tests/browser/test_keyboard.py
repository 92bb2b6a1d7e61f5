"""Everything can be reached without a pointer."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST
from tests.browser.axe import faults

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


def test_n_and_p_step_the_matches_and_tell_their_number(page: Page) -> None:
    page.goto(f"{HARVEST.url}?q=wheat")
    told = page.get_by_role("status")
    for key, number in (("n", 1), ("n", 2), ("p", 1)):
        page.keyboard.press(key)
        expect(page.locator("mark").nth(number - 1)).to_be_focused()
        expect(told).to_have_text(f"Match {number} of 3")
    page.keyboard.press("p")
    expect(told).to_have_text("No earlier match: 1 of 3")


def test_a_click_beside_the_text_does_not_lead_back_to_the_first_match(page: Page) -> None:
    page.goto(f"{HARVEST.url}?q=wheat")
    page.keyboard.press("n")
    page.locator("main").click(position={"x": 1, "y": 1})
    expect(page.locator("mark").first).not_to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("status")).to_have_text("Match 2 of 3")


@pytest.mark.parametrize("q", ["speaker:calloway wheat", '"silos are" whea*', "said:silos silos"])
@pytest.mark.parametrize("found", ["/search", "/quotes"])
def test_as_many_matches_are_stepped_through_as_are_told(page: Page, found: str, q: str) -> None:
    page.goto(f"{found}?q={quote_plus(q)}&match=any")
    page.locator(".hit h2 a", has_text=re.compile("harvest|silos|wheat")).first.click()
    told = page.locator(".trail.above").inner_text()
    number = int(re.findall(r"(\d+) match", told)[0])
    assert number > 1
    for n in range(1, number + 1):
        page.keyboard.press("n")
        expect(page.get_by_role("status")).to_have_text(f"Match {n} of {number}")
    page.keyboard.press("n")
    expect(page.get_by_role("status")).to_have_text(f"No further match: {number} of {number}")


def test_the_question_mark_lists_the_keys(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("into the search box")
    assert not faults(page)
    page.keyboard.press("/")
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_the_keys_can_be_switched_off_for_good(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.get_by_role("link", name="Keys").click()
    page.get_by_label("Use these keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".hit h2 a").first).not_to_be_focused()
    page.get_by_role("link", name="Keys").click()
    page.get_by_label("Use these keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".hit h2 a").first).to_be_focused()


def test_the_keys_are_listed_without_javascript(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Keys").click()
    expect(plain_page.get_by_role("heading", name="Keys")).to_be_in_viewport()


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
    for _ in range(45):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
    for name in ("Back to the results", "Next hit", "Ines Calloway", "APA"):
        assert name in names


def tab_to(page: Page, name: str) -> None:
    """Tab until what has the focus is called so."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_search_narrow_leave_out_read_and_come_back_by_keys_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("wheat")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("4 articles for wheat")
    tab_to(page, "Port Velden")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name=re.compile("^Port Velden"))).to_be_checked()
    expect(heading).to_have_text(re.compile("^[12] articles? for wheat"))
    tab_to(page, "Newest")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=Port.Velden&sort=newest"))
    tab_to(page, HARVEST.headline)
    page.keyboard.press("Enter")
    expect(heading).to_have_text(HARVEST.headline)
    page.keyboard.press("n")
    expect(page.locator("mark").first).to_be_focused()
    tab_to(page, "Back to the results")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=Port.Velden&sort=newest#hit-1$"))
    tab_to(page, "Take off the filter Place: Port Velden")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("4 articles for wheat")
