"""What facets, filters, dates, scores and look-ups need of every document, as arrays by document number.

Derived from the Whoosh index at each commit, kept beside it in one mapped file, and compared with it by `verify`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.fields import FACETS, DocumentKind
from search.index.whoosh.arrays import Array
from search.index.whoosh.postings import PostingsReader
from search.index.whoosh.schema import ARTICLE, fields_of, words_field

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

    def mean_length(self, field: str) -> float:
        """The mean length of this field over live documents that have it."""
        return float(self.arrays[f"{field}.mean"][0])

    def number(self, document_id: str) -> int | None:
        """The number of the live document of that id, or None."""
        names = self.arrays["names"]
        wanted = np.bytes_(document_id.encode("utf-8", "replace"))
        at = int(np.searchsorted(names, wanted))
        return int(self.arrays["order"][at]) if at < len(names) and names[at] == wanted else None


def day(iso: str) -> int:
    """The ordinal of an ISO day. Raises ValueError on anything else."""
    return datetime.date.fromisoformat(iso).toordinal()


def month_name(months: int) -> str:
    """The ISO name of a month counted from January of year 1."""
    return f"{months // 12 + 1:04}-{months % 12 + 1:02}"


def derive(reader: PostingsReader, documents: DocumentKind, articles: Columns | None) -> Columns:
    """The columns of an index. `articles` are those of the article index, for quotes to point into."""
    size = reader.reader.doc_count_all()
    live = _live(reader, size)
    arrays: dict[str, Array] = {"live": live, "days": np.zeros(size, np.int32)}
    values: dict[str, tuple[str, ...]] = {}
    for iso, found in reader.inverted("date"):
        arrays["days"][found] = day(iso)
    arrays.update(_identities(reader, live))
    for name in FACETS:
        values[name], arrays[f"{name}.documents"], arrays[f"{name}.ordinals"] = _facet(reader, name, live)
    for name in fields_of(documents):
        if words := words_field(name):
            arrays.update(_lengths(reader, words, live))
    if articles is not None:
        arrays["articles"] = np.full(size, -1, np.int32)
        for article_id, found in reader.inverted(ARTICLE):
            arrays["articles"][found] = -1 if (number := articles.number(article_id)) is None else number
    return Columns(arrays, values)


def _live(reader: PostingsReader, size: int) -> Mask:
    live = np.ones(size, np.bool_)
    for leaf, base in reader.leaves():
        if leaf.has_deletions():
            live[[base + number for number in leaf.segment().deleted_docs()]] = False
    return live


def _identities(reader: PostingsReader, live: Mask) -> dict[str, Array]:
    """The ids by document, and the live documents in the order of their ids, with these."""
    found = [b""] * len(live)
    for value, numbers in reader.inverted("id"):
        for number in numbers:
            found[number] = value.encode()
    ids = np.array(found, dtype=f"S{max([1, *map(len, found)])}")
    order = np.argsort(ids, kind="stable").astype(np.int32)
    order = order[live[order]]
    return {"ids": ids, "order": order, "names": ids[order]}


def _facet(reader: PostingsReader, name: str, live: Mask) -> tuple[tuple[str, ...], Documents, Documents]:
    values: list[str] = []
    documents, ordinals = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for value, found in reader.inverted(name):
        if len(kept := found[live[found]]):
            documents.append(kept)
            ordinals.append(np.full(len(kept), len(values), np.int32))
            values.append(value)
    return tuple(values), np.concatenate(documents), np.concatenate(ordinals)


def _lengths(reader: PostingsReader, field: str, live: Mask) -> dict[str, Array]:
    """Lengths as Whoosh keeps them: in one byte, so rounded for long fields."""
    lengths = np.zeros(len(live), np.int32)
    for leaf, base in reader.leaves():
        count = leaf.doc_count_all()
        lengths[base : base + count] = [leaf.doc_field_length(number, field) or 0 for number in range(count)]
    present = lengths[live & (lengths > 0)]
    mean = float(present.mean()) if len(present) else 1.0
    return {f"{field}.lengths": lengths, f"{field}.mean": np.array([mean], np.float64)}


def _ranks(primary: Array, order: Array) -> npt.NDArray[np.int64]:
    ranks = np.full(len(primary), len(primary), np.int64)
    ranks[order[np.argsort(primary[order], kind="stable")]] = np.arange(len(order))
    return ranks
