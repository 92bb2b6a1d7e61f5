"""Documents on their way into segments: sent to processes that invert them, in batches of bounded size.

Few documents are not worth a process and are inverted in this one. A batch knows which of its documents were taken
back after they had been sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from search.fields import DocumentKind
from search.index.whoosh.columnar.columns import Columns, Entry, columns_of
from search.index.whoosh.columnar.inverters import Inverters, Inverting
from search.index.whoosh.columnar.workers import cores

_AT_ONCE = 1 << 20  # bytes of stored articles that are not worth a process
_MESSAGE = 1 << 18  # bytes of stored articles that are sent together
_TAKEN = 1.0  # memory that inverting takes for each byte of a stored article
_BESIDE = 3 << 26  # and beside that, whatever the size
_LARGEST = 1 << 31  # bytes: the places of their words are numbers of 32 bits


@dataclass
class Batch:
    """A segment's files and sizes by kind of document.

    Of an article that was taken back, as many of the first documents of each kind as are told may be: later ones stay.
    """

    paths: dict[DocumentKind, Path] = field(default_factory=dict)
    sizes: dict[DocumentKind, int] = field(default_factory=dict)
    taken_back: dict[str, dict[DocumentKind, int]] = field(default_factory=dict)
    stored: int = 0


class Batches:
    """`name` gives a new segment file in the folder; `labels` names codes; `memory` bounds what all processes hold."""

    def __init__(
        self, folder: Path, name: Callable[[DocumentKind], str], labels: Mapping[str, str], memory: int
    ) -> None:
        self._folder = folder
        self._name = name
        self._labels = labels
        self._count = cores()
        self._most = largest_batch(memory, self._count)
        self._inverters: Inverters | None = None
        self._open: dict[int, Batch] = {}
        self._pending: dict[str, list[Entry]] = {}
        self._size = 0
        self._written: list[Batch] = []

    def add(self, article: str, entries: Sequence[Entry]) -> None:
        """Add an article's documents."""
        self._pending[article] = list(entries)
        self._size += sum(len(entry.stored) for entry in entries) + 500
        if self._size > (_AT_ONCE if self._inverters is None else _MESSAGE) or self._size > self._most:
            self._send()

    def take_back(self, article: str) -> None:
        """Take an article back, if it was added."""
        if self._pending.pop(article, None) is None:
            for batch in self._written:
                batch.taken_back[article] = dict(batch.sizes)

    def finish(self) -> list[Batch]:
        """Write what is left; returns all batches."""
        if self._inverters is None:
            self._invert_here()
            return self._written
        if self._pending:
            self._send()
        for number in list(self._open):
            self._write(self._inverters, number)
        self._inverters.finish()
        return self._written

    def abandon(self) -> None:
        """Let go of everything."""
        if self._inverters is not None:
            self._inverters.abandon()

    def _invert_here(self) -> None:
        if self._pending:
            inverting = Inverting(self._folder)
            batch = self._new_batch()
            inverting.add(self._taken_into(batch))
            inverting.write(batch.paths, self._labels)

    def _send(self) -> None:
        if self._inverters is None:
            self._inverters = Inverters(self._count, self._folder)
        number = min(range(len(self._inverters)), key=partial(self._burden, self._inverters))
        if number not in self._open:
            self._open[number] = self._new_batch()
        batch = self._open[number]
        self._inverters.add(number, self._taken_into(batch))
        if batch.stored > self._most:
            self._write(self._inverters, number)

    def _taken_into(self, batch: Batch) -> dict[DocumentKind, Columns]:
        """The pending documents of each kind, which are the batch's from now on."""
        kinds: dict[DocumentKind, list[Entry]] = {}
        for entry in chain.from_iterable(self._pending.values()):
            kinds.setdefault(entry.documents, []).append(entry)
        for kind, entries in kinds.items():
            if kind not in batch.paths:
                batch.paths[kind] = self._folder / self._name(kind)
            batch.sizes[kind] = batch.sizes.get(kind, 0) + len(entries)
        batch.stored += self._size
        self._pending, self._size = {}, 0
        return {kind: columns_of(kind, entries) for kind, entries in kinds.items()}

    def _burden(self, inverters: Inverters, number: int) -> tuple[int, int]:
        """What a process still has to come to, and how large its unfinished batch is."""
        return inverters.waiting(number), self._open[number].stored if number in self._open else 0

    def _write(self, inverters: Inverters, number: int) -> None:
        inverters.write(number, self._open.pop(number).paths, self._labels)

    def _new_batch(self) -> Batch:
        self._written.append(Batch())
        return self._written[-1]


def largest_batch(memory: int, processes: int) -> int:
    """Bytes of stored articles that each process may invert together, so that all stay within the memory."""
    share = memory // processes
    return min(int(max(share - _BESIDE, share // 4) / _TAKEN), _LARGEST)
