"""The grammar of Atom (RFC 4287, section 4 and appendix B) as a check: what of a feed breaks it, in words.

Elements of other namespaces are extensions, which the grammar lets stand anywhere but in text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

ATOM = "{http://www.w3.org/2005/Atom}"

_XML = "{http://www.w3.org/XML/1998/namespace}"
_COMMON = {f"{_XML}base", f"{_XML}lang"}
_ANY = 1 << 31
_PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}

#: What each element may hold, and how often at least and at most.
_CHILDREN: dict[str, dict[str, tuple[int, int]]] = {
    "feed": {
        **dict.fromkeys(("id", "title", "updated"), (1, 1)),
        **dict.fromkeys(("generator", "icon", "logo", "rights", "subtitle"), (0, 1)),
        **dict.fromkeys(("author", "category", "contributor", "link", "entry"), (0, _ANY)),
    },
    "entry": {
        **dict.fromkeys(("id", "title", "updated"), (1, 1)),
        **dict.fromkeys(("content", "published", "rights", "source", "summary"), (0, 1)),
        **dict.fromkeys(("author", "category", "contributor", "link"), (0, _ANY)),
    },
    "author": _PERSON,
    "contributor": _PERSON,
}
_ATTRIBUTES = {
    "link": {"href", "rel", "type", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    "generator": {"uri", "version"},
    **{text: {"type"} for text in ("title", "summary", "content", "rights", "subtitle")},
}
_REQUIRED = {"link": "href", "category": "term"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[^\s/]+/[^\s/]+")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def breaches(document: bytes) -> list[str]:
    """What is wrong with a feed document; nothing, where it is valid. Raises ParseError where it is no XML."""
    feed = fromstring(document)
    found = [] if feed.tag == f"{ATOM}feed" else [f"the root is {feed.tag}"]
    names = [child.tag for child in feed]
    if f"{ATOM}entry" in names and {*names[names.index(f"{ATOM}entry") :]} != {f"{ATOM}entry"}:
        found.append("something follows the entries")
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry"))
    found += [f"{count} entries have the id {one}" for one, count in ids.items() if count > 1]
    authored = feed.find(f"{ATOM}author") is not None
    for entry in feed.findall(f"{ATOM}entry"):
        if not authored and entry.find(f"{ATOM}author") is None:
            found.append("an entry has no author")
        if entry.find(f"{ATOM}content") is None and "alternate" not in _relations(entry):
            found.append("an entry has neither content nor an alternate link")
    return found + [breach for element in feed.iter() if element.tag.startswith(ATOM) for breach in _of(element)]


def _of(element: Element) -> Iterator[str]:
    """What is wrong with one element."""
    name, text = element.tag.removeprefix(ATOM), (element.text or "").strip()
    if strange := element.attrib.keys() - _COMMON - _ATTRIBUTES.get(name, set()):
        yield f"{name} has the attributes {strange}"
    if name in _REQUIRED and _REQUIRED[name] not in element.attrib:
        yield f"{name} has no {_REQUIRED[name]}"
    if not _LANGUAGE.fullmatch(element.get(f"{_XML}lang", "en")):
        yield f"{name} is in no language"
    yield from _children(name, element, text)
    if name in ("updated", "published") and not _is_moment(text):
        yield f"{name} is {text!r}"
    if name == "id" and not _is_address(text):
        yield f"the id is {text!r}"
    if name in ("title", "summary", "content") and element.get("type", "text") not in ("text", "html"):
        yield f"{name} is of another type than we write"
    if name in ("name", "generator") and not text:
        yield f"{name} is empty"
    if name == "link":
        yield from _link(element)


def _children(name: str, element: Element, text: str) -> Iterator[str]:
    held = Counter(child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM))
    allowed = _CHILDREN.get(name, {})
    if allowed and (text or any((child.tail or "").strip() for child in element)):
        yield f"{name} holds text between its elements"
    if not allowed and len(element):
        yield f"{name} holds elements"
    yield from (f"{name} holds {child}" for child in held.keys() - allowed.keys())
    for child, (least, most) in allowed.items():
        if not least <= held[child] <= most:
            yield f"{name} holds {held[child]} of {child}"
    if name in ("feed", "entry"):
        alternate = Counter(
            (link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        )
        yield from (f"{name} has {count} alternates of {kind}" for kind, count in alternate.items() if count > 1)
        if _relations(element).count("self") != (name == "feed"):
            yield f"{name} has {_relations(element).count('self')} links to itself"


def _link(link: Element) -> Iterator[str]:
    if not _is_address(link.get("href", "")):
        yield f"a link leads to {link.get('href')!r}"
    if not _MEDIA_TYPE.fullmatch(link.get("type", "a/a")):
        yield f"a link is of the type {link.get('type')!r}"
    if not re.fullmatch(r"[a-z][a-z0-9.-]*", link.get("rel", "alternate")) and not _is_address(link.get("rel", "")):
        yield f"a link has the relation {link.get('rel')!r}"


def _relations(element: Element) -> list[str]:
    return [link.get("rel", "alternate") for link in element.findall(f"{ATOM}link")]


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(text)) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and text.isascii() and bool(urlsplit(text).scheme)
