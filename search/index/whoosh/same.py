"""Facet values that mean the same: each group is counted, chosen and excluded as one, under one of its values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.query.results import Question


class Same:
    """The groups of one generation, by facet: value -> the value shown for its group."""

    def __init__(self, shown: Mapping[str, Mapping[str, str]]) -> None:
        self._shown = shown
        self._groups: dict[str, dict[str, tuple[str, ...]]] = {}
        for facet, values in shown.items():
            groups: defaultdict[str, list[str]] = defaultdict(list)
            for value in sorted(values):
                groups[values[value]].append(value)
            self._groups[facet] = {name: tuple(group) for name, group in groups.items()}

    def grouped(self, facet: str) -> Mapping[str, str]:
        """The values of which several mean the same, and for each the one that is shown."""
        return self._shown.get(facet, {})

    def shown(self, facet: str, value: str) -> str:
        """The value under which this one is counted."""
        return self._shown.get(facet, {}).get(value, value)

    def group(self, facet: str, value: str) -> tuple[str, ...]:
        """All values that mean the same as this one, itself among them."""
        return self._groups.get(facet, {}).get(self.shown(facet, value), (value,))

    def moved(self, facet: str) -> Mapping[str, str]:
        """The values that are counted under another."""
        return {value: shown for value, shown in self._shown.get(facet, {}).items() if value != shown}

    def widened(self, question: Question) -> Question:
        """The question with every value that means the same as one it chooses or excludes."""
        if not (question.filters or question.excluded):
            return question
        return replace(question, filters=self._all(question.filters), excluded=self._all(question.excluded))

    def _all(self, chosen: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        return {
            facet: tuple(dict.fromkeys(same for value in values for same in self.group(facet, value)))
            for facet, values in chosen.items()
        }


NOTHING = Same({})
