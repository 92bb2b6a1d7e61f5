"""What tests of results do to a page of them, and how they read it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def calloway(page: Page) -> Locator:
    """The facet of the one speaker who speaks of wheat."""
    return page.get_by_role("checkbox", name=re.compile("^Ines Calloway"))


def box(page: Page) -> Locator:
    return page.get_by_label("Search the archive")


def narrow(page: Page) -> None:
    """From the four articles for wheat to the one in which she speaks."""
    calloway(page).click()
    heading(page, "1 article for wheat")


def ask(page: Page, words: str, label: str = "Search the archive") -> None:
    """Type words into a field, and Enter."""
    page.get_by_label(label).fill(words)
    page.keyboard.press("Enter")
