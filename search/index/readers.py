"""Records read into articles in all cores, in order, with a bounded number of them under way.

Worker processes are spawned, not forked, so that none inherits the index's lock; they end when their parent does.
A record that raises, or ends its worker, is a problem of that record: it is named and the rest goes on.
"""

from __future__ import annotations

import gc
import mmap
import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import reduction
from multiprocessing.connection import wait
from operator import attrgetter
from types import TracebackType
from typing import Any, Self, TypeVar

from search.articles.files import Record, records
from search.articles.model import Article, Problem, SourceFile
from search.articles.reading import Reader

_BATCH = 1_200_000  # characters that are read together, or sent to a worker at once
_LEAST = 6_000  # characters for which a record counts, if it has fewer: so at most 200 are read together
_FEW = 48  # records that are not worth starting processes for
_AHEAD = 3  # batches under way for each worker
_MADE = 50_000  # objects made between two looks for cycles: a few articles' worth, of which next to none are in any

Read = Article | Problem
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of one source, in order; `last` says that no more follow."""

    source: SourceFile
    records: tuple[Record | Problem, ...]
    last: bool

    @property
    def position(self) -> int:
        """How many bytes of the source had been read when the batch was full."""
        if self.last:
            return self.source.size
        return max((record.position for record in self.records if isinstance(record, Record)), default=0)

    @property
    def size(self) -> int:
        """What the records count for, in characters."""
        return sum(map(_size, self.records))


def batches(source: SourceFile) -> Iterator[Batch]:
    """The records of a source; whatever goes wrong with reading it is a problem among them. At least one batch."""
    lists = _filled(_careful_records(source), _size)
    before = next(lists)
    for following in lists:
        yield Batch(source, tuple(before), last=False)
        before = following
    yield Batch(source, tuple(before), last=True)


def read_here(reader: Reader, all_batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[Read]]]:
    """Each batch with what was read from its records in this process, in the order of the batches."""
    for together in _filled(all_batches, attrgetter("size")):
        yield from _parted(together, _carefully_read(reader, _records_of(together)))


class Readers:
    """Reads batches with as many processes as the machine has cores, or in this one where there is little to do."""

    def __init__(self, reader: Reader | None = None, processes: int | None = None) -> None:
        self._reader = reader or Reader()
        self._processes = processes or len(os.sched_getaffinity(0))
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    def read(self, all_batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[Read]]]:
        """Each batch with what was read from its records, in the order of the batches."""
        waiting: deque[Batch] = deque()
        size = 0
        rest = iter(all_batches)
        for batch in rest:
            waiting.append(batch)
            size += len(batch.records)
            if size > _FEW:
                yield from self._read_in_pool(chain(waiting, rest))
                return
        yield from read_here(self._reader, waiting)

    def _read_in_pool(self, all_batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[Read]]]:
        under_way: deque[tuple[list[Batch], Future[list[Read]]]] = deque()
        for together in _filled(all_batches, attrgetter("size")):
            under_way.append((together, self._submit(_records_of(together))))
            if len(under_way) >= _AHEAD * self._processes:
                yield from self._next(under_way)
        while under_way:
            yield from self._next(under_way)

    def _next(self, under_way: deque[tuple[list[Batch], Future[list[Read]]]]) -> Iterator[tuple[Batch, list[Read]]]:
        together, future = under_way.popleft()
        try:
            found = future.result()
        except BrokenProcessPool:
            self._close()
            found = [self._read_alone(record) for record in _records_of(together)]
            waiting = [other for other, _ in under_way]
            under_way.clear()
            under_way.extend((other, self._submit(_records_of(other))) for other in waiting)
        yield from _parted(together, found)

    def _read_alone(self, record: Record | Problem) -> Read:
        """Read one record with no other under way, so that it is known which one ends its worker."""
        if isinstance(record, Problem):
            return record
        try:
            return self._submit((record,)).result()[0]
        except BrokenProcessPool:
            self._close()
            return Problem(record.source.path, "reading it ended the process that read it")

    def _submit(self, batch: Sequence[Record | Problem]) -> Future[list[Read]]:
        try:
            return self._open().submit(_read_batch, batch)
        except BrokenProcessPool:  # it broke between two batches: the one under way says so when it is its turn
            broken: Future[list[Read]] = Future()
            broken.set_exception(BrokenProcessPool())
            return broken

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            reader: Any = _Sent(self._reader)  # what arrives is a Reader
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(reader,),
            )
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class _Sent:
    """A reader on its way to worker processes: in a file without a name, of which each is sent the descriptor.

    Sent whole, it would not fit into the pipe: a parent killed before the worker has read it leaves half a pickle.
    """

    def __init__(self, reader: Reader) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed with this object
        pickle.dump(reader, self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()

    def __reduce__(self) -> tuple[Any, ...]:
        return _received, (reduction.DupFd(self._file.fileno()),)


def _received(descriptor: Any) -> Reader:
    """The reader, in the worker; all workers share the file's position, so that none may move it."""
    with os.fdopen(descriptor.detach(), "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        reader: Reader = pickle.loads(content)  # noqa: S301  the parent wrote it
        return reader


_READER: list[Reader] = []  # of a worker process: one, given when the process begins


def _begin(reader: Reader) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _READER.append(reader)
    spare_collector()


def spare_collector() -> None:
    """Look for cycles less often, and not among what is there already: a reader and its tables stay."""
    gc.freeze()
    gc.set_threshold(_MADE)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _read_batch(records: Sequence[Record | Problem]) -> list[Read]:
    return _carefully_read(_READER[0], records)


def _carefully_read(reader: Reader, records: Sequence[Record | Problem]) -> list[Read]:
    try:
        return reader.read_all(records)
    except Exception:  # one by one it shows which of them it was
        return [_careful_read(reader, record) for record in records]


def _careful_read(reader: Reader, record: Record | Problem) -> Read:
    if isinstance(record, Problem):
        return record
    try:
        return reader.read(record)
    except Exception as error:  # one article must not end a run over thousands
        return Problem(record.source.path, f"reading it failed: {type(error).__name__}: {error}")


def _careful_records(source: SourceFile) -> Iterator[Record | Problem]:
    try:
        yield from records(source.path, source.name)
    except Exception as error:
        yield Problem(source.path, f"it can't be read: {error}")


def _size(record: Record | Problem) -> int:
    return max(_LEAST, len(record.text)) if isinstance(record, Record) else _LEAST


def _filled(things: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """The things in order, as many together as a batch has room for; at least one list, which may be empty."""
    held: list[T] = []
    room = _BATCH
    for thing in things:
        if held and size(thing) > room:
            yield held
            held, room = [], _BATCH
        held.append(thing)
        room -= size(thing)
    yield held


def _records_of(together: Iterable[Batch]) -> list[Record | Problem]:
    return [record for batch in together for record in batch.records]


def _parted(together: Iterable[Batch], read: Iterable[Read]) -> Iterator[tuple[Batch, list[Read]]]:
    """The batches, each with its share of what was read."""
    rest = iter(read)
    for batch in together:
        yield batch, list(islice(rest, len(batch.records)))
