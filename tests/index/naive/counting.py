"""Facets and months, counted one document after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from search.index.documents import Label
from search.query.results import FacetCount, MonthCount, Question
from tests.index.naive.archive import Found, Groups
from tests.index.naive.matching import has_any


@dataclass(frozen=True)
class Counting:
    """Counts for one question: as it was `asked`, and `widened` to all names that mean the same as those it chose."""

    asked: Question
    widened: Question
    groups: Mapping[str, Groups]
    label: Label

    def counted(self, name: str, matching: list[Found]) -> tuple[FacetCount, ...]:
        """All values of one facet, over the documents that pass every filter but this facet's own."""
        others = {other: values for other, values in self.widened.filters.items() if other != name and values}
        passing = [found for found in matching if all(has_any(found[0], n, v) for n, v in others.items())]
        groups = self.groups.get(name, {})
        counts = Counter(
            first for found in passing for first in {groups.get(value, (value,))[0] for value in found[0][name]}
        )
        chosen, excluded = self.asked.filters.get(name, ()), self.asked.excluded.get(name, ())
        for value in (*chosen, *excluded):
            first = groups.get(value, (value,))[0]
            counts[value] = counts.get(first, counts.get(value, 0))
        for value in (*chosen, *excluded):
            first = groups.get(value, (value,))[0]
            if first not in (*chosen, *excluded):
                counts.pop(first, None)
        return tuple(
            self._count(value, count, groups.get(value, (value,)), value in chosen, value in excluded)
            for value, count in sorted(counts.items(), key=lambda item: (-item[1], groups.get(item[0], (item[0],))[0]))
        )

    def _count(self, value: str, count: int, group: tuple[str, ...], selected: bool, excluded: bool) -> FacetCount:
        label = group[0] if len(group) > 1 else self.label(value) or value
        others = tuple(sorted(other for other in group if other != value))
        return FacetCount(value, label, count, selected, excluded, others)


def listed(counted: tuple[FacetCount, ...], limit: int) -> tuple[FacetCount, ...]:
    """The most frequent values, and those chosen wherever they are."""
    return tuple(c for n, c in enumerate(counted) if (n < limit and c.count) or c.selected or c.excluded)


def size(counted: tuple[FacetCount, ...]) -> int:
    """How many values there are; names of one speaker that were chosen are listed each, and counted once."""
    return len({frozenset((count.value, *count.others)) for count in counted if count.count})


def histogram(found: list[Found]) -> tuple[MonthCount, ...]:
    counts: Mapping[str, int] = Counter(document["date"][0][:7] for document, _, _ in found if document["date"])
    return tuple(MonthCount(month, count) for month, count in sorted(counts.items()))
