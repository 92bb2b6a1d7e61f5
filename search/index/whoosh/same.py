"""Facet values that mean the same: each group is counted, chosen and excluded as one, under one of its values.

Names that the archive shows to be one speaker's (`names.py`), and names of any kind that differ in case, accents or
punctuation alone: St. Louis, St Louis. Found when they are first asked for, from what segments know of their values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from search.articles.identity import folded
from search.articles.variants import shown
from search.fields import FIELDS
from search.index.whoosh.columnar.segment import Segment
from search.query.results import Question

Group = tuple[str, ...]  # the value that is shown for all comes first


class Same:
    """The groups of one generation, by facet.

    `variants` are the groups of speakers' names; `articles` and `quotes` are the segments whose values are compared.
    """

    def __init__(
        self, variants: Mapping[str, str], articles: Sequence[Segment] = (), quotes: Sequence[Segment] = ()
    ) -> None:
        self._variants = variants
        self._articles, self._quotes = articles, quotes
        self._groups: dict[str, dict[str, Group]] = {}

    def grouped(self, facet: str) -> Mapping[str, Group]:
        """The values of which several mean the same, each with its group."""
        if facet not in self._groups:
            found = self._found(facet) if FIELDS[facet].kind == "name" else ()
            self._groups[facet] = {value: group for group in found for value in group}
        return self._groups[facet]

    def shown(self, facet: str, value: str) -> str:
        """The value under which this one is counted."""
        return self.group(facet, value)[0]

    def group(self, facet: str, value: str) -> Group:
        """All values that mean the same as this one, itself among them."""
        return self.grouped(facet).get(value, (value,))

    def widened(self, question: Question) -> Question:
        """The question with every value that means the same as one it chooses or excludes."""
        if not (question.filters or question.excluded):
            return question
        return replace(question, filters=self._all(question.filters), excluded=self._all(question.excluded))

    def _all(self, chosen: Mapping[str, Sequence[str]]) -> dict[str, Group]:
        return {
            facet: tuple(dict.fromkeys(same for value in values for same in self.group(facet, value)))
            for facet, values in chosen.items()
        }

    def _found(self, facet: str) -> Iterator[Group]:
        variants: defaultdict[str, list[str]] = defaultdict(list)
        for value, first in self._variants.items() if facet == "speaker" else ():
            variants[first].append(value)
        segments = self._quotes if facet == "speaker" else self._articles
        for values in _joined([*variants.values(), *_written_alike(facet, self._articles)]):
            first = shown(values, lambda value: sum(one.count(facet, value) for one in segments))
            yield first, *sorted(values - {first})


def _written_alike(facet: str, segments: Sequence[Segment]) -> Iterator[list[str]]:
    """The values that differ in case, accents or punctuation alone."""
    folds = [segment.folds[slice(*segment.facet_range(facet))] for segment in segments]
    kinds, times = np.unique(np.concatenate([np.empty(0, np.int64), *folds]), return_counts=True)
    several = kinds[(times > 1) & (kinds != 0)]
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for segment, own in zip(segments, folds, strict=True):
        start, _ = segment.facet_range(facet)
        for place in np.flatnonzero(np.isin(own, several)).tolist():
            value = segment.values[start + place].decode("utf-8", "surrogatepass")
            alike[folded(value)].add(value)
    spellings = (found for found in alike.values() if len(found) > 1)
    held = ([one for one in found if any(s.count(facet, one) for s in segments)] for found in spellings)
    return (found for found in held if len(found) > 1)


def _joined(groups: Iterable[Iterable[str]]) -> Iterator[set[str]]:
    """The groups, those that share a value as one."""
    of: dict[str, set[str]] = {}
    for group in groups:
        whole = set(group).union(*(of[value] for value in group if value in of))
        of |= dict.fromkeys(whole, whole)
    return iter({id(group): group for group in of.values()}.values())


NOTHING = Same({})
