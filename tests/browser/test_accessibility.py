"""Axe finds no serious fault on any page, in light and dark, on a phone and on a wide screen."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.archive import HARVEST, OIL

pytestmark = pytest.mark.browser

URLS = {
    "home": "/",
    "results": "/search?q=wheat&place=Port+Velden&not_speaker=Tomas+Brandt&from=2020",
    "pages": "/search?q=port&page=2",
    "nothing": "/search?q=unheardof&from=2020",
    "article": f"{HARVEST.url}?q=wheat&sort=newest&hit=1",
    "help": "/help",
    "api": "/api",
    "error": "/search?sort=up",
    "quotes": "/quotes?q=wheat&place=Port+Velden",
    "speakers": "/speakers",
    "speaker": "/speakers/ines-calloway",
    "missing": "/speakers/ines-caloway",
    "topics": "/topics",
    "topic": f"/topics/{OIL.path[-2]}",
    "places": "/places?q=lor",
    "place": "/places/lorne",
    "agencies": "/agencies",
    "agency": "/agencies/nora",
    "years": "/browse",
    "month": "/browse/2022/02",
    "day": "/browse/2022/02/04",
    "empty": "/browse/9999",
    "matrix": "/quotes/matrix?columns=topic",
    "facet": "/search/facets/speaker?q=wheat&not_speaker=Tomas+Brandt",
    "tree": "/quotes/facets/sector?order=tree",
    "long": "/search?match=any&q=wheat" + f"+{'%D0%B6' * 38}" * 45 + "&not_place=" + "%D0%B6" * 150,
}
COLOURS = {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
SIZES: dict[str, object] = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2; axe leaves it out unless told
RULES: dict[Literal["light", "dark"], dict[str, object]] = {"light": SIZES, "dark": {"runOnly": COLOURS}}
AXE = Axe()
UNFOLDED = "document.querySelectorAll('details:not([name])').forEach((fold) => (fold.open = true))"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_a_serious_fault(chromium: Browser, address: str, width: int) -> None:
    phone = width < 500
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    faults = []
    for name, url in URLS.items():
        page.goto(url)
        page.evaluate(UNFOLDED)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than the screen"
        page.evaluate(AXE.axe_script)
        for scheme, rules in RULES.items():  # darkness changes colours, nothing else
            page.emulate_media(color_scheme=scheme)
            faults += [(name, scheme, *fault) for fault in serious(page, rules)]
    context.close()
    assert not faults


def serious(page: Page, rules: dict[str, object]) -> list[tuple[str, str]]:
    """The rules that are broken more than a little, and where; axe is in the page."""
    found = page.evaluate("(rules) => axe.run(document, rules)", {**rules, "resultTypes": ["violations"]})
    return [
        (fault["id"], node["html"])
        for fault in found["violations"]
        if fault["impact"] != "minor"
        for node in fault["nodes"]
    ]


def test_no_page_is_wider_than_its_window(chromium: Browser, address: str) -> None:
    """320 is a window of 1280 at 400 %, 640 one at 200 %."""
    page = chromium.new_page(base_url=address)
    wide = []
    for name, url in URLS.items():
        page.goto(url)
        page.evaluate(UNFOLDED)
        for width in (320, 640, 768):
            page.set_viewport_size({"width": width, "height": 600})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
    page.close()
    assert not wide


def test_the_list_of_recent_searches_has_no_fault(page: Page) -> None:
    page.goto("/search?q=wheat&place=Port+Velden")
    page.goto("/")
    page.get_by_label("Search the archive").focus()
    expect(page.get_by_role("region", name="Recent searches", exact=True)).to_be_visible()
    page.evaluate(AXE.axe_script)
    for scheme in RULES:
        page.emulate_media(color_scheme=scheme)
        assert not serious(page, SIZES)
