"""Results change in place where JavaScript runs: no page is loaded anew, and the address tells all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.archive import HARVEST

pytestmark = pytest.mark.browser

CALLOWAY = re.compile("^Ines Calloway")


@pytest.fixture
def faulty_page(chromium: Browser, address: str) -> Iterator[Page]:
    """A window that may complain of requests that fail."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


def start(page: Page, url: str) -> None:
    """Open a page and leave a trace in it that a page loaded anew would not have."""
    page.goto(url)
    page.evaluate("window.trace = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.trace === true"))


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def top_of(page: Page, label: str) -> float:
    box = page.get_by_role("checkbox", name=re.compile(label)).first.bounding_box()
    assert box
    return box["y"]


def test_a_facet_is_added_and_taken_off(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    expect(page).to_have_url(re.compile(r"/search\?q=wheat&speaker=Ines\+Calloway$"))
    expect(page.get_by_role("checkbox", name=CALLOWAY)).to_be_checked()
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "4 articles for wheat")
    assert stayed(page)


def test_a_facet_is_excluded_and_allowed_again(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("link", name="not Ines Calloway").click()
    heading(page, "3 articles for wheat")
    expect(page).to_have_url(re.compile("not_speaker=Ines"))
    page.get_by_role("link", name="allow Ines Calloway again").click()
    heading(page, "4 articles for wheat")
    assert stayed(page)


def test_the_facet_that_was_used_keeps_the_focus_and_its_place_on_the_screen(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 300})
    start(page, "/search?q=wheat")
    box = page.get_by_role("checkbox", name=CALLOWAY)
    box.focus()
    before = top_of(page, "^Ines Calloway")
    page.keyboard.press("Space")
    heading(page, "1 article for wheat")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    assert abs(top_of(page, "^Ines Calloway") - before) < 1
    page.keyboard.press("Space")
    heading(page, "4 articles for wheat")
    expect(box).to_be_focused()


def test_a_chip_that_is_taken_off_leaves_the_focus_on_the_next_one_and_at_last_on_the_heading(page: Page) -> None:
    start(page, "/search?q=wheat&place=Port+Velden&from=2020")
    page.get_by_role("link", name="Take off the filter Place: Port Velden").click()
    expect(page.get_by_role("link", name="Take off the filter From: 2020")).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "4 articles for wheat")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert stayed(page)


def test_the_order_is_changed(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("link", name="Oldest").click()
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("sort=oldest$"))
    expect(page.get_by_role("link", name="Oldest")).to_be_focused()
    assert stayed(page)


def test_another_page_begins_at_its_first_hit(page: Page) -> None:
    start(page, "/search?size=3")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".range")).to_contain_text("4–6 of")
    expect(page).to_have_title(re.compile("page 2"))
    expect(page.locator("#found")).to_be_focused()
    expect(page.locator(".hit").first).to_be_in_viewport()
    assert stayed(page)


