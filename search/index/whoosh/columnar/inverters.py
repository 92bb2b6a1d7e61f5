"""Processes that are sent documents and write segments of them: nothing piles up in the one that sends."""

from __future__ import annotations

import fcntl
import marshal
import os
import struct
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from search.fields import DocumentKind
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.columns import Columns
from search.index.whoosh.columnar.inverting import Inverter
from search.index.whoosh.columnar.workers import WorkerFailed, end, forked, wait_for

_LENGTH = struct.Struct("<Q")
_COUNT = struct.Struct("@i")
_PIPE = 1 << 20  # bytes that may wait in a pipe

Labels = Mapping[str, str]


class Inverting:
    """Collects documents of every kind and writes them as segments; what it can't hold lies in the folder till then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._inverters: dict[DocumentKind, Inverter] = {}

    def add(self, documents: Mapping[DocumentKind, Columns]) -> None:
        """Add documents."""
        for kind, columns in documents.items():
            if (inverter := self._inverters.get(kind)) is None:
                inverter = self._inverters[kind] = Inverter(kind, self._folder)
            inverter.add(columns)

    def write(self, paths: Mapping[DocumentKind, Path], labels: Labels) -> None:
        """Write all that was added, and begin anew."""
        for kind, path in paths.items():
            segmentfile.write(path, self._inverters.pop(kind).arrays(labels.get), {"documents": kind})


class Inverters:
    """So many forked processes, each `Inverting`, told from here what to add and when to write."""

    def __init__(self, count: int, folder: Path) -> None:
        self._processes: list[int] = []
        self._pipes: list[int] = []
        for _ in range(count):
            reading, writing = os.pipe()
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
            others = [*self._pipes, writing]
            self._processes.append(forked(lambda reading=reading, others=others: _serve(reading, others, folder)))  # type: ignore[misc]
            os.close(reading)
            self._pipes.append(writing)

    def __len__(self) -> int:
        return len(self._processes)

    def waiting(self, number: int) -> int:
        """How many bytes one was sent and has not come to yet."""
        return int(_COUNT.unpack(fcntl.ioctl(self._pipes[number], termios.FIONREAD, _COUNT.pack(0)))[0])

    def add(self, number: int, documents: Mapping[DocumentKind, Columns]) -> None:
        """Send documents. Raises WorkerFailed."""
        self._send(number, ("add", {kind: tuple(columns) for kind, columns in documents.items()}))

    def write(self, number: int, paths: Mapping[DocumentKind, Path], labels: Labels) -> None:
        """Let one write a segment of what it was sent. Raises WorkerFailed."""
        self._send(number, ("write", {kind: str(path) for kind, path in paths.items()}, dict(labels)))

    def finish(self) -> None:
        """Wait until all is written. Raises WorkerFailed."""
        self._hang_up()
        while self._processes:
            wait_for(self._processes.pop())

    def abandon(self) -> None:
        """End all."""
        self._hang_up()
        while self._processes:
            end(self._processes.pop())

    def _send(self, number: int, message: tuple[Any, ...]) -> None:
        content = marshal.dumps(message)
        try:
            for part in (_LENGTH.pack(len(content)), content):
                view = memoryview(part)
                while view:
                    view = view[os.write(self._pipes[number], view) :]
        except BrokenPipeError as error:
            wait_for(self._processes.pop(number))
            raise WorkerFailed("A process that writes the index ended early.") from error

    def _hang_up(self) -> None:
        while self._pipes:
            os.close(self._pipes.pop())


def _serve(reading: int, others: list[int], folder: Path) -> None:
    for pipe in others:  # so that each pipe ends when the parent closes it
        os.close(pipe)
    inverting = Inverting(folder)
    for kind, *rest in _messages(reading):
        if kind == "add":
            inverting.add({kind: Columns(*columns) for kind, columns in rest[0].items()})
        else:
            inverting.write({name: Path(path) for name, path in rest[0].items()}, rest[1])


def _messages(reading: int) -> Iterator[tuple[Any, ...]]:
    with os.fdopen(reading, "rb") as pipe:
        while len(head := pipe.read(_LENGTH.size)) == _LENGTH.size:
            content = pipe.read(_LENGTH.unpack(head)[0])
            yield marshal.loads(content)  # noqa: S302  the parent wrote it
