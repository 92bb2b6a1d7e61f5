"""Facet values that mean the same: each group is counted, chosen and excluded as one, under one of its values.

Names that the archive shows to be one speaker's (`names.py`), and names of any kind that differ in case, accents or
punctuation alone: St. Louis, St Louis. Found when they are first asked for, from what segments know of their values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from search.articles.identity import folded
from search.articles.variants import shown
from search.fields import FIELDS
from search.index.whoosh.columnar.bits import changes
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.query.results import Question

Group = tuple[str, ...]  # the value that is shown for all comes first


class Same:
    """The groups of one generation, by facet.

    `variants` are the groups of speakers' names: each name, and the one that is shown. `segments` are those of
    articles, whose values are compared.
    """

    def __init__(self, variants: Mapping[str, str], segments: Sequence[Segment] = ()) -> None:
        self._variants = variants
        self._segments = segments
        self._groups: dict[str, Mapping[str, Group]] = {}
        self._spelt: dict[str, Sequence[Group]] = {}

    def grouped(self, facet: str) -> Mapping[str, Group]:
        """The values of which several mean the same, each with its group."""
        if facet not in self._groups:
            known = self._variants if facet == "speaker" else {}
            groups = {value: group for group in _by_shown(known) for value in group}
            groups |= {value: group for group in self.spelt(facet) for value in group}
            self._groups[facet] = groups
        return self._groups[facet]

    def spelt(self, facet: str) -> Sequence[Group]:
        """The groups that hold several spellings of a name: a document may have two of them."""
        if facet not in self._spelt:
            self._spelt[facet] = tuple(self._joined(facet)) if FIELDS[facet].kind == "name" else ()
        return self._spelt[facet]

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

    def _joined(self, facet: str) -> Iterator[Group]:
        """Spellings of a name, and with them the names that go with any of them; the most frequent spelling first."""
        counts = _written_alike(facet, self._segments)
        spellings = [group for group in _by_fold(counts) if len(group) > 1]
        names = _by_shown(self._variants) if facet == "speaker" and spellings else []
        spelt = set(chain(*spellings))
        touched = [group for group in names if not spelt.isdisjoint(group)]
        counts |= {value: self._count(facet, value) for value in chain(*touched)}
        for values in _joined([*touched, *spellings]):
            first = shown(values, counts.__getitem__)
            yield first, *sorted(values - {first})

    def _count(self, facet: str, value: str) -> int:
        return sum(segment.count(facet, value) for segment in self._segments)


def _by_shown(variants: Mapping[str, str]) -> list[Group]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for value, first in variants.items():
        groups[first].append(value)
    return [(first, *sorted(value for value in group if value != first)) for first, group in groups.items()]


def _written_alike(facet: str, segments: Sequence[Segment]) -> dict[str, int]:
    """The values that differ from another in case, accents or punctuation alone, with how many articles have each."""
    hashes = [segment.value_hashes[slice(*segment.facet_range(facet))] for segment in segments]
    several = _of_several(np.concatenate([np.empty((0, 2), np.int64), *hashes]))
    counts: Counter[str] = Counter()
    for segment, own in zip(segments, hashes, strict=True):
        start, _ = segment.facet_range(facet)
        for place in _among(several, own[:, 0]):
            value = segment.values[start + place].decode("utf-8", "surrogatepass")
            counts[value] += segment.live_count(start + place)
    return dict(+counts)


def _by_fold(values: Iterable[str]) -> Iterable[list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for value in values:
        groups[folded(value)].append(value)
    return groups.values()


def _of_several(hashes: Array) -> Array:
    """The hashes, ascending, of what several values are without case, accents and punctuation."""
    hashes = hashes[np.lexsort(hashes.T[::-1])]
    first: Array = hashes[changes(hashes[:, 0]) | changes(hashes[:, 1])][:, 0]
    several: Array = first[~changes(first) & (first != 0)]
    return several


def _among(several: Array, hashes: Array) -> list[int]:
    """The places of the hashes that are among the ascending ones."""
    at = np.searchsorted(several, hashes)
    beyond = at == len(several)
    at[beyond] = 0
    places: list[int] = np.flatnonzero(~beyond & (several[at] == hashes)).tolist() if len(several) else []
    return places


def _joined(groups: Iterable[Iterable[str]]) -> Iterator[set[str]]:
    """The groups, those that share a value as one."""
    of: dict[str, set[str]] = {}
    for group in groups:
        whole = set(group).union(*(of[value] for value in group if value in of))
        of |= dict.fromkeys(whole, whole)
    return iter({id(group): group for group in of.values()}.values())


NOTHING = Same({})