def test_dates_are_set(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_label("From").fill("2022-02")
    page.keyboard.press("Enter")
    heading(page, "1 article for wheat")
    expect(page).to_have_url(re.compile(r"\?q=wheat&from=2022-02$"))
    expect(page.get_by_label("From")).to_be_focused()
    assert stayed(page)


def test_a_bar_of_the_chart_narrows_the_dates(page: Page) -> None:
    start(page, "/search")
    page.locator("svg a").last.click()
    expect(page).to_have_url(re.compile("from=2022"))
    expect(page.get_by_label("From")).to_have_value(re.compile("2022"))
    assert stayed(page)


def test_the_box_asks_with_the_filters_that_are_in_use(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    page.get_by_label("Search the archive").fill("silos")
    page.keyboard.press("Enter")
    heading(page, "1 article for silos")
    expect(page).to_have_url(re.compile(r"\?q=silos&speaker=Ines\+Calloway$"))
    expect(page).to_have_title(re.compile("^silos"))
    expect(page.get_by_label("Search the archive")).to_be_focused()
    assert stayed(page)


def test_the_empty_box_keeps_the_filters_though_recent_searches_are_listed_there(page: Page) -> None:
    start(page, "/search?q=wheat&place=Port+Velden")
    page.get_by_label("Search the archive").fill("")
    expect(page.get_by_role("region", name="Recent searches", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?place=Port\+Velden$"))
    page.get_by_label("Search the archive").fill("silos")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=silos&place=Port\+Velden$"))
    assert stayed(page)


def test_nothing_found_is_told_in_place_and_led_out_of(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_label("Search the archive").fill("wheat unheardof")
    page.keyboard.press("Enter")
    heading(page, "Nothing found for wheat unheardof")
    page.get_by_role("link", name="Any of the words").click()
    heading(page, "4 articles for wheat unheardof")
    expect(page.get_by_label("Which words must match")).to_have_value("any")
    assert stayed(page)


def test_back_and_forward_show_what_the_address_says(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    page.get_by_label("Search the archive").fill("silos")
    page.keyboard.press("Enter")
    heading(page, "1 article for silos")
    page.go_back()
    heading(page, "1 article for wheat")
    expect(page.get_by_label("Search the archive")).to_have_value("wheat")
    page.go_back()
    heading(page, "4 articles for wheat")
    expect(page.get_by_role("checkbox", name=CALLOWAY)).not_to_be_checked()
    page.go_forward()
    heading(page, "1 article for wheat")
    expect(page).to_have_url(re.compile("speaker=Ines"))
    assert stayed(page)


def test_back_returns_to_where_one_was_on_the_page(page: Page) -> None:
    start(page, "/search?size=5")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.get_by_role("link", name="Next").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".range")).to_contain_text("6–10 of")
    page.go_back()
    expect(page.locator(".range")).to_contain_text("1–5 of")
    page.wait_for_function("(y) => Math.abs(scrollY - y) < 5", arg=scrolled)


def test_a_reload_shows_the_same(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    page.reload()
    heading(page, "1 article for wheat")
    expect(page.get_by_role("checkbox", name=CALLOWAY)).to_be_checked()
    assert not stayed(page)


def test_an_article_read_after_a_change_leads_back_to_it(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    page.get_by_role("link", name=HARVEST.headline).click()
    heading(page, HARVEST.headline)
    page.go_back()
    heading(page, "1 article for wheat")
    page.go_back()
    heading(page, "4 articles for wheat")


def test_the_count_is_announced(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    told = page.locator("p.unseen[role=status]")
    expect(told).to_have_text("1 article for wheat. 1–1 of 1. Sort by Best match")
    page.get_by_label("Search the archive").fill('"wheat')
    page.keyboard.press("Enter")
    expect(told).to_contain_text("The quotation mark")


def test_the_page_is_busy_while_it_waits(page: Page) -> None:
    start(page, "/search?q=wheat")
    waiting: list[Route] = []
    page.route(re.compile("speaker=Ines"), lambda route: waiting.append(route))
    page.get_by_role("checkbox", name=CALLOWAY).click()
    expect(page.get_by_role("main")).to_have_attribute("aria-busy", "true")
    waiting[0].continue_()
    heading(page, "1 article for wheat")
    expect(page.get_by_role("main")).not_to_have_attribute("aria-busy", "true")


def test_a_newer_request_takes_the_place_of_an_older_one(page: Page) -> None:
    start(page, "/search?q=wheat")
    waiting: list[Route] = []
    page.route(re.compile("speaker=Ines"), lambda route: waiting.append(route))
    page.get_by_role("checkbox", name=CALLOWAY).click()
    expect(page.get_by_role("main")).to_have_attribute("aria-busy", "true")
    page.get_by_role("link", name="Oldest").click()
    expect(page).to_have_url(re.compile(r"\?q=wheat&sort=oldest$"))
    waiting[0].abort()
    page.wait_for_timeout(100)
    heading(page, "4 articles for wheat")
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=wheat$"))
    assert stayed(page)


@pytest.mark.parametrize("fault", ["offline", "error", "other"])
def test_what_can_t_be_shown_in_place_is_loaded_as_a_page(faulty_page: Page, fault: str) -> None:
    page = faulty_page
    start(page, "/search?q=wheat")

    def fail(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
        elif fault == "offline":
            route.abort()
        else:
            route.fulfill(status=503 if fault == "error" else 200, content_type="text/html", body="<p>Something else")

    page.route(re.compile("speaker=Ines"), fail)
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    assert not stayed(page)


def test_an_error_is_told_by_its_page(faulty_page: Page) -> None:
    start(faulty_page, "/search?q=wheat")
    faulty_page.get_by_label("From").fill("soon")
    faulty_page.keyboard.press("Enter")
    heading(faulty_page, "from=soon is not a date: give a year, a month or a day, such as 2022, 2022-02 or 2022-02-04.")
    faulty_page.go_back()
    heading(faulty_page, "4 articles for wheat")


def test_a_link_opens_in_another_tab_as_usual(page: Page) -> None:
    start(page, "/search?q=wheat")
    with page.context.expect_page() as opened:
        page.get_by_role("checkbox", name=CALLOWAY).click(modifiers=["Control"])
    heading(opened.value, "1 article for wheat")
    with page.context.expect_page() as opened:
        page.get_by_role("checkbox", name=CALLOWAY).click(button="middle")
    heading(opened.value, "1 article for wheat")
    heading(page, "4 articles for wheat")
    expect(page).to_have_url(re.compile(r"\?q=wheat$"))


def test_what_was_unfolded_stays_so(page: Page) -> None:
    start(page, "/search?q=wheat")
    page.locator(".chart summary").click()
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    expect(page.locator(".chart details")).to_have_attribute("open", "")
    assert stayed(page)


def test_quotes_change_in_place_too(page: Page) -> None:
    start(page, "/quotes")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    expect(page).to_have_url(re.compile(r"/quotes\?speaker=Ines\+Calloway$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("quotes?$"))
    assert stayed(page)


def test_the_whole_of_a_facet_changes_in_place(page: Page) -> None:
    start(page, "/search/facets/speaker?q=wheat")
    page.get_by_role("checkbox", name=CALLOWAY).click()
    expect(page.get_by_role("checkbox", name=CALLOWAY)).to_be_checked()
    page.get_by_label("Words of the name").fill("ines")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"speaker=Ines\+Calloway&words=ines$|words=ines&.*speaker=Ines"))
    assert stayed(page)


def test_a_list_of_names_changes_in_place(page: Page) -> None:
    start(page, "/speakers")
    page.get_by_label("Words of the name").fill("callo")
    page.keyboard.press("Enter")
    heading(page, "1 speaker named callo")
    page.get_by_role("link", name="Most quotes").click()
    expect(page).to_have_url(re.compile("order=most"))
    assert stayed(page)


def test_all_of_it_works_without_javascript(plain_page: Page) -> None:
    page = plain_page
    page.goto("/search?q=wheat")
    page.get_by_text("Filter by date").click()
    page.get_by_role("checkbox", name=CALLOWAY).click()
    heading(page, "1 article for wheat")
    page.get_by_role("link", name="Oldest").click()
    expect(page).to_have_url(re.compile(r"\?q=wheat&speaker=Ines\+Calloway&sort=oldest$"))
    page.get_by_role("link", name="Take off the filter Speaker: Ines Calloway").click()
    heading(page, "4 articles for wheat")
    page.get_by_label("Search the archive").fill("silos")
    page.get_by_role("button", name="Search").click()
    heading(page, "1 article for silos")
    page.go_back()
    heading(page, "4 articles for wheat")
