"""The order of a wire story: section line, headline, lead, byline, dateline, body with its sub-headings.

None of these parts is sure to be there. What stands before the dateline is told apart by length and punctuation, since
that is all that sets a section line, a headline and a lead apart in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from search.articles.dateline import Found, find_dateline
from search.articles.formats.text import paragraphs, unsigned
from search.articles.wire.agencies import known_agency
from search.articles.wire.dates import full_dates

LONGEST_HEADLINE = 300  # characters; a first block longer than this is a paragraph, and the text has no headline

_LONGEST_HEADING = 80  # characters of a sub-heading
_HEADER = 10  # paragraphs in which a dateline is looked for
_HEADER_REACH = 1200  # and the characters that may stand before it
_BLANK = re.compile(r"\n[ \t\xa0]*\n")
_FINAL = tuple(".!?…:;,-")
_CLOSING = "\"”’»')]"
_BY = re.compile(r"by:?\s+(?=[^\W\d_])", re.IGNORECASE)
_NOTE = re.compile(
    r"\(?(?:corrects?|corrected|correction|adds?|updates?|updated|recasts?|refiles?|repeats?|clarifie[sd]|rewrites?|eds?)"
    r"(?::|\b.*\)$)|\(in [^\n]{0,60}story",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:extra|urgent|repeat|rpt|refile|corrected|\d{1,2}(?:st|nd|rd|th) ?(?:lead|ld)|update|wrapup)"
    r"(?: \d{1,2})?\s?[-:]{0,2}",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"[\w ,./:+()-]{6,60}")
_DATE_WORDS = frozenset({"published", "updated", "posted", "date"})

Blocks = Sequence[tuple[str, bool]]  # paragraphs, each with whether it is a sub-heading


class Layout(Struct, frozen=True):
    """The parts of a text; `blocks` is its body, the dateline cut off."""

    headline: str | None = None
    section: str | None = None
    lead: str | None = None
    byline: str | None = None
    date: str | None = None
    dateline: Found | None = None
    blocks: tuple[tuple[str, bool], ...] = ()


class _Header(Struct):
    """What stands before the body: the notes of its trade by kind, everything else in `named`.

    `labels` say how the copy was sent, as its end is said by sign-offs: both are no part of the article.
    """

    byline: str | None = None
    date: str | None = None
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def text_layout(text: str) -> Layout:
    """The parts of a plain-text article, headline included; without one where the text begins with its dateline."""
    blocks = _with_header_lines_apart(unsigned(text))
    opening = find_dateline(blocks[0]) if blocks else None
    if opening and _sure(opening):
        return Layout(dateline=opening)
    at, found = _find(blocks, 1)
    header = _header(blocks[:at])
    body = [blocks[at][found.end :], *blocks[at + 1 :]] if found else blocks[at:]
    section, headline, rest = _named(header.named or header.labels)
    lead = rest.pop(0) if rest and (found or (body and _is_lead(rest[0]))) else None
    by = _by(header, found)
    return Layout(headline, section, lead, by, header.date, found, _blocks([*header.notes, *rest, *body]))


def body_layout(blocks: Blocks, headline: str) -> Layout:
    """The parts of an article's body whose headline is known; a headline that it repeats is left out."""
    texts = [text for text, _ in blocks]
    marked = frozenset(text for text, heading in blocks if heading)
    if len(texts) > 1 and _same(texts[0], headline):
        texts = texts[1:]
    at, found = _find(texts, 0)
    header = _header(texts[:at] if found else texts[:1])
    body = [texts[at][found.end :], *texts[at + 1 :]] if found else texts[1:]
    lead = header.named.pop() if found and len(header.named) == 1 and len(header.named[0]) <= LONGEST_HEADLINE else None
    by = _by(header, found)
    return Layout(None, None, lead, by, header.date, found, _blocks([*header.notes, *header.named, *body], marked))


def byline(text: str) -> str | None:
    """The names of a byline ("By Ana Orel, Reuters" -> "Ana Orel"); None for what is no byline."""
    found = _BY.match(text)
    if not found or len(text) > 120 or text.endswith("."):
        return None
    names = text[found.end() :].rstrip(" =<").split(",")
    if len(names) > 1 and known_agency(names[-1]):
        names.pop()
    written = ",".join(names).strip()
    words = written.split()
    named = any(word[0].isupper() for word in words) or known_agency(words[0]) == words[0]  # "dpa" wants no capital
    return written if len(words) <= 14 and named else None


def _by(header: _Header, found: Found | None) -> str | None:
    return header.byline or (byline(found.byline) if found and found.byline else None)


