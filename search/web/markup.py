"""Text and spans -> escaped HTML: `<mark>` around matched words, `<q>` or `<span>` around what was said.

The only place where tags meet text. Whatever the spans are, the text content stays the same, character for
character, and the tags are properly nested.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from search.query.results import Span


@dataclass(frozen=True, slots=True)
class Said:
    """The span of a quote and the id that its element gets, so that links can point to it.

    Words in quotation marks stand in `<q>`, indirect speech in a plain `<span>`.
    """

    start: int
    end: int
    id: str
    indirect: bool = False


def marked(text: str, marks: Iterable[Span] = (), quotes: Iterable[Said] = ()) -> Markup:
    """`text` escaped, quotes and marks in their elements; a mark that crosses the edge of a quote is split there."""
    spans = _disjoint(marks, len(text))
    out: list[str] = []
    position = 0
    for quote in sorted(quotes, key=lambda quote: (quote.start, quote.end)):
        start, end = max(quote.start, position), min(quote.end, len(text))
        if start < end:
            inside = _piece(text, spans, start, end)
            out.append(_piece(text, spans, position, start))
            out.append(_indirect(quote.id, inside) if quote.indirect else f'<q id="{escape(quote.id)}">{inside}</q>')
            position = end
    return Markup("".join([*out, _piece(text, spans, position, len(text))]))  # noqa: S704  # of escaped pieces


def _indirect(id: str, inside: str) -> str:
    return f'<span class="said" id="{escape(id)}">{inside}</span>'


def _disjoint(marks: Iterable[Span], length: int) -> list[tuple[int, int]]:
    """The marks in order, clipped to the text, overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(mark.start, 0), min(mark.end, length)) for mark in marks):
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _piece(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    """Characters `start` to `end`, escaped, with the marks that fall into them."""
    out: list[str] = []
    position = start
    for index in range(bisect_right(spans, start, key=lambda span: span[1]), len(spans)):
        mark_start, mark_end = max(spans[index][0], start), min(spans[index][1], end)
        if mark_start >= end:
            break
        out += [escape(text[position:mark_start]), f"<mark>{escape(text[mark_start:mark_end])}</mark>"]
        position = mark_end
    return "".join([*out, escape(text[position:end])])
