"""Facets as panels of links that act like checkboxes, and the chosen filters as chips that can be taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from search.fields import FACETS
from search.query.results import FacetCount, Results
from search.query.state import SearchState, Values
from search.web.dates import in_words
from search.web.wording import FACET_NAMES

_SHOWN = 6  # values that a panel shows before it is unfolded

Label = Callable[[str], str | None]
Address = Callable[[SearchState], str]
Link = Callable[[str], str]  # of a value


@dataclass(frozen=True, slots=True)
class Choice:
    """One value. `share` is its count in percent of the panel's largest; `url` adds it or takes it off again."""

    value: str
    label: str
    count: int
    share: float
    url: str
    exclude_url: str
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet: the values shown at once, those behind "more", how many there are in all and where all are listed."""

    facet: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    size: int
    whole_url: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter; `url` is the search without it. `parameter` and `value` are empty for dates."""

    name: str
    label: str
    url: str
    excluded: bool = False
    parameter: str = ""
    value: str = ""


def panels(state: SearchState, results: Results, most: int | None = None) -> list[Panel]:
    """A panel for each facet that has a value to offer, in the field table's order; `most` values and those chosen."""
    offered = ((facet, _most(results.facets.get(facet, ()), most)) for facet in FACETS)
    return [_panel(state, facet, counts, results.facet_sizes.get(facet, 0)) for facet, counts in offered if counts]


def chips(state: SearchState, results: Results, label: Label) -> list[Chip]:
    """The chosen values, those excluded, and the dates."""
    chosen = {facet for side in (state.filters, state.excluded) for facet in side}
    labels = {(facet, c.value): c.label for facet in chosen for c in results.facets.get(facet, ())}

    def worded(facet: str, value: str) -> str:
        return labels.get((facet, value)) or (label(value) if facet in ("topic", "sector") else None) or value

    return [
        *(_chip(state, facet, value, worded(facet, value), False) for facet, value in _pairs(state.filters)),
        *(_chip(state, facet, value, worded(facet, value), True) for facet, value in _pairs(state.excluded)),
        *_date_chips(state),
    ]


def facet_url(state: SearchState, facet: str, suffix: str = "") -> str:
    """The address of the page of all values of a facet; `suffix` (".json") picks another format."""
    return state.with_page(1).url(f"/facets/{facet}{suffix}")


class Choices:
    """Makes the choices of one facet; `address` of a changed search is where they lead."""

    def __init__(self, state: SearchState, facet: str, address: Address = SearchState.url) -> None:
        self._without: Link = lambda value: address(state.without_value(facet, value))
        self._excluding: Link = lambda value: address(state.excluding(facet, value))
        self._also = _with_room(lambda value: address(state.with_value(facet, value)))
        self._not = _with_room(self._excluding)

    def of(self, count: FacetCount, largest: int) -> Choice:
        """A value with the addresses that choose it and leave it out."""
        value = count.value
        if count.excluded:
            url = exclude_url = self._without(value)
        elif count.selected:
            url, exclude_url = self._without(value), self._excluding(value)
        else:
            url, exclude_url = self._also(value), self._not(value)
        share = round(100 * count.count / largest, 1)
        return Choice(value, count.label, count.count, share, url, exclude_url, count.selected, count.excluded)


def _with_room(address: Link) -> Link:
    """The same address, written once with room for a value: a page has hundreds of values."""
    room = "x" * (len(address("")) + 1)  # so that it stands nowhere else
    before, found, after = address(room).partition(room)
    return lambda value: f"{before}{quote_plus(value, errors='replace')}{after}" if found else ""


def _most(counts: Sequence[FacetCount], most: int | None) -> Sequence[FacetCount]:
    chosen = (count for count in counts[most:] if count.selected or count.excluded) if most is not None else ()
    return (*counts[:most], *chosen)


def _panel(state: SearchState, facet: str, counts: Sequence[FacetCount], size: int) -> Panel:
    largest = max(1, *(count.count for count in counts))
    making = Choices(state, facet)
    choices = [making.of(count, largest) for count in counts]
    first = len(counts) if len(counts) <= _SHOWN + 2 else _SHOWN  # two more are not worth folding
    chosen = tuple(one for one in choices[first:] if one.selected or one.excluded)
    more = tuple(one for one in choices[first:] if not (one.selected or one.excluded))
    return Panel(facet, (*choices[:first], *chosen), more, max(size, len(counts)), facet_url(state, facet))


def _pairs(values: Values) -> Iterator[tuple[str, str]]:
    return ((facet, value) for facet in FACETS for value in values.get(facet, ()))


def _chip(state: SearchState, facet: str, value: str, label: str, excluded: bool) -> Chip:
    parameter = f"not_{facet}" if excluded else facet
    return Chip(FACET_NAMES[facet][0], label, state.without_value(facet, value).url(), excluded, parameter, value)


def _date_chips(state: SearchState) -> Iterator[Chip]:
    if state.date_from and state.date_from == state.date_to:
        yield Chip("Date", in_words(state.date_from), state.with_dates(None, None).url())
        return
    if state.date_from:
        yield Chip("From", in_words(state.date_from), state.with_dates(None, state.date_to).url())
    if state.date_to:
        yield Chip("To", in_words(state.date_to), state.with_dates(state.date_from, None).url())
