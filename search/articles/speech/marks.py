"""Quotation marks: which stretches of an article stand between them.

Every convention met in wire copy is read: straight, curly, doubled single, guillemets in both directions, German
low-high marks, single marks where no double ones enclose them, and speech that runs over several paragraphs, opened in
each and closed only in the last. One pass over the marks, none over the text between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter

from msgspec import Struct

#: Stands between two paragraphs of the joined text; a paragraph's own is replaced by a blank before joining.
BREAK = "\x1e"

_DOUBLES = ("“", "”", "„", "‟", '"', "«", "»", "''", "``", "’’", "‘‘")
_SINGLE = re.compile(r"[‘’'‚\x1e]")
_OPENING_SINGLE = re.compile(rf"'(?<![^ {BREAK}(\[—–\-\n:]')")
_CLOSES = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    '"': '"”',
    "''": "''",
    "``": "''",
    "«": "»",
    "»": "«",
    "”": "”",
    "’’": "’’",
    "‘‘": "’’",
}
_OPENERS = frozenset("“„‟«") | {"``", "‘‘"}
_STRAIGHT = frozenset({'"', "''", "”", "»", "’’"})
_SLIPS = frozenset('“”"')
_BEFORE_OPEN = frozenset(" \t\n\r\xa0\u2009\u202f([{—–-/:;,…" + BREAK)
_AFTER_CLOSE = frozenset(" \t\n\r\xa0\u2009\u202f)]}—–-/.,;:!?…’'" + BREAK)


class Sign(Struct, frozen=True):
    """A mark, or a break between paragraphs, and where it stands."""

    start: int
    end: int
    sign: str


class Marked(Struct, frozen=True):
    """Characters `start` to `end` (excluded) of the joined text, marks excluded; `outer` includes the marks.

    `unclosed`: the paragraph ended before the quotation did. `resumed`: it goes on from the paragraph before.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    unclosed: bool = False
    resumed: bool = False


def places(text: str, sign: str) -> list[int]:
    """Where a sign stands in a text, which takes much less time than a pattern."""
    found, at = [], text.find(sign)
    while at >= 0:
        found.append(at)
        at = text.find(sign, at + len(sign))
    return found


def find_marked(text: str) -> list[Marked]:
    """The marked stretches of the joined text, in order, never overlapping."""
    doubles = _doubles(text)
    if "‘" not in text and not _OPENING_SINGLE.search(text):
        return doubles
    return _merged(doubles, _singles(text, doubles))


def _signs(text: str) -> list[Sign]:
    """The double marks in a text and the breaks between its paragraphs, in order."""
    found = [Sign(at, at + 1, BREAK) for at in places(text, BREAK)]
    for sign in _DOUBLES:
        if sign in text:
            found += [Sign(at, at + len(sign), sign) for at in places(text, sign)]
    found.sort(key=attrgetter("start"))
    return found


def _doubles(text: str) -> list[Marked]:
    found: list[Marked] = []
    opened: Sign | None = None
    inner: Sign | None = None
    depth, straight = 0, False
    for mark in _signs(text):
        sign = mark.sign
        if sign == BREAK:
            if opened is not None and inner is not None:
                found.append(_closed(text, opened, inner, _resumes(found, opened)))
            elif opened is not None and (_runs_on(text, mark.end) or _opens_paragraph(text, opened.start)):
                found.append(_unclosed(text, opened, mark.start, _resumes(found, opened)))
            opened = inner = None
        elif opened is None:
            if _may_open(text, mark):
                opened, depth, straight = mark, 0, False
        elif sign == '"' and opened.sign == "“" and (straight or _opens_inside(text, mark)):
            straight = not straight
        elif sign == opened.sign and sign in _OPENERS and not _ends_like_a_close(text, mark):
            depth += 1
        elif _closes(text, opened.sign, mark):
            if depth:
                depth, inner = depth - 1, mark
                continue
            found.append(_closed(text, opened, mark, _resumes(found, opened)))
            opened = inner = None
    if opened is not None and inner is not None:
        found.append(_closed(text, opened, inner, _resumes(found, opened)))
    elif opened is not None and _opens_paragraph(text, opened.start):
        found.append(_unclosed(text, opened, len(text), _resumes(found, opened)))
    return [span for span in found if span.start < span.end]


def _opens_inside(text: str, mark: Sign) -> bool:
    """Whether a straight mark opens a quotation within a curly one."""
    before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
    return before in _BEFORE_OPEN and after.isalnum()


