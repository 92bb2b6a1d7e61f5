"""Results change in place where JavaScript runs: no page is loaded anew, and the address tells all the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.results import ask, box, calloway, heading, narrow

pytestmark = pytest.mark.browser


def top_of(page: Page) -> float:
    place = calloway(page).bounding_box()
    assert place
    return place["y"]


@pytest.mark.parametrize(
    ("link", "undo", "left", "filter"),
    [
        ("Ines Calloway", "Ines Calloway", "1 article", "speaker"),
        ("not Ines Calloway", "allow Ines Calloway again", "3 articles", "not_speaker"),
    ],
)
def test_a_value_is_chosen_or_left_out_and_let_go_again(
    wheat: Page, link: str, undo: str, left: str, filter: str
) -> None:
    speakers = wheat.get_by_role("region", name="Speakers")
    speakers.locator("a", has_text=re.compile(rf"^\s*{link}")).click()
    heading(wheat, f"{left} for wheat")
    expect(wheat).to_have_url(re.compile(rf"/search\?q=wheat&{filter}=Ines\+Calloway$"))
    expect(calloway(wheat)).to_be_checked(checked=filter == "speaker")
    speakers.locator("a", has_text=re.compile(rf"^\s*{undo}")).click()
    heading(wheat, "4 articles for wheat")
    expect(wheat).to_have_url(re.compile(r"/search\?q=wheat$"))


def test_the_facet_that_was_used_keeps_the_focus_and_its_place_on_the_screen(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto("/search?q=wheat")
    calloway(page).focus()
    before = top_of(page)
    page.keyboard.press("Space")
    heading(page, "1 article for wheat")
    expect(calloway(page)).to_be_focused()
    expect(calloway(page)).to_be_checked()
    assert abs(top_of(page) - before) < 1
    page.keyboard.press("Space")
    heading(page, "4 articles for wheat")
    expect(calloway(page)).to_be_focused()


def test_a_chip_that_is_taken_off_leaves_the_focus_on_the_next_one_and_at_last_on_the_heading(
    stay: Callable[[str], Page],
) -> None:
    page = stay("/search?q=wheat&place=Port+Velden&from=2020")
    page.get_by_role("link", name="Take off the filter Place: Port Velden").click()
    expect(page.get_by_role("link", name="Take off the filter From: 2020")).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "4 articles for wheat")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_order_is_changed(wheat: Page) -> None:
    oldest = wheat.get_by_role("link", name="Oldest")
    oldest.click()
    expect(oldest).to_have_attribute("aria-current", "true")
    expect(wheat).to_have_url(re.compile("sort=oldest$"))
    expect(oldest).to_be_focused()


def test_another_page_begins_at_its_first_hit(stay: Callable[[str], Page]) -> None:
    page = stay("/search?size=3")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".range")).to_contain_text("4–6 of")
    expect(page).to_have_title(re.compile("page 2"))
    expect(page.locator("#found")).to_be_focused()
    expect(page.locator(".hit").first).to_be_in_viewport()


def test_dates_are_set(wheat: Page) -> None:
    ask(wheat, "2022-02", "From")
    heading(wheat, "1 article for wheat")
    expect(wheat).to_have_url(re.compile(r"\?q=wheat&from=2022-02$"))
    expect(wheat.get_by_label("From")).to_be_focused()


def test_a_bar_of_the_chart_narrows_the_dates(stay: Callable[[str], Page]) -> None:
    page = stay("/search")
    page.locator("svg a").last.click()
    expect(page).to_have_url(re.compile("from=2022"))
    expect(page.get_by_label("From")).to_have_value(re.compile("2022"))


def test_the_box_asks_with_the_filters_that_are_in_use(wheat: Page) -> None:
    narrow(wheat)
    ask(wheat, "silos")
    heading(wheat, "1 article for silos")
    expect(wheat).to_have_url(re.compile(r"\?q=silos&speaker=Ines\+Calloway$"))
    expect(wheat).to_have_title(re.compile("^silos"))
    expect(box(wheat)).to_be_focused()


def test_the_empty_box_keeps_the_filters_though_recent_searches_are_listed_there(stay: Callable[[str], Page]) -> None:
    page = stay("/search?q=wheat&place=Port+Velden")
    box(page).fill("")
    expect(page.get_by_role("region", name="Recent searches", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?place=Port\+Velden$"))
    ask(page, "silos")
    expect(page).to_have_url(re.compile(r"/search\?q=silos&place=Port\+Velden$"))


def test_nothing_found_is_told_in_place_and_led_out_of(wheat: Page) -> None:
    ask(wheat, "wheat unheardof")
    heading(wheat, "Nothing found for wheat unheardof")
    wheat.get_by_role("link", name="Any of the words").click()
    heading(wheat, "4 articles for wheat unheardof")
    expect(wheat.get_by_label("Which words must match")).to_have_value("any")


def test_the_count_is_announced(wheat: Page) -> None:
    narrow(wheat)
    told = wheat.locator("p.unseen[role=status]")
    expect(told).to_have_text("1 article for wheat. 1–1 of 1. Sort by Best match")
    ask(wheat, '"wheat')
    expect(told).to_contain_text("The quotation mark")


def test_what_was_unfolded_stays_so(wheat: Page) -> None:
    wheat.locator(".chart summary").click()
    narrow(wheat)
    expect(wheat.locator(".chart details")).to_have_attribute("open", "")


def test_why_an_article_matched_is_folded_up_again_with_the_article(wheat: Page) -> None:
    first = wheat.locator(".hit").first
    article = first.locator("h2").inner_text()
    first.locator(".why summary").click()
    wheat.get_by_role("link", name="Oldest").click()
    expect(wheat.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    unfolded = wheat.locator(".hit", has=wheat.locator(".why[open]"))
    expect(unfolded.locator("h2")).to_have_text([article])


MOVED = """new Promise((told) => {
  new PerformanceObserver((list) => told(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(0), 300);
})"""


@pytest.mark.parametrize("url", ["/search?q=wheat", "/quotes"])
def test_nothing_jumps(stay: Callable[[str], Page], url: str) -> None:
    page = stay(url)
    assert page.evaluate(MOVED) < 0.001
    calloway(page).click()
    expect(calloway(page)).to_be_checked()
    assert page.evaluate(MOVED) < 0.1  # what counts as good, of what a reader did not ask for


def test_quotes_change_in_place_too(stay: Callable[[str], Page]) -> None:
    page = stay("/quotes")
    calloway(page).click()
    expect(page).to_have_url(re.compile(r"/quotes\?speaker=Ines\+Calloway$"))
    heading(page, re.compile("quotes?$"))


def test_the_whole_of_a_facet_changes_in_place(stay: Callable[[str], Page]) -> None:
    page = stay("/search/facets/speaker?q=wheat")
    calloway(page).click()
    expect(calloway(page)).to_be_checked()
    ask(page, "ines", "Words of the name")
    expect(page).to_have_url(re.compile(r"speaker=Ines\+Calloway&words=ines$|words=ines&.*speaker=Ines"))


def test_a_list_of_names_changes_in_place(stay: Callable[[str], Page]) -> None:
    page = stay("/speakers")
    ask(page, "callo", "Words of the name")
    heading(page, "1 speaker named callo")
    page.get_by_role("link", name="Most quotes").click()
    expect(page).to_have_url(re.compile("order=most"))


def test_all_of_it_works_without_javascript(plain_page: Page) -> None:
    page = plain_page
    page.goto("/search?q=wheat")
    page.get_by_text("Filter by date").click()
    narrow(page)
    page.get_by_role("link", name="Oldest").click()
    expect(page).to_have_url(re.compile(r"\?q=wheat&speaker=Ines\+Calloway&sort=oldest$"))
    page.get_by_role("link", name="Take off the filter Speaker: Ines Calloway").click()
    heading(page, "4 articles for wheat")
    box(page).fill("silos")
    page.get_by_role("button", name="Search").click()
    heading(page, "1 article for silos")
    page.go_back()
    heading(page, "4 articles for wheat")
