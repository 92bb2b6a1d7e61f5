"""What axe, the checker of accessibility, finds wrong with a page as it stands."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Fault = tuple[str, str, str]

SOURCE = Axe().axe_script
SIZES: dict[str, object] = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2; axe leaves it out unless told
COLOURS: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
}


def faults(page: Page, minor: bool = False) -> list[Fault]:
    """What breaks a rule (more than a little, unless told), with the scheme and the rule, in light and dark.

    Darkness changes colours and nothing else, so that rules of colours alone are looked at again.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    page.emulate_media(color_scheme="light")
    found = _broken(page, "light", SIZES, minor)
    page.emulate_media(color_scheme="dark")
    return found + _broken(page, "dark", COLOURS, minor)


def _broken(page: Page, scheme: str, rules: dict[str, object], minor: bool) -> list[Fault]:
    found = page.evaluate("(rules) => axe.run(document, rules)", {**rules, "resultTypes": ["violations"]})
    return [
        (scheme, fault["id"], node["html"])
        for fault in found["violations"]
        if minor or fault["impact"] != "minor"
        for node in fault["nodes"]
    ]
