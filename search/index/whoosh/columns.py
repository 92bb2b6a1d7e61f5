"""What facets, filters, dates, scores and look-ups need of every document, as arrays by document number.

Derived from the Whoosh index at each commit (`deriving.py`), kept beside it in one mapped file, and compared with it by
`verify`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.fields import FACETS
from search.index.whoosh.arrays import Array

Documents = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

UNDATED = 0
_EPOCH = np.datetime64("0001-01-01") - 1  # the day before day 1 of `date.toordinal`


@dataclass(frozen=True)
class Facet:
    """One entry for each value of each live document: the document and the value's number."""

    values: tuple[str, ...]
    documents: Documents
    ordinals: npt.NDArray[np.int32]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Value -> its number."""
        return {value: number for number, value in enumerate(self.values)}

    def counts(self, mask: Mask) -> npt.NDArray[np.int64]:
        """How many of the documents in `mask` have each value."""
        return np.bincount(self.ordinals[mask[self.documents]], minlength=len(self.values))

    def holding(self, values: tuple[str, ...], size: int) -> Mask:
        """The documents, of `size`, that have any of the values."""
        wanted = np.zeros(len(self.values) + 1, np.bool_)
        wanted[[self.numbers.get(value, -1) for value in values]] = True
        wanted[-1] = False
        mask = np.zeros(size, np.bool_)
        mask[self.documents[wanted[self.ordinals]]] = True
        return mask


@dataclass(frozen=True)
class Columns:
    """All columns of one kind of document; `size` counts deleted documents too."""

    arrays: Mapping[str, Array]
    values: Mapping[str, tuple[str, ...]]

    @property
    def size(self) -> int:
        return len(self.live)

    @property
    def live(self) -> Mask:
        """False for documents that were deleted."""
        return self.arrays["live"]

    @property
    def ids(self) -> Array:
        """The id of each document, as bytes."""
        return self.arrays["ids"]

    @property
    def days(self) -> npt.NDArray[np.int32]:
        """The proleptic Gregorian ordinal of each document's day; 0 for undated ones."""
        return self.arrays["days"]

    @property
    def articles(self) -> Documents:
        """For quotes: the number of the article each stands in."""
        return self.arrays["articles"]

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """The facets by name."""
        return {
            name: Facet(self.values[name], self.arrays[f"{name}.documents"], self.arrays[f"{name}.ordinals"])
            for name in FACETS
        }

    @cached_property
    def newest(self) -> npt.NDArray[np.int64]:
        """The rank of each document when the newest come first: undated ones last, ties by id."""
        return _ranks(np.where(self.days == UNDATED, 1 << 30, -self.days), self.arrays["order"])

    @cached_property
    def oldest(self) -> npt.NDArray[np.int64]:
        """The rank of each document when the oldest come first: undated ones last, ties by id."""
        return _ranks(np.where(self.days == UNDATED, 1 << 30, self.days), self.arrays["order"])

    @cached_property
    def months(self) -> npt.NDArray[np.int64]:
        """Months since January of year 1, by document; -1 for undated ones."""
        dates = (_EPOCH + self.days.astype("timedelta64[D]")).astype("datetime64[M]")
        return np.where(self.days == UNDATED, -1, (dates - np.datetime64("0001-01")).astype(np.int64))

    def lengths(self, field: str) -> Array | None:
        """How many words each document has in this field; None for a field without words."""
        return self.arrays.get(f"{field}.lengths")

    def all_lengths(self) -> dict[str, Array]:
        """The lengths of every field that has words, by its name."""
        return {
            name.removesuffix(".lengths"): array for name, array in self.arrays.items() if name.endswith(".lengths")
        }

    def mean_length(self, field: str) -> float:
        """The mean length of this field over live documents that have it."""
        return float(self.arrays[f"{field}.mean"][0])

    def number(self, document_id: str) -> int | None:
        """The number of the live document of that id, or None."""
        if "\0" in document_id:  # numpy drops those at the end
            return None
        found = int(self.numbers(np.array([document_id.encode("utf-8", "replace")]))[0])
        return None if found < 0 else found

    def numbers(self, ids: Array) -> Documents:
        """The numbers of the live documents of these ids; -1 where there is none."""
        names, order = self.arrays["names"], self.arrays["order"]
        if not len(names):
            return np.full(len(ids), -1, np.int32)
        at = np.minimum(np.searchsorted(names, ids), len(names) - 1)
        return np.where(names[at] == ids, order[at], -1).astype(np.int32)


def day(iso: str) -> int:
    """The ordinal of an ISO day. Raises ValueError on anything else."""
    return datetime.date.fromisoformat(iso).toordinal()


def month_name(months: int) -> str:
    """The ISO name of a month counted from January of year 1."""
    return f"{months // 12 + 1:04}-{months % 12 + 1:02}"


def _ranks(primary: Array, order: Array) -> npt.NDArray[np.int64]:
    ranks = np.full(len(primary), len(primary), np.int64)
    ranks[order[np.argsort(primary[order], kind="stable")]] = np.arange(len(order))
    return ranks
