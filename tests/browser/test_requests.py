"""Behind a change in place is a request: it may be slow, overtaken by a newer one, or fail."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.results import ask, calloway, heading

pytestmark = pytest.mark.browser


@pytest.fixture
def held(wheat: Page) -> list[Route]:
    """The requests for the one speaker, which wait until a test lets them go."""
    waiting: list[Route] = []
    wheat.route(re.compile("speaker=Ines"), lambda route: waiting.append(route))
    calloway(wheat).click()
    expect(wheat.get_by_role("main")).to_have_attribute("aria-busy", "true")
    while not waiting:
        wheat.wait_for_timeout(10)
    return waiting


def test_the_page_is_busy_while_it_waits(wheat: Page, held: list[Route]) -> None:
    held[0].continue_()
    heading(wheat, "1 article for wheat")
    expect(wheat.get_by_role("main")).not_to_have_attribute("aria-busy", "true")


def test_a_newer_request_takes_the_place_of_an_older_one(wheat: Page, held: list[Route]) -> None:
    wheat.get_by_role("link", name="Oldest").click()
    expect(wheat).to_have_url(re.compile(r"\?q=wheat&sort=oldest$"))
    held[0].abort()
    wheat.wait_for_timeout(100)
    heading(wheat, "4 articles for wheat")
    wheat.go_back()
    expect(wheat).to_have_url(re.compile(r"\?q=wheat$"))


@pytest.mark.parametrize("fault", ["offline", "error", "other"])
def test_what_can_t_be_shown_in_place_is_loaded_as_a_page(faulty_page: Page, fault: str) -> None:
    page = faulty_page
    page.goto("/search?q=wheat")
    page.evaluate("window.trace = true")

    def fail(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
        elif fault == "offline":
            route.abort()
        else:
            route.fulfill(status=503 if fault == "error" else 200, content_type="text/html", body="<p>Something else")

    page.route(re.compile("speaker=Ines"), fail)
    calloway(page).click()
    heading(page, "1 article for wheat")
    assert not page.evaluate("window.trace")


def test_an_error_is_told_by_its_page(faulty_page: Page) -> None:
    faulty_page.goto("/search?q=wheat")
    ask(faulty_page, "soon", "From")
    heading(faulty_page, "from=soon is not a date: give a year, a month or a day, such as 2022, 2022-02 or 2022-02-04.")
    faulty_page.go_back()
    heading(faulty_page, "4 articles for wheat")
