"""How many bytes a page of results is likely to have, told before it is made: hits are read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from markupsafe import escape

from search.query.results import Hit, Results
from search.query.state import SearchState
from search.web.reasons import MOST_EXPLAINED

HEADLINE = 100  # characters of a quote: fewer leave its article's headline away too
SHORTEST = 40  # a passage of fewer characters tells nothing
PASSAGE, MARK = 44, 13  # the tags of a passage and of a marked word

_FRAME = 8_300  # what surrounds results, without addresses
_ADDRESSES = 34  # in the frame
_VALUE, _BAR, _HIT, _QUOTE = 275, 215, 215, 60  # without addresses and texts; a quote beyond what a hit has
_REASONS, _REASON = 90, 90  # why a hit matched: once, and for each word
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


@dataclass(frozen=True, slots=True)
class _Weight:
    """Bytes of a hit: what is always told, its passages, and the headline of a quote's article."""

    bare: int
    passages: int
    headline: int = 0
    quote: bool = False

    def told(self, most: int) -> int:
        """With so many characters of passages."""
        if self.quote:
            return self.bare + min(self.passages, max(most, 2 * SHORTEST)) + (self.headline if most >= HEADLINE else 0)
        return self.bare + min(self.passages, most)


class Weights:
    """What the page of a search would weigh in each layout."""

    def __init__(self, state: SearchState, results: Results) -> None:
        explained = len(results.hits) <= MOST_EXPLAINED
        self._results = results
        self._address = len(escape(state.url()))
        self._linked = explained
        self._reasons = _REASONS + _REASON * len(set(state.q.split())) if state.q and explained else 0
        self._hits = [_weight(hit) for hit in results.hits]

    def of(self, layout: Carried) -> int:
        """Bytes in this layout."""
        address, results = self._address, self._results
        values = sum(len(tuple(islice(counts, layout.values))) for counts in results.facets.values())
        bars = min(layout.bars, len(results.histogram))
        each = _HIT + self._reasons + (address if layout.telling else 0)
        link = (_LINK + address) * layout.links if layout.telling and self._linked else 0
        hits = sum(
            each + hit.told(layout.passages) + (link if hit.passages and not hit.quote else 0) for hit in self._hits
        )
        return _FRAME + _ADDRESSES * address + values * (_VALUE + 2 * address) + bars * (_BAR + 2 * address) + hits


def _weight(hit: Hit) -> _Weight:
    article, quote = hit.article, hit.quote
    if quote:
        told = [article.url, *[quote.speaker or ""] * 2, quote.role or "", quote.cue or ""]
        return _Weight(
            _QUOTE + _size(told), _size([quote.text]) + MARK * len(hit.marks), _size([article.headline]), quote=True
        )
    told = [article.headline, article.url, *(speaker.name for speaker in article.speakers[:3])]
    passages = sum(_size([one.text]) + PASSAGE + MARK * len(one.marks) for one in hit.snippets)
    return _Weight(_size(told) + MARK * len(hit.headline_marks), passages)


def _size(texts: Iterable[str]) -> int:
    return sum(len(escape(text).encode("utf-8", "replace")) for text in texts)
