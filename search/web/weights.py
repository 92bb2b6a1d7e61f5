"""How many bytes a page of results is likely to have, told before it is made: hits are read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from markupsafe import escape

from search.query.results import Hit, Results
from search.query.state import SearchState
from search.web.reasons import MOST_EXPLAINED, MOST_PARTS

HEADLINE = 100  # characters of a quote: fewer leave its article's headline away too
SHORTEST = 40  # a passage of fewer characters tells nothing
PASSAGE, MARK = 44, 13  # the tags of a passage and of a marked word

_FRAME = 7_200  # what surrounds results, without addresses
_ADDRESSES = 28  # in the frame
_WORDS = 2  # times that the query itself stands there
_CHIP, _HIDDEN = 150, 55  # a filter in use, without its address; what two forms keep of it, each
_FIGURE = 1_000  # a chart without its bars
_FORM, _CHECKBOX = 1_500, 130  # one form in place of links, and a value in it
_VALUE, _BAR, _HIT, _QUOTE = 290, 170, 150, 90  # without addresses and texts; a quote beyond what a hit has
_REASONS, _REASON = 90, 90  # why a hit matched: once, and for each word
_PLACED = 13  # the tags of a place or agency
_TELLING = {"article": 12, "quote": 60}  # in the link of a hit that tells the search, beside its address
_MARKED = 3  # words in a passage that was shortened
_CUT = 10  # the line of a passage, and the signs that it begins or ends elsewhere
_LINK = 270  # to a passage in its article, without the address of the search


class Carried(Protocol):
    """What a layout carries."""

    @property
    def values(self) -> int: ...
    @property
    def bars(self) -> int: ...
    @property
    def passages(self) -> int: ...
    @property
    def telling(self) -> bool: ...
    @property
    def links(self) -> int: ...
    @property
    def form(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Weight:
    """Bytes of a hit: what is always told, its passages, and the headline of a quote's article; and how many marks."""

    bare: int
    passages: int
    marks: int
    headline: int = 0
    quote: bool = False

    def told(self, most: int) -> int:
        """With so many characters of passages."""
        marks = MARK * min(self.marks, _MARKED)
        if self.quote:
            headline = self.headline if most >= HEADLINE else 0
            return self.bare + headline + min(self.passages, max(most, 2 * SHORTEST) + marks)
        return self.bare + (min(self.passages, most + marks + _CUT) if most >= SHORTEST else 0)


def framed(state: SearchState, addresses: int) -> int:
    """What surrounds results and changes their search by links, so many beside those that take off its filters."""
    chosen, address = _chosen(state), len(escape(state.url()))
    filters = 2 * (_size(chosen) + _HIDDEN * len(chosen)) + len(chosen) * (_CHIP + address)
    return _FRAME + _WORDS * _size([state.q]) + addresses * address + filters


class Weights:
    """What the page of a search would weigh in each layout."""

    def __init__(self, state: SearchState, results: Results) -> None:
        self._state, self._results = state, results
        self._address = len(escape(state.url()))
        self._chosen = _chosen(state)
        self._explained = len(results.hits) <= MOST_EXPLAINED
        self._hits = [_weight(hit) for hit in results.hits]

    @property
    def links(self) -> int:
        """What surrounds the results and changes their search, as links."""
        return framed(self._state, _ADDRESSES) + self._values(0)

    def of(self, layout: Carried) -> int:
        """Bytes in this layout."""
        bars = min(layout.bars, len(self._results.histogram))
        chart = _FIGURE + bars * (_BAR + 2 * self._address) if bars else 0
        if layout.form:
            return self._form(layout.values) + self._found(layout)
        return framed(self._state, _ADDRESSES) + self._values(layout.values) + chart + self._found(layout)

    def _values(self, most: int) -> int:
        """The values of facets; those chosen are always shown."""
        shown = sum(
            len(counts[:most]) + sum(count.selected or count.excluded for count in counts[most:])
            for counts in self._results.facets.values()
        )
        return shown * (_VALUE + 2 * self._address)

    def _form(self, most: int) -> int:
        offered = [count.label for counts in self._results.facets.values() for count in counts[:most]]
        texts = 2 * _size([*self._chosen, *offered]) + _CHECKBOX * len([*self._chosen, *offered])
        return _FRAME + _FORM + _WORDS * _size([self._state.q]) + texts

    def _found(self, layout: Carried) -> int:
        each, link = _HIT, 0
        if self._state.q and self._explained:
            each += _REASONS + _REASON * min(len(set(self._state.q.split())), MOST_PARTS)
        if layout.telling:
            each += self._address + _TELLING[self._state.documents]
            link = (_LINK + self._address) * layout.links if self._explained else 0
        return sum(
            each + hit.told(layout.passages) + (link if hit.passages and not hit.quote else 0) for hit in self._hits
        )


def _weight(hit: Hit) -> _Weight:
    article, quote = hit.article, hit.quote
    dateline = article.dateline
    placed = [name for name in (dateline.place, not quote and dateline.agency) if name] if dateline else []
    where = _size(placed) + _PLACED * len(placed)
    if quote:
        told = [article.url, *[quote.speaker or ""] * 2, quote.role or "", quote.cue or ""]
        words, marked = _size([quote.text]) + MARK * len(hit.marks), len(hit.marks)
        return _Weight(_QUOTE + where + _size(told), words, marked, _size([article.headline]), quote=True)
    told = [article.headline, article.url, *(speaker.name for speaker in article.speakers[:3])]
    marked = sum(len(one.marks) for one in hit.snippets)
    passages = sum(_size([one.text]) + PASSAGE for one in hit.snippets) + MARK * marked
    return _Weight(where + _size(told) + MARK * len(hit.headline_marks), passages, marked)


def _chosen(state: SearchState) -> list[str]:
    return [value for side in (state.filters, state.excluded) for values in side.values() for value in values]


def _size(texts: Iterable[str]) -> int:
    return sum(len(escape(text).encode("utf-8", "replace")) for text in texts)
