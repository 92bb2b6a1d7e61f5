"""Pages and JSON as tests see them: elements with their text, found by tag, attribute and name."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

_VOID = {"br", "hr", "img", "input", "link", "meta"}


def read_json(client: FlaskClient, url: str) -> dict[str, Any]:
    """The object at an address."""
    response = client.get(url)
    assert response.status_code == 200, response.text
    return cast("dict[str, Any]", response.get_json())


@dataclass
class Element:
    """One element, its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    inside: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]


class Page(HTMLParser):
    """A parsed page, without what its templates hold. Raises ValueError on elements that are not properly nested."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        if self._open:
            raise ValueError(f"left open: {[element.tag for element in self._open]}")

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Elements of a tag with these attributes; `class_` and `aria_label` for `class` and `aria-label`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.elements if tag in ("", e.tag) and wanted.items() <= e.attributes.items()]

    def one(self, tag: str = "", **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def link(self, name: str) -> str:
        """The address of the first link whose text contains `name`."""
        found = [e["href"] for e in self.all("a") if name in e.text]
        assert found, f"no link named {name!r}"
        return found[0]

    @property
    def heading(self) -> str:
        return self.one("h1").text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, inside=tuple(e.tag for e in self._open))
        if "template" not in element.inside:
            self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            raise ValueError(f"</{tag}> closes {[element.tag for element in self._open]}")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)


def page_at(client: FlaskClient, url: str, status: int = 200) -> Page:
    """The page at an address, which answers with this status."""
    response = client.get(url)
    assert response.status_code == status, response.text
    return Page(response.text)


def params(url: str) -> dict[str, list[str]]:
    """The parameters of an address."""
    return parse_qs(urlsplit(url).query)
