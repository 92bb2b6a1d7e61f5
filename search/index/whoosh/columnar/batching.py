"""Documents on their way into segments: collected up to a bound of memory, then inverted by a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from search.fields import DocumentKind
from search.index.documents import Document, Label
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.inverting import Inverter
from search.index.whoosh.columnar.workers import Workers

_BYTES_INVERTED = 8  # memory that inverting takes for each byte of a stored article, about
_AT_ONCE = 1 << 20  # bytes of stored articles that are not worth a process
_FIRST = 8 << 20  # bytes of the first batch: each is twice the one before, so that all processes soon have work


class Entry(NamedTuple):
    """A document, what is stored for it, and the article that owns it where that is another document."""

    documents: DocumentKind
    document: Document
    stored: bytes
    owner: str = ""


@dataclass
class Batch:
    """A segment's files by kind of document, and the articles that were taken back since."""

    paths: dict[DocumentKind, Path]
    taken_back: set[str] = field(default_factory=set)


class Batches:
    """`name` gives a new segment file; `memory` bounds, in bytes, what all processes of a build hold."""

    def __init__(self, name: Callable[[DocumentKind], Path], label: Label, memory: int) -> None:
        self._name = name
        self._label = label
        self._workers = Workers()
        self._most = memory // (_BYTES_INVERTED * 3)
        self._now = min(_FIRST, self._most)
        self._pending: dict[str, list[Entry]] = {}
        self._size = 0
        self._written: list[Batch] = []
        self._batch_of: dict[str, int] = {}

    def add(self, article: str, entries: Sequence[Entry]) -> None:
        """Add an article's documents."""
        self._pending[article] = list(entries)
        self._size += sum(len(entry.stored) for entry in entries) + 500
        if self._size > self._now:
            self._flush(self._workers.start)
            self._now = min(2 * self._now, self._most)

    def take_back(self, article: str) -> None:
        """Take an article back, if it was added."""
        if self._pending.pop(article, None) is None and (number := self._batch_of.pop(article, None)) is not None:
            self._written[number].taken_back.add(article)

    def finish(self) -> list[Batch]:
        """Write what is left; returns all batches."""
        if self._pending:
            self._flush(_at_once if self._size < _AT_ONCE else self._workers.start)
        self._workers.finish()
        return self._written

    def abandon(self) -> None:
        """Let go of everything."""
        self._workers.abandon()

    def _flush(self, run: Callable[[Callable[[], None]], None]) -> None:
        entries = [entry for listed in self._pending.values() for entry in listed]
        kinds: list[DocumentKind] = sorted({entry.documents for entry in entries})
        batch = Batch({kind: self._name(kind) for kind in kinds})
        run(lambda: _write(batch, entries, self._label))
        self._batch_of.update(dict.fromkeys(self._pending, len(self._written)))
        self._written.append(batch)
        self._pending.clear()
        self._size = 0


def _at_once(work: Callable[[], None]) -> None:
    work()


def _write(batch: Batch, entries: list[Entry], label: Label) -> None:
    for kind, path in batch.paths.items():
        inverter = Inverter(kind, label)
        for entry in entries:
            if entry.documents == kind:
                inverter.add(entry.document, entry.stored, entry.owner)
        segmentfile.write(path, inverter.arrays(), {"documents": kind})
