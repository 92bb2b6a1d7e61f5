"""How much a page of results carries: as much as fits into 60 KB, so that it comes quickly wherever it is read.

Each value of a facet, each bar of the chart and each hit repeats the address of the search, so that a long question
leaves room for fewer of them; many hits leave room for shorter passages. Where the links that change the search would
fill most of the page, one form takes their place, which tells the search once. Everything is in the JSON all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.query.results import Hit, Results, Snippet, Span
from search.query.state import SearchState
from search.web.charts import MOST_BARS
from search.web.reasons import MOST_EXPLAINED
from search.web.weights import MARK, PASSAGE, SHORTEST, Weights

MOST_BYTES = 60_000
MOST_VALUES = 16
LONGEST_PASSAGE = 600  # characters
SHORTENED = " …"  # what a passage that goes on ends in

_BEFORE = 0.2  # of a passage before its first match


@dataclass(frozen=True, slots=True)
class Layout:
    """Values of each facet, bars, characters of a hit's passages, and how many of these are linked to.

    `telling`: whether the links of hits tell the search too, so that its words are marked in the article. `form`:
    whether the search is changed by a form in place of links.
    """

    values: int
    bars: int
    passages: int
    telling: bool = True
    links: int = 1
    form: bool = False


#: From the most generous to the leanest.
LAYOUTS = (
    *(Layout(MOST_VALUES, MOST_BARS, 2 * LONGEST_PASSAGE, links=n) for n in (3, 1, 0)),
    Layout(10, MOST_BARS, LONGEST_PASSAGE),
    *(Layout(8, 40, 400), Layout(6, 40, 300), Layout(6, 40, 200), Layout(4, 12, 140), Layout(4, 12, 100)),
    *(Layout(3, 12, 80), Layout(2, 12, 60), Layout(1, 12, 40), Layout(1, 12, 0)),
    *(Layout(1, 12, 0, telling=False), Layout(1, 0, 0, telling=False), Layout(0, 0, 0, telling=False)),
)
#: The same where one form takes the place of the links.
FORMS = tuple(
    Layout(values, 0, most, telling=False, links=0, form=True)
    for values, most in ((8, LONGEST_PASSAGE), (8, 300), (6, 200), (4, 140), (3, 80), (0, 0))
)


def fitting(state: SearchState, results: Results, render: Callable[[Layout], str]) -> str:
    """The page in the most generous layout in which it fits, else the leanest.

    Mostly the first that is likely to fit does; where it does not, the others are likely to be wrong by as much.
    """
    weights, wrong, page = Weights(state, results), 0, ""
    crowded = weights.links > MOST_BYTES * 2 // 3 or weights.of(LAYOUTS[-1]) > MOST_BYTES
    layouts = FORMS if crowded else LAYOUTS
    for layout in layouts:
        likely = weights.of(layout) + wrong
        if likely >= MOST_BYTES and layout is not layouts[-1]:
            continue
        page = render(layout)
        size = len(page.encode("utf-8", "replace"))
        if size < MOST_BYTES:
            break
        wrong += size - likely
    return page


def most_passages(hits: int) -> int:
    """How many passages of each hit a page of so many has room for."""
    return 3 if hits <= MOST_EXPLAINED else 2 if hits <= 2 * MOST_EXPLAINED else 1


def passages(hit: Hit, most: int = LONGEST_PASSAGE) -> list[Snippet]:
    """The passages of a hit, or what was said, in at most so many characters."""
    if hit.quote:
        return [shortened(Snippet(hit.quote.text, hit.marks), max(2 * SHORTEST, min(most, LONGEST_PASSAGE)))]
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
        if most < SHORTEST:
            return
        part = shortened(snippet, most)
        most -= len(part.text) + PASSAGE + MARK * len(part.marks)
        yield part