def _closes(text: str, opener: str, mark: Sign) -> bool:
    """Whether a mark closes what another opened: the pair of it, or a straight one by a slip."""
    slip = opener == "“" and mark.sign == '"'
    return ((slip or mark.sign in _CLOSES[opener]) and _may_close(text, mark)) or _ends_like_a_close(text, mark)


def _ends_like_a_close(text: str, mark: Sign) -> bool:
    """Whether a mark of another kind closes all the same, as slips of the keyboard do: `“No,“` or `“No,"`."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return mark.sign in _SLIPS and before in ",.?!…" and (not after or after in _AFTER_CLOSE)


def _may_open(text: str, mark: Sign) -> bool:
    after = text[mark.end : mark.end + 1]
    if mark.sign in _OPENERS and after and after != BREAK:
        return True
    if not after or after.isspace() or after == BREAK:
        return False
    before = text[mark.start - 1 : mark.start]
    return not before or before in _BEFORE_OPEN or not (before.isalnum() or after in _AFTER_CLOSE)


def _may_close(text: str, mark: Sign) -> bool:
    if mark.sign not in _STRAIGHT:
        return True
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return not before.isspace() or not after or after in _AFTER_CLOSE


def _runs_on(text: str, start: int) -> bool:
    return text[start : start + 2].lstrip()[:1] in {"“", '"', "'", "`", "«", "»", "„", "‘", "’"}


def _opens_paragraph(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] == BREAK


def _resumes(found: list[Marked], opened: Sign) -> bool:
    return bool(found) and found[-1].unclosed and found[-1].outer_end == opened.start - 1


def _closed(text: str, opened: Sign, mark: Sign, resumed: bool) -> Marked:
    start, end = _trimmed(text, opened.end, mark.start)
    return Marked(start, end, opened.start, mark.end, resumed=resumed)


def _unclosed(text: str, opened: Sign, at: int, resumed: bool) -> Marked:
    start, end = _trimmed(text, opened.end, at)
    return Marked(start, end, opened.start, at, unclosed=True, resumed=resumed)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _singles(text: str, doubles: list[Marked]) -> list[Marked]:
    """Stretches between single marks, outside double ones; apostrophes are told from marks by their neighbours."""
    starts = [span.outer_start for span in doubles]
    found: list[Marked] = []
    opened: Sign | None = None
    last: Sign | None = None
    for mark in [Sign(m.start(), m.end(), m.group()) for m in _SINGLE.finditer(text)]:
        if mark.sign == BREAK:
            if opened and last:
                found.append(_closed(text, opened, last, False))
            opened = last = None
            continue
        inside = bisect_right(starts, mark.start) - 1
        if inside >= 0 and mark.start < doubles[inside].outer_end:
            continue
        if opened is None:
            opened = mark if _opens_single(text, mark) else None
        elif mark.sign != "‘" and _closes_single(text, mark):
            if text[mark.start - 1].isalnum() and text[mark.start - 1] in "sS" and text[mark.end : mark.end + 1] == " ":
                last = last or mark
                continue
            found.append(_closed(text, opened, mark, False))
            opened = last = None
        elif last is not None and _opens_single(text, mark):
            found.append(_closed(text, opened, last, False))
            opened, last = mark, None
    if opened and last:
        found.append(_closed(text, opened, last, False))
    return [span for span in found if span.start < span.end]


def _opens_single(text: str, mark: Sign) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return (not before or before in _BEFORE_OPEN) and after.isalpha() and mark.sign != "’"


def _closes_single(text: str, mark: Sign) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return not before.isspace() and (not after or after in _AFTER_CLOSE)


def _merged(doubles: list[Marked], singles: list[Marked]) -> list[Marked]:
    """Both in order; of a single-marked stretch and a double-marked one that it holds, the outer is the speech.

    A single-marked stretch across a double-marked one gives way.
    """
    starts = [span.outer_start for span in doubles]
    kept: list[Marked] = []
    inner: set[int] = set()
    for single in singles:
        held = range(bisect_right(starts, single.outer_start), bisect_right(starts, single.outer_end))
        if all(doubles[at].outer_end < single.outer_end for at in held):
            kept.append(single)
            inner.update(held)
    outer = [span for at, span in enumerate(doubles) if at not in inner]
    return sorted(outer + kept, key=lambda span: span.start)
