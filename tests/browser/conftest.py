"""Pages in a real Chromium; a test fails on a console error, a crashed script or a breach of the security policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ProfileOf = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def profile_of(chromium: Browser, address: str) -> ProfileOf:
    """What windows of a kind share for the session: a profile of its own for each would be a process for each.

    A page stays open in it, which keeps that process.
    """

    @cache
    def profile(*, narrow: bool = False, touched: bool = False, scripts: bool = True) -> BrowserContext:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": 360, "height": 740} if narrow else {"width": 1280, "height": 800},
            has_touch=touched,
            is_mobile=touched,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(5000)
        context.new_page().goto("/healthz")
        return context

    return profile


@contextmanager
def window(profile: BrowserContext) -> Iterator[Page]:
    """A fresh window; what was done in it leaves nothing to the next one."""
    yield profile.new_page()
    keeper, *others = profile.pages
    for page in others:
        page.close()
    keeper.evaluate("localStorage.clear()")
    profile.clear_cookies()
    profile.clear_permissions()


@pytest.fixture
def page(profile_of: ProfileOf) -> Iterator[Page]:
    """A fresh window on the site."""
    complaints: list[str] = []
    with window(profile_of()) as opened:
        opened.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
    assert not complaints


@pytest.fixture
def plain_page(profile_of: ProfileOf) -> Iterator[Page]:
    """A fresh window without JavaScript, as narrow as a phone."""
    with window(profile_of(narrow=True, scripts=False)) as opened:
        yield opened


@pytest.fixture
def faulty_page(profile_of: ProfileOf) -> Iterator[Page]:
    """A fresh window that may complain of requests that fail."""
    with window(profile_of()) as opened:
        yield opened


@pytest.fixture
def phone(profile_of: ProfileOf) -> Iterator[Page]:
    """A fresh narrow window that is touched."""
    with window(profile_of(narrow=True, touched=True)) as opened:
        yield opened


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
