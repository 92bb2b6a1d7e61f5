"""Pages in a real Chromium; a test fails on a console error, a crashed script or a breach of the security policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A fresh window on the site."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(5000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints


@pytest.fixture
def plain_page(chromium: Browser, address: str) -> Iterator[Page]:
    """A fresh window without JavaScript, as narrow as a phone."""
    context = chromium.new_context(base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.fixture
def faulty_page(chromium: Browser, address: str) -> Iterator[Page]:
    """A fresh window that may complain of requests that fail."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.fixture
def stay(page: Page) -> Iterator[Callable[[str], Page]]:
    """Opens a page that the test changes in place; the test fails where a page was loaded anew instead."""

    def opened(url: str) -> Page:
        page.goto(url)
        page.evaluate("window.trace = true")
        return page

    yield opened
    assert page.evaluate("window.trace === true")


@pytest.fixture
def wheat(stay: Callable[[str], Page]) -> Page:
    """The four articles for wheat, to be changed in place."""
    return stay("/search?q=wheat")
