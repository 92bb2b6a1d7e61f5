"""Columns derived from a Whoosh index: read from the segments that are new, taken over for those that are not.

Segments never change but by deletions, so what an earlier generation knows of a segment stays true. `verify` derives
everything afresh and compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader

from search.fields import FACETS, DocumentKind
from search.index.whoosh.arrays import Array
from search.index.whoosh.columns import Columns, Documents, Mask, day
from search.index.whoosh.postings import PostingsReader, inverted
from search.index.whoosh.schema import ARTICLE, fields_of, words_field


@dataclass(frozen=True)
class Base:
    """What an earlier generation knows: its columns of this kind of document, those of articles, its reader."""

    columns: Columns
    articles: Columns
    reader: PostingsReader


@dataclass(frozen=True)
class Piece:
    """The columns of one segment, its documents counted from 0. `facets`: name -> values, documents, value numbers."""

    live: Mask
    ids: Array
    days: npt.NDArray[np.int32]
    lengths: Mapping[str, npt.NDArray[np.int32]]
    facets: Mapping[str, tuple[tuple[str, ...], Documents, Documents]]
    articles: Documents | None


def derive(
    reader: PostingsReader, documents: DocumentKind, articles: Columns | None = None, base: Base | None = None
) -> Columns:
    """The columns of an index. `articles` are those of the article index, for quotes to point into."""
    known = {} if base is None else {_segment(leaf): at for leaf, at in base.reader.leaves()}
    pieces = [
        _taken(base, leaf, known[_segment(leaf)], articles)
        if base and _segment(leaf) in known
        else _read(leaf, documents, articles)
        for leaf, _ in reader.leaves()
    ]
    return _joined(pieces, documents, with_articles=articles is not None)


def _segment(leaf: IndexReader) -> str:
    return str(leaf.segment().segment_id())


def _live(leaf: IndexReader) -> Mask:
    live = np.ones(leaf.doc_count_all(), np.bool_)
    live[list(leaf.segment().deleted_docs())] = False
    return live


def _read(leaf: IndexReader, documents: DocumentKind, articles: Columns | None) -> Piece:
    live = _live(leaf)
    days = np.zeros(len(live), np.int32)
    for iso, found in inverted(leaf, "date"):
        days[found] = day(iso)
    names = [b""] * len(live)
    for value, found in inverted(leaf, "id"):
        for number in found:
            names[number] = value.encode()
    return Piece(
        live,
        _bytes(names),
        days,
        dict(_lengths(leaf, documents)),
        {name: _facet(leaf, name) for name in FACETS},
        None if articles is None else _articles(leaf, articles),
    )


def _lengths(leaf: IndexReader, documents: DocumentKind) -> Iterator[tuple[str, npt.NDArray[np.int32]]]:
    """Lengths as Whoosh keeps them: in one byte, so rounded for long fields."""
    count = leaf.doc_count_all()
    for name in fields_of(documents):
        if words := words_field(name):
            lengths = (leaf.doc_field_length(number, words) or 0 for number in range(count))
            yield words, np.fromiter(lengths, np.int32, count)


def _facet(leaf: IndexReader, name: str) -> tuple[tuple[str, ...], Documents, Documents]:
    found = list(inverted(leaf, name))
    sizes = [len(numbers) for _, numbers in found]
    numbers = np.repeat(np.arange(len(found), dtype=np.int32), sizes)
    return tuple(value for value, _ in found), _concatenated([part for _, part in found], np.int32), numbers


def _articles(leaf: IndexReader, articles: Columns) -> Documents:
    numbers = np.full(leaf.doc_count_all(), -1, np.int32)
    for article_id, found in inverted(leaf, ARTICLE):
        numbers[found] = -1 if (number := articles.number(article_id)) is None else number
    return numbers


def _taken(base: Base, leaf: IndexReader, start: int, articles: Columns | None) -> Piece:
    """A segment's columns from an earlier generation, in which it began at document `start`."""
    live, columns = _live(leaf), base.columns
    end = start + len(live)
    return Piece(
        live,
        columns.ids[start:end],
        columns.days[start:end],
        {name: array[start:end] for name, array in columns.all_lengths().items()},
        {name: _slice(columns, name, start, end) for name in FACETS},
        None if articles is None else _moved(columns.articles[start:end], base.articles, articles),
    )


