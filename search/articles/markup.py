"""HTML in article bodies, turned into plain paragraphs: the one place that uses bleach.

Bleach parses as a browser does and gives back well-formed tags from a short list, which are then cut into blocks; no
tag survives. Its time on crafted input is not linear, so input beyond a stated size or number of tags is refused.
"""

from __future__ import annotations

import html
import re

import bleach  # type: ignore[import-untyped]

LARGEST = 1_000_000  # characters of one body
MOST_TAGS = 20_000

_BLOCKS = (
    "p div br ul ol li h1 h2 h3 h4 h5 h6 blockquote section article header footer table tr td th dl dt dd pre hr figure"
)
_INLINE = "a abbr b cite code em i img q s small span strong sub sup u script style"
_NAMES = "|".join(sorted((f"{_BLOCKS} {_INLINE}").split(), key=len, reverse=True))
_ALLOWED = frozenset(_BLOCKS.split())

# Upper-case <P> alone may be a company's ticker: a tag is known by its small letters, an attribute or its end tag.
_MARKUP = re.compile(rf"<(?:{_NAMES})\s?/?>|</(?:(?i:{_NAMES}))\s?>|<(?i:{_NAMES})\s+[a-zA-Z-]{{1,20}}=|<!(?i:doctype)")
_CODED_MARKUP = re.compile(rf"&lt;/?(?i:{_NAMES})\b")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_NO_TAG = re.compile(r"<(?![a-zA-Z/!?])")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_HEADING = re.compile(r"h[1-6]")
_SPACED = frozenset({"td", "th"})


class TooMuchMarkup(ValueError):
    """A body whose markup is larger than what is cleaned."""


def is_markup(text: str) -> bool:
    """Whether a text carries HTML; "<IBM>" and "a < b" do not make it so."""
    return "<" in text and _MARKUP.search(text) is not None


def without_entities(text: str) -> str:
    """Character references resolved, also those that were escaped twice."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def decoded(text: str) -> str:
    """A text whose tags were themselves written as entities, with its tags; any other, with entities resolved."""
    if "&" not in text:
        return text
    return html.unescape(text) if _CODED_MARKUP.search(text) or not is_markup(text) else text


def blocks(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of an HTML text, each with whether it is a heading. Raises TooMuchMarkup beyond the bounds."""
    if len(text) > LARGEST or text.count("<") > MOST_TAGS:
        raise TooMuchMarkup(f"its markup is larger than {LARGEST:,} characters or {MOST_TAGS:,} tags")
    shown = _without_elements(_without_elements(text, "script"), "style")
    clean = bleach.clean(_NO_TAG.sub("&lt;", shown), tags=_ALLOWED, attributes={}, strip=True, strip_comments=True)
    out: list[tuple[str, bool]] = []
    words, heading, at = "", False, 0
    for tag in _TAG.finditer(clean):
        words += clean[at : tag.start()]
        at = tag.end()
        if tag[2] in _SPACED:
            words += " "
            continue
        _add(out, words, heading)
        words, heading = "", not tag[1] and _HEADING.fullmatch(tag[2]) is not None
    _add(out, words + clean[at:], False)
    return out


def _add(out: list[tuple[str, bool]], words: str, heading: bool) -> None:
    plain = " ".join(without_entities(words).split())
    if plain:
        out.append((plain, heading))


def _without_elements(text: str, name: str) -> str:
    """A text without the elements of one name and their content, found in one pass; an unclosed one ends the text."""
    folded = text.lower() if len(text.lower()) == len(text) else text
    kept, at = [], 0
    while (start := folded.find(f"<{name}", at)) >= 0:
        kept.append(text[at:start])
        end = folded.find(f"</{name}", start)
        at = folded.find(">", end) + 1 if end >= 0 else len(text)
        if at == 0:
            at = len(text)
    return "".join([*kept, text[at:]])
