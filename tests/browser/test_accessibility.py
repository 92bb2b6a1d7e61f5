"""Every page fits its window, and axe finds no serious fault on it, in light and dark, on a wide screen and a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.archive import HARVEST, OIL
from tests.browser.axe import faults
from tests.browser.conftest import ProfileOf, window

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
#: 640 is a window of 1280 at 200 %, 320 one at 400 %; the last is a phone.
WINDOWS = ((1280, False), (768, False), (640, False), (320, False), (360, True))
UNFOLDED = "document.querySelectorAll('details:not([name])').forEach((fold) => (fold.open = true))"

Resize = Callable[..., None]


@pytest.fixture(scope="module")
def visitor(profile_of: ProfileOf) -> Iterator[Page]:
    """A window that goes from page to page."""
    with window(profile_of()) as opened:
        opened.emulate_media(reduced_motion="reduce")
        yield opened


@pytest.fixture(scope="module")
def resize(visitor: Page) -> Resize:
    """Makes the window, its page and all, as wide as a screen or as a phone that is touched."""
    device = visitor.context.new_cdp_session(visitor)

    def resized(width: int, phone: bool = False) -> None:
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": phone}
        device.send("Emulation.setTouchEmulationEnabled", {"enabled": phone})
        device.send("Emulation.setDeviceMetricsOverride", size)
        assert visitor.evaluate("matchMedia('(pointer: coarse)').matches") == phone

    return resized


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_a_page_has_no_fault_and_is_no_wider_than_its_window(visitor: Page, resize: Resize, url: str) -> None:
    resize(1280)
    visitor.goto(url)
    visitor.evaluate(UNFOLDED)
    found = faults(visitor)
    wide = []
    for width, phone in WINDOWS:
        resize(width, phone)
        if visitor.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    found += faults(visitor)
    resize(640)
    visitor.evaluate("document.documentElement.style.fontSize = '200%'")
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 640
    assert not wide
    assert not found


def test_the_list_of_recent_searches_has_no_fault(page: Page) -> None:
    page.goto("/search?q=wheat&place=Port+Velden")
    page.goto("/")
    page.get_by_label("Search the archive").focus()
    expect(page.get_by_role("region", name="Recent searches", exact=True)).to_be_visible()
    assert not faults(page)
