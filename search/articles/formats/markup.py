"""HTML in article bodies, turned into plain paragraphs: the one place that uses bleach.

Bleach parses as a browser does, at a cost that grows with the square of nesting, attributes and character references
(minutes for one megabyte of crafted input). So the text is simplified first, in one pass: known tags lose their
attributes and become a break, a heading or nothing, everything else becomes text. Where breaks and whole headings are
all that is left, there is nothing to clean; bleach cleans everything else. The outcome is cut into blocks; no tag
survives. Input beyond a stated size is refused.
"""

from __future__ import annotations

import html
import re

import bleach  # type: ignore[import-untyped]

from search.articles.formats.decoding import tidy
from search.articles.formats.text import paragraphs, single_spaced

LARGEST = 2_000_000  # characters of one body
MOST_TAGS = 50_000

_HEADINGS = "h1 h2 h3 h4 h5 h6"
_BREAKS = """
p div br ul ol li blockquote section article header footer main aside nav table thead tbody tr dl dt dd pre hr figure
figcaption title body html head address form
"""
_INLINE = """
a abbr acronym b big cite code del dfn em font i iframe img ins kbd label link mark meta q s samp small span strike
strong sub sup time tt u var video audio picture source svg path button input script style noscript
"""
_SPACES = "td th"
_FORM = {
    **dict.fromkeys(_BREAKS.split(), "<br>"),
    **dict.fromkeys(_INLINE.split(), ""),
    **dict.fromkeys(_SPACES.split(), " "),
}
_NAMES = "|".join(sorted([*_FORM, *_HEADINGS.split()], key=len, reverse=True))
_ALLOWED = frozenset({"br", *_HEADINGS.split()})

# Upper-case <P> alone may be a company's ticker: a tag is known by its small letters, an attribute or its end tag.
_MARKUP = re.compile(
    rf"<(?=[a-zA-Z/!])(?:(?:{_NAMES})\s?/?>|/(?:(?i:{_NAMES}))\s?>|(?i:{_NAMES})\s+[a-zA-Z-]{{1,20}}=|!(?i:doctype))"
)
_CODED_MARKUP = re.compile(rf"&lt;/?(?i:{_NAMES})\b")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?:[\s/](?:[^<>"']|"[^"<]*"|'[^'<]*')*+)?>|<[!?][^<>]*>""")
_FLAT = re.compile(r"(?:[^<>&]++|<br>|<(h[1-6])>[^<>&]*+</\1>)*+")
_BARE_BREAKS = ("<p>", "</p>", "<br/>", "<br />")
_PARTING = re.compile(rf"<(?!br\b)(?i:{'|'.join([*_BREAKS.split(), *_HEADINGS.split()])})\b")
_CLEAN_TAG = re.compile(r"<(/?)(br|h[1-6])>")
_HIDDEN = {"<": "\ue000", ">": "\ue001", "&": "\ue002"}  # marks of text, out of bleach's way
_HIDE = str.maketrans(_HIDDEN)


_UNSHOWN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_MAY_BE_UNSHOWN = re.compile("<[!sS]")  # no other letter is an s in lower case


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
        text = tidy(html.unescape(text))
    return text


def line(text: str) -> str:
    """A headline or another line, without tags and character references. Raises TooMuchMarkup."""
    plain = " ".join(words for words, _ in blocks(text)) if is_markup(text) else without_entities(text)
    return " ".join(plain.split())


def decoded(text: str) -> str:
    """A text whose tags were themselves written as entities, with its tags; any other, with entities resolved."""
    if "&" not in text:
        return text
    return tidy(html.unescape(text)) if _CODED_MARKUP.search(text) or not is_markup(text) else text


def blocks(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of an HTML text, each with whether it is a heading. Raises TooMuchMarkup beyond the bounds."""
    if len(text) > LARGEST or text.count("<") > MOST_TAGS:
        raise TooMuchMarkup(f"its markup is larger than {LARGEST:,} characters or {MOST_TAGS:,} tags")
    simple = _simplified(text)
    clean = simple if _FLAT.fullmatch(simple) else _cleaned(simple)
    out: list[tuple[str, bool]] = []
    heading = False
    *pieces, last = _CLEAN_TAG.split(clean)
    if not _PARTING.search(text):  # nothing but line breaks and tags inside of lines: blank lines part it, as any text
        for words in (*pieces[::3], last):
            for paragraph in paragraphs(words):
                _add(out, paragraph, heading)
        return out
    for words, end, name in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        _add(out, words, heading)
        heading = not end and name != "br"
    _add(out, last, False)
    return out


def _cleaned(text: str) -> str:
    cleaned: str = bleach.clean(text, tags=_ALLOWED, attributes={}, strip=True, strip_comments=True)
    return cleaned


def _add(out: list[tuple[str, bool]], words: str, heading: bool) -> None:
    if not words or words.isspace():
        return
    if not words.isascii():
        for mark, hidden in _HIDDEN.items():
            words = words.replace(hidden, mark)
    plain = single_spaced(without_entities(words))
    if plain:
        out.append((plain, heading))


def _simplified(text: str) -> str:
    """The text with bare breaks and headings for its tags, and every other mark of HTML out of the way."""
    shown = text
    for opening, closing in _UNSHOWN if _MAY_BE_UNSHOWN.search(text) else ():
        shown = _without(shown, opening, closing)
    for bare in _BARE_BREAKS:
        shown = shown.replace(bare, "<br>")
    if "&" not in shown and shown.count("<") == shown.count(">") == shown.count("<br>"):
        return shown  # as most are
    out: list[str] = []
    at = 0
    for tag in _TAG.finditer(shown):
        out += [_hidden(shown[at : tag.start()]), _form(tag)]
        at = tag.end()
    return "".join([*out, _hidden(shown[at:])])


def _hidden(text: str) -> str:
    return tidy(html.unescape(text)).translate(_HIDE) if "&" in text or "<" in text or ">" in text else text


def _form(tag: re.Match[str]) -> str:
    """What stands for a tag; an unknown one is no tag but text: "<IBM>"."""
    if tag[2] is None:
        return ""
    name = tag[2].lower()
    if name in _ALLOWED and name != "br":
        return f"<{tag[1]}{name}>"
    return _FORM[name] if name in _FORM else tag[0].translate(_HIDE)


def _without(text: str, opening: str, closing: str) -> str:
    """A text without what stands between two marks, found in one pass; what is never closed runs to the end."""
    folded = text.lower()
    if opening not in folded or len(folded) != len(text):  # a few letters grow when folded: then offsets would not fit
        return text
    kept, at = [], 0
    while (start := folded.find(opening, at)) >= 0:
        kept.append(text[at:start])
        end = folded.find(closing, start)
        at = end + len(closing) if end >= 0 else len(text)
    return "".join([*kept, text[at:]])
