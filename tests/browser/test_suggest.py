"""Suggestions while typing: a combobox with a list, by keys, by pointer, by touch, and as screen readers are told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.archive import HARVEST
from tests.browser.axe import faults

pytestmark = pytest.mark.browser


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search the archive")


def suggested(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def lies_under_the_box(page: Page) -> bool:
    """The list is as wide as the box and directly under it, give or take half a pixel."""
    field, listed = box(page).bounding_box(), page.get_by_role("listbox").bounding_box()
    assert field
    assert listed
    beside = abs(listed["x"] - field["x"]) + abs(listed["width"] - field["width"])
    return beside < 1 and 0 <= listed["y"] - field["y"] - field["height"] < 8


def type_in(page: Page, text: str, url: str = "/help") -> None:
    page.goto(url)
    box(page).press_sequentially(text)


def test_names_are_offered_with_what_they_are(page: Page) -> None:
    type_in(page, "callo")
    expect(suggested(page)).to_have_text(["Ines Calloway Speaker, 1 article"])
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(box(page)).to_have_attribute("aria-autocomplete", "list")
    listed = box(page).get_attribute("aria-controls")
    expect(page.locator(f"#{listed}")).to_have_role("listbox")
    expect(page.get_by_role("status").filter(has_text="1 suggestion")).to_have_count(1)
    expect(box(page)).to_be_focused()


def test_arrows_walk_the_list_and_enter_goes_there(page: Page) -> None:
    type_in(page, "port")
    expect(suggested(page).first).to_contain_text("Port Velden")
    options = suggested(page)
    last = options.count() - 1
    assert last > 0
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowUp", last)):
        page.keyboard.press(key)
        for n in range(last + 1):
            expect(options.nth(n)).to_have_attribute("aria-selected", "true" if n == at else "false")
        if at < 0:
            expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
        else:
            expect(box(page)).to_have_attribute("aria-activedescendant", options.nth(at).get_attribute("id") or "")
        expect(box(page)).to_be_focused()
        expect(box(page)).to_have_value("port")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/places/port-velden$"))


def test_enter_without_a_choice_searches_for_what_is_typed(page: Page) -> None:
    type_in(page, "callo")
    expect(suggested(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=callo"))


def test_escape_closes_the_list_and_keeps_the_words(page: Page) -> None:
    type_in(page, "callo")
    expect(suggested(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(suggested(page)).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("callo")
    page.keyboard.press("ArrowDown")
    expect(suggested(page)).to_have_count(1)


def test_tab_closes_the_list_and_goes_on(page: Page) -> None:
    type_in(page, "callo")
    expect(suggested(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(suggested(page)).to_have_count(0)
    expect(page.get_by_label("Which words must match")).to_be_focused()
    expect(page).to_have_url(re.compile("/help$"))


def test_a_click_chooses(page: Page) -> None:
    type_in(page, "expects grain")
    expect(suggested(page)).to_have_count(1)
    suggested(page).first.click()
    expect(page).to_have_url(re.compile(re.escape(HARVEST.url)))


def test_a_click_elsewhere_closes_the_list(page: Page) -> None:
    type_in(page, "callo")
    expect(suggested(page)).to_have_count(1)
    page.get_by_role("heading", level=1).click()
    expect(suggested(page)).to_have_count(0)


def test_a_touch_chooses(phone: Page) -> None:
    phone.goto("/")
    box(phone).tap()
    box(phone).press_sequentially("callo")
    expect(suggested(phone)).to_have_count(1)
    assert lies_under_the_box(phone)
    suggested(phone).first.tap()
    expect(phone).to_have_url(re.compile("/speakers/ines-calloway$"))


def test_one_letter_and_nothing_ask_nothing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest.json" in request.url else None)
    type_in(page, "c")
    page.wait_for_timeout(300)
    assert asked == []
    box(page).press_sequentially("allo")
    expect(suggested(page)).to_have_count(1)
    assert len(asked) < 4
    for _ in range(4):
        page.keyboard.press("Backspace")
    expect(suggested(page)).to_have_count(0)


def test_a_late_answer_to_an_older_question_is_not_shown(page: Page) -> None:
    held: list[Route] = []
    page.goto("/help")
    page.route(re.compile(r"suggest\.json\?q=lor$"), lambda route: held.append(route))
    box(page).press_sequentially("lor")
    page.wait_for_timeout(300)
    box(page).press_sequentially("n")
    expect(suggested(page)).to_have_text(["Lorne Place, 21 articles"])
    assert len(held) == 1


def test_nothing_is_offered_once_the_search_was_asked_for(page: Page) -> None:
    held: list[Route] = []
    type_in(page, "", "/search?q=barley")
    page.route(re.compile(r"/search\?q=callo"), lambda route: held.append(route))
    box(page).fill("callo")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    expect(suggested(page)).to_have_count(0)
    held[0].continue_()
    expect(page).to_have_url(re.compile("q=callo"))


def test_the_page_does_not_move_when_the_list_opens(page: Page) -> None:
    page.goto("/search?q=wheat")
    before = page.locator("main").bounding_box()
    box(page).fill("port")
    expect(suggested(page).first).to_be_visible()
    assert page.locator("main").bounding_box() == before


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_open_list_has_no_fault(page: Page, direction: str) -> None:
    page.goto("/search?q=wheat")
    page.evaluate("(dir) => (document.documentElement.dir = dir)", direction)
    box(page).fill("port")
    expect(suggested(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert not faults(page, minor=True)
    assert lies_under_the_box(page)


def test_recent_searches_and_suggestions_do_not_meet(page: Page) -> None:
    page.goto("/search?q=wheat")
    page.goto("/")
    box(page).click()
    expect(page.get_by_role("region", name="Recent searches")).to_be_visible()
    box(page).press_sequentially("callo")
    expect(suggested(page)).to_have_count(1)
    expect(page.get_by_role("region", name="Recent searches")).to_have_count(0)
    box(page).fill("")
    expect(suggested(page)).to_have_count(0)
    expect(page.get_by_role("region", name="Recent searches")).to_be_visible()


def test_without_javascript_the_box_is_a_box(plain_page: Page) -> None:
    plain_page.goto("/")
    field = plain_page.get_by_role("searchbox", name="Search the archive")
    expect(field).not_to_have_attribute("aria-expanded", re.compile("."))
    field.fill("callo")
    field.press("Enter")
    expect(plain_page).to_have_url(re.compile(r"/search\?q=callo"))
