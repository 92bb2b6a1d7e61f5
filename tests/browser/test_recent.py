"""Recent searches: kept in the browser alone, offered at the empty box, cleared and switched off there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"


@pytest.fixture
def refusing_page(faulty_page: Page) -> Iterator[Page]:
    """A window whose browser keeps nothing, and that must not complain."""
    faulty_page.add_init_script(REFUSED)
    faults: list[str] = []
    faulty_page.on("pageerror", lambda error: faults.append(str(error)))
    yield faulty_page
    assert not faults


def box(page: Page) -> Locator:
    return page.get_by_label("Search the archive")


def recent(page: Page) -> Locator:
    return page.get_by_role("region", name="Recent searches", exact=True)


def test_the_empty_box_lists_what_was_searched_the_newest_first(page: Page) -> None:
    for url in ("/search?q=wheat", "/quotes?q=silos", "/search?q=port&page=2", "/speakers", "/"):
        page.goto(url)
    expect(recent(page)).to_have_count(0)
    box(page).focus()
    expect(recent(page).get_by_role("link")).to_have_text(["port", "silos quotes", "wheat"])
    recent(page).get_by_role("link", name="silos").click()
    expect(page).to_have_url(re.compile(r"/quotes\?q=silos$"))


def test_a_search_is_kept_with_its_filters_once(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.get_by_role("checkbox", name=re.compile("^Ines Calloway")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 article for wheat")
    page.goto("/")
    box(page).focus()
    expect(recent(page).get_by_role("link")).to_have_text(["wheat Ines Calloway"])
    recent(page).get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/search\?q=wheat&speaker=Ines\+Calloway$"))


def test_the_list_goes_where_words_are_typed_and_comes_back_where_they_are_deleted(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/")
    box(page).click()
    expect(recent(page)).to_be_visible()
    page.keyboard.type("p")
    expect(recent(page)).to_have_count(0)
    page.keyboard.press("Backspace")
    expect(recent(page)).to_be_visible()


def test_the_list_is_walked_and_left_by_keys(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/search?q=port")
    page.goto("/")
    page.keyboard.press("/")
    expect(box(page)).to_have_accessible_description("Recent searches below kept in this browser only")
    for key, name in (("ArrowDown", "port"), ("ArrowDown", "wheat"), ("ArrowUp", "port")):
        page.keyboard.press(key)
        expect(recent(page).get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Escape")
    expect(recent(page)).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Which words must match")).to_be_focused()


def test_the_list_closes_where_one_goes_on(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/")
    box(page).click()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Which words must match")).to_be_focused()
    expect(recent(page)).to_have_count(0)
    box(page).click()
    page.get_by_role("heading", level=1).click()
    expect(recent(page)).to_have_count(0)


def test_the_list_can_be_cleared(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/")
    box(page).click()
    page.get_by_role("button", name="Clear").click()
    expect(recent(page)).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.reload()
    box(page).click()
    expect(recent(page)).to_have_count(0)


def test_keeping_can_be_switched_off_and_on_again(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/")
    box(page).click()
    page.get_by_role("button", name="Keep none").click()
    page.goto("/search?q=port")
    page.goto("/help")
    assert page.evaluate("localStorage.getItem('recent')") is None
    page.get_by_label("Keep recent searches").check()
    page.goto("/search?q=silos")
    page.goto("/")
    box(page).click()
    expect(recent(page).get_by_role("link")).to_have_text(["silos"])
    page.goto("/help")
    page.get_by_label("Keep recent searches").uncheck()
    box(page).click()
    expect(recent(page)).to_have_count(0)


def test_no_more_than_eight_are_kept(page: Page) -> None:
    for number in range(10):
        page.goto(f"/search?q=wheat+{number}")
    page.goto("/")
    box(page).click()
    expect(recent(page).get_by_role("link")).to_have_text([f"wheat {number}" for number in range(9, 1, -1)])


def test_what_others_put_into_the_store_leads_nowhere_else(page: Page) -> None:
    page.goto("/")
    entries = '[{"q": "a", "url": "https://elsewhere.example/search"}, {"q": "b", "url": "javascript:alert(1)"}, null]'
    for stored in (entries, "no list", '{"q": 1}'):
        page.evaluate("(entries) => localStorage.setItem('recent', entries)", stored)
        page.reload()
        box(page).click()
        expect(recent(page)).to_have_count(0)


def test_markup_in_a_search_stays_text(page: Page) -> None:
    page.goto("/search?q=%3Cimg+src%3Dx%3E")
    page.goto("/")
    box(page).click()
    expect(recent(page).get_by_role("link")).to_have_text(["<img src=x>"])


def test_nothing_is_sent(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.headers} {request.post_data}"))
    page.goto("/help")
    box(page).click()
    expect(recent(page)).to_be_visible()
    page.goto("/speakers")
    assert sent
    assert not [request for request in sent if "wheat" in request]
    assert not page.context.cookies()


def test_a_browser_that_keeps_nothing_has_no_list_and_no_fault(refusing_page: Page) -> None:
    page = refusing_page
    page.goto("/search?q=wheat")
    page.get_by_role("checkbox", name=re.compile("^Ines Calloway")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 article for wheat")
    page.goto("/help")
    box(page).click()
    expect(recent(page)).to_have_count(0)
    expect(page.get_by_label("Keep recent searches")).to_be_hidden()


def test_without_javascript_there_is_no_list_and_no_switch(plain_page: Page) -> None:
    plain_page.goto("/help")
    box(plain_page).click()
    expect(recent(plain_page)).to_have_count(0)
    expect(plain_page.get_by_label("Keep recent searches")).to_be_hidden()
