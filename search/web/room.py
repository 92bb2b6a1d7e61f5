"""How much a page of results carries: as much as fits into 60 KB, so that it comes quickly wherever it is read.

Each value of a facet, each bar of the chart and each hit repeats the address of the search, so that a long question
leaves room for fewer of them; many hits leave room for shorter passages. Everything is in the JSON all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from markupsafe import escape

from search.query.results import Hit, Results, Snippet, Span
from search.query.state import SearchState
from search.web.charts import MOST_BARS
from search.web.reasons import MOST_EXPLAINED

MOST_BYTES = 60_000
MOST_VALUES = 16
LONGEST_PASSAGE = 600  # characters
SHORTENED = " …"  # what a passage that goes on ends in
HEADLINE = 100  # fewer of a quote leave its article's headline away too

_FRAME = 7_000  # bytes of what surrounds results, without addresses
_ADDRESSES = 34  # in the frame
_VALUE, _BAR, _HIT, _QUOTE = 275, 215, 215, 50  # without addresses and texts; a quote beyond what a hit has
_REASONS, _REASON = 90, 90  # why a hit matched: once, and for each word
_PASSAGE, _MARK = 44, 13  # the tags of a passage and of a marked word
_LINK = 270  # to a passage in its article, without the address of the search
_SHORTEST = 40  # a passage of fewer characters tells nothing
_BEFORE = 0.2  # of a passage before its first match


@dataclass(frozen=True, slots=True)
class Layout:
    """Values of each facet, bars, characters of a hit's passages, and how many of these are linked to.

    `telling`: whether the links of hits tell the search too, so that its words are marked in the article.
    """

    values: int
    bars: int
    passages: int
    telling: bool = True
    links: int = 1


#: From the most generous to the leanest.
LAYOUTS = (
    *(Layout(MOST_VALUES, MOST_BARS, 2 * LONGEST_PASSAGE, links=n) for n in (3, 1, 0)),
    Layout(10, MOST_BARS, LONGEST_PASSAGE),
    *(Layout(8, 40, 400), Layout(6, 40, 300), Layout(6, 40, 200), Layout(4, 12, 140), Layout(4, 12, 100)),
    *(Layout(3, 12, 80), Layout(2, 12, 60), Layout(1, 12, 40), Layout(1, 12, 0)),
    *(Layout(1, 12, 0, telling=False), Layout(1, 0, 0, telling=False), Layout(0, 0, 0, telling=False)),
)


def fitting(state: SearchState, results: Results, render: Callable[[Layout], str]) -> str:
    """The page in the most generous layout in which it fits, else the leanest; mostly what is likely to fit does."""
    likely = next((n for n, layout in enumerate(LAYOUTS) if _weight(state, results, layout) < MOST_BYTES), -1)
    page = ""
    for layout in LAYOUTS[likely:]:
        page = render(layout)
        if len(page.encode("utf-8", "replace")) < MOST_BYTES:
            break
    return page


def passages(hit: Hit, most: int = LONGEST_PASSAGE) -> list[Snippet]:
    """The passages of a hit, or what was said, in at most so many characters."""
    if hit.quote:
        return [shortened(Snippet(hit.quote.text, hit.marks), max(2 * _SHORTEST, min(most, LONGEST_PASSAGE)))]
    return list(_within(hit.snippets, most))


def shortened(passage: Snippet, most: int) -> Snippet:
    """The part of a passage around its first match, in at most so many characters and the sign that it goes on."""
    text = passage.text
    if len(text) <= most:
        return passage
    start = max(0, passage.marks[0].start - int(most * _BEFORE)) if passage.marks else 0
    start = text.rfind(" ", 0, start) + 1
    end = start + most
    end = text.rfind(" ", start, end) if end < len(text) and " " in text[start:end] else end
    inside = (Span(max(mark.start - start, 0), min(mark.end, end) - start) for mark in passage.marks)
    marks = tuple(mark for mark in inside if mark.start < mark.end)
    more = SHORTENED if end < len(text) else ""
    return Snippet(text[start:end] + more, marks, passage.paragraph, passage.start + start)


def _within(snippets: Iterable[Snippet], most: int) -> Iterator[Snippet]:
    for snippet in snippets:
        if most < _SHORTEST:
            return
        part = shortened(snippet, most)
        most -= len(part.text) + _PASSAGE + _MARK * len(part.marks)
        yield part


def _weight(state: SearchState, results: Results, layout: Layout) -> int:
    """Bytes that the page is likely to have."""
    address = len(escape(state.url()))
    values = sum(len(tuple(islice(counts, layout.values))) for counts in results.facets.values())
    bars = min(layout.bars, len(results.histogram))
    reasons = _REASONS + _REASON * len(set(state.q.split())) if state.q and len(results.hits) <= MOST_EXPLAINED else 0
    hit = _HIT + reasons + (address if layout.telling else 0)
    links = (_LINK + address) * layout.links if layout.telling and len(results.hits) <= MOST_EXPLAINED else 0
    hits = sum(hit + _told(one, layout.passages) + (links if one.snippets else 0) for one in results.hits)
    return _FRAME + _ADDRESSES * address + values * (_VALUE + 2 * address) + bars * (_BAR + 2 * address) + hits


def _told(hit: Hit, most: int) -> int:
    """Bytes of a hit's texts."""
    article, quote = hit.article, hit.quote
    if quote:
        told = [article.url, article.headline if most >= HEADLINE else "", quote.speaker or "", quote.speaker or ""]
        said = min(_size([quote.text]), max(most, 2 * _SHORTEST))
        return _QUOTE + _size([*told, quote.role or "", quote.cue or ""]) + said
    told = [article.headline, article.url, *(speaker.name for speaker in article.speakers[:3])]
    return _size(told) + min(_size(s.text for s in hit.snippets) + _PASSAGE * len(hit.snippets), most)


def _size(texts: Iterable[str]) -> int:
    return sum(len(escape(text).encode("utf-8", "replace")) for text in texts)