def _slice(columns: Columns, name: str, start: int, end: int) -> tuple[tuple[str, ...], Documents, Documents]:
    facet = columns.facets[name]
    inside = (facet.documents >= start) & (facet.documents < end)
    return facet.values, facet.documents[inside] - np.int32(start), facet.ordinals[inside]


def _moved(numbers: Documents, before: Columns, after: Columns) -> Documents:
    """The same articles, by their numbers in a later generation."""
    known = numbers >= 0
    moved = np.full(len(numbers), -1, np.int32)
    moved[known] = after.numbers(before.ids[numbers[known]])
    return moved


def _joined(pieces: list[Piece], documents: DocumentKind, *, with_articles: bool) -> Columns:
    live = _concatenated([piece.live for piece in pieces], np.bool_)
    days = _concatenated([piece.days for piece in pieces], np.int32)
    arrays: dict[str, Array] = {"live": live, "days": days, **_identities(pieces, live)}
    for name in fields_of(documents):
        if words := words_field(name):
            lengths = _concatenated([piece.lengths[words] for piece in pieces], np.int32)
            present = lengths[live & (lengths > 0)]
            arrays[f"{words}.lengths"] = lengths
            arrays[f"{words}.mean"] = np.array([present.mean() if len(present) else 1.0], np.float64)
    if with_articles:
        articles = _concatenated([piece.articles for piece in pieces if piece.articles is not None], np.int32)
        arrays["articles"] = np.where(live, articles, -1).astype(np.int32)
    values: dict[str, tuple[str, ...]] = {}
    for name in FACETS:
        values[name], arrays[f"{name}.documents"], arrays[f"{name}.ordinals"] = _joined_facet(pieces, name, live)
    return Columns(arrays, values)


def _identities(pieces: list[Piece], live: Mask) -> dict[str, Array]:
    """The ids by document, and the live documents in the order of their ids, with these."""
    ids = np.concatenate([piece.ids for piece in pieces]) if pieces else _bytes([])
    order = np.argsort(ids, kind="stable").astype(np.int32)
    order = order[live[order]]
    return {"ids": ids, "order": order, "names": ids[order]}


def _joined_facet(pieces: list[Piece], name: str, live: Mask) -> tuple[tuple[str, ...], Documents, Documents]:
    """All values that live documents have, in order; documents and values' numbers, by value and document."""
    start, found = 0, []
    for piece in pieces:
        values, documents, numbers = piece.facets[name]
        kept = piece.live[documents]
        found.append((values, documents[kept] + np.int32(start), numbers[kept]))
        start += len(piece.live)
    used = {values[number] for values, _, numbers in found for number in np.unique(numbers)}
    ordered = tuple(sorted(used))
    place = {value: number for number, value in enumerate(ordered)}
    documents = _concatenated([documents for _, documents, _ in found], np.int32)
    ordinals = _concatenated(
        [
            np.array([place.get(value, -1) for value in values], np.int32)[numbers]
            for values, _, numbers in found
            if values
        ],
        np.int32,
    )
    by_value = np.lexsort((documents, ordinals))
    return ordered, documents[by_value], ordinals[by_value]


def _bytes(names: list[bytes]) -> Array:
    return np.array(names, dtype=f"S{max([1, *map(len, names)])}")


def _concatenated(parts: list[Array], dtype: npt.DTypeLike) -> Array:
    return np.concatenate([np.empty(0, dtype), *parts]).astype(dtype, copy=False)