def _find(blocks: Sequence[str], first: int) -> tuple[int, Found | None]:
    """Where the dateline is, from block `first` on; without one, how many blocks may be header."""
    reach = 0
    for at, block in enumerate(blocks[:_HEADER]):
        found = find_dateline(block) if at >= first else None
        if found and (at <= first or _sure(found) or reach < LONGEST_HEADLINE):
            return at, found
        reach += len(block)
        if reach > _HEADER_REACH:
            break
    return min(len(blocks), 4), None


def _sure(found: Found) -> bool:
    return found.dateline.place is not None and (found.day is not None or found.dateline.agency is not None)


def _header(blocks: Sequence[str]) -> _Header:
    header = _Header()
    for block in blocks:
        short = len(block) <= LONGEST_HEADLINE
        if short and header.byline is None and (by := byline(block)):
            header.byline = by
        elif short and header.date is None and (date := _date_line(block)):
            header.date = date
        elif short and _LABEL.fullmatch(block):
            header.labels.append(block)
        elif short and _NOTE.match(block):
            header.notes.append(block)
        else:
            header.named.append(block)
    if not header.named and header.notes and not header.notes[0].startswith("("):
        header.named.append(header.notes.pop(0))  # "CORRECTED: Orva cuts ferries" is a headline where there is no other
    return header


def _date_line(block: str) -> str | None:
    """The day of a line that holds a full date and little else."""
    if not _DATE_LINE.fullmatch(block):
        return None
    found = next(full_dates(block), None)
    if found is None:
        return None
    words = re.findall(r"[^\W\d_]+", block)
    other = [word for word in words if word.casefold() not in _DATE_WORDS and len(word) > 3]
    return found[0].iso() if len(other) <= 2 else None


def _named(named: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Section line, headline and what follows them."""
    section = None
    if len(named) > 1 and _is_section(named[0], named[1]):
        section, named = named[0], named[1:]
    headline = named[0].rstrip(" =<") if named and len(named[0]) <= LONGEST_HEADLINE else None
    return section, headline, named[1:]


def _is_section(text: str, following: str) -> bool:
    """Whether a line is a section's name: one or two words above a headline, three above one that is long."""
    words = len(text.split())
    headline = len(following.split()) > 2 and not following.endswith(".")
    return headline and not _is_final(text) and (words < 3 or (words == 3 and len(text) <= 30 < len(following)))


def _is_lead(text: str) -> bool:
    """Whether what follows the headline, in a text without a dateline, is a lead and no first paragraph."""
    return len(text.split()) >= 5 and len(text) <= LONGEST_HEADLINE and not _is_final(text)


def _with_header_lines_apart(text: str) -> list[str]:
    """The paragraphs of a text whose first block may hold headline, byline and dateline on lines of their own."""
    top, *below = _BLANK.split(text.strip(), maxsplit=1)
    lines = top.split("\n")
    if len(lines) == 1:
        return paragraphs(text)
    at = next((at for at, line in enumerate(lines[1:8], 1) if find_dateline(line)), None)
    if at is None:
        at = next((at for at, line in enumerate(lines[1:], 1) if not line.strip()[:1].islower()), len(lines))
    header: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in lines[:at])):
        if header and line[0].islower():
            header[-1] += f" {line}"
        else:
            header.append(line)
    return header + paragraphs("\n\n".join(["\n".join(lines[at:]), *below]))


def _blocks(texts: Sequence[str], marked: frozenset[str] = frozenset()) -> tuple[tuple[str, bool], ...]:
    body = [text for text in texts if text]
    return tuple(
        [
            (text, text in marked or (len(text) <= _LONGEST_HEADING and _is_heading(body, at)))
            for at, text in enumerate(body)
        ]
    )


def _is_heading(body: Sequence[str], at: int) -> bool:
    """Whether a block is a sub-heading: short, without a full stop, between two paragraphs that are neither."""
    text = body[at]
    if not 0 < at < len(body) - 1 or _is_final(text) or len(text.split()) > 10:
        return False
    before, after = body[at - 1], body[at + 1]
    if not (_is_paragraph(before) and _is_paragraph(after)) or not (text[0].isupper() or text[0].isdigit()):
        return False
    return sum(map(str.isdigit, text)) <= 4 and not any(mark in text for mark in '"“”«»')


def _is_paragraph(text: str) -> bool:
    return len(text) > 100 or (len(text) > 40 and _is_final(text))


def _is_final(text: str) -> bool:
    """Whether a text ends with a stop or a comma, inside or outside closing quotation marks and brackets."""
    return text.rstrip(_CLOSING).endswith(_FINAL)


def _same(text: str, headline: str) -> bool:
    """Whether two lines have the same letters and figures, whatever their punctuation and capitals."""
    return _letters(text) == _letters(headline) if abs(len(text) - len(headline)) < 20 else False


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
