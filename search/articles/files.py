"""Sources on disk: which files there are, and the records in each, as text with the metadata that they state.

An archive is other people's files, so nothing here trusts them: every read is bounded, only regular files are opened,
and whatever can't be read becomes a Problem that names the file and the reason, while the run goes on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from search.articles.formats.records import FORMATS, Record, format_of, read_json_lines, read_text
from search.articles.model import Problem, SourceFile

__all__ = ["Record", "records", "walk"]


def walk(sources: Iterable[str | Path]) -> Iterator[SourceFile | Problem]:
    """The files of all sources, folders recursively, in the order of their names; each file and folder once.

    Inside folders, hidden files and files of other formats are passed over; a file named as a source is always taken.
    """
    seen: set[tuple[int, int]] = set()
    for source in sources:
        top = os.fspath(source)
        for found in _named(top, seen):
            yield found if isinstance(found, Problem) else replace(found, name=_name(top, found.path))


def records(path: str | Path, name: str = "") -> Iterator[Record | Problem]:
    """The records of one file: of a text file the text, of .jsonl and .jsonl.gz one a line.

    `name` is the path that readers of its articles see; without one, the file's own name.
    """
    place = os.fspath(path)
    try:
        whole = format_of(place) == "text"
        with open(place, "rb", buffering=0 if whole else -1, opener=_open_regular) as file:
            modified = os.fstat(file.fileno()).st_mtime_ns
            reader = read_text if whole else read_json_lines
            yield from reader(place, file, modified, name or Path(place).name)
    except OSError as error:
        yield _problem(place, _reason(error))


def _name(source: str, path: str) -> str:
    """The path below the folder that the source lies in: of `~/articles`, "articles/2019/a.txt"."""
    top = Path(source).absolute()
    if top.name == "..":
        top = top.resolve()
    below = path.removeprefix(source.rstrip("/")) if path != source else ""
    return f"{top.name}/{below.lstrip('/')}".strip("/").encode(errors="replace").decode()


def _open_regular(path: str, flags: int) -> int:
    """Opens without ever waiting (a FIFO would) and only what is a regular file."""
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(None, "not a regular file")
    return descriptor


def _named(path: str, seen: set[tuple[int, int]]) -> Iterator[SourceFile | Problem]:
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        yield _problem(path, _reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, seen)
    else:
        yield from _file(path, status, seen)


def _file(path: str, status: os.stat_result, seen: set[tuple[int, int]]) -> Iterator[SourceFile | Problem]:
    identity = (status.st_dev, status.st_ino)
    if not stat.S_ISREG(status.st_mode):
        yield _problem(path, "not a regular file")
    elif not _is_utf8(path):
        yield _problem(path, "the file's name is not UTF-8")
    elif identity not in seen:
        seen.add(identity)
        yield SourceFile(path, status.st_size, status.st_mtime_ns)


def _folder(top: str, seen: set[tuple[int, int]]) -> Iterator[SourceFile | Problem]:
    """Depth first without recursion, so that no depth of folders is too deep; `inside` are the open folders."""
    inside: list[tuple[int, int]] = []
    pending: list[tuple[str, int]] = [(top, 0)]
    while pending:
        path, depth = pending.pop()
        del inside[depth:]
        try:
            status = Path(path).stat()
        except OSError as error:
            yield _problem(path, _reason(error))
            continue
        if not stat.S_ISDIR(status.st_mode):
            yield from _file(path, status, seen)
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in inside:
            yield _problem(path, "a link to a folder that it lies in")
        elif identity not in seen:
            seen.add(identity)
            inside.append(identity)
            names = _names(path)
            if isinstance(names, Problem):
                yield names
            else:
                pending += [(f"{path.rstrip('/')}/{name}", depth + 1) for name in reversed(names)]


def _names(path: str) -> list[str] | Problem:
    """What of a folder is to be visited, in order: its folders and the files of known formats, none of them hidden."""
    try:
        with os.scandir(path) as entries:
            return sorted(entry.name for entry in entries if not entry.name.startswith(".") and _is_wanted(entry))
    except OSError as error:
        return _problem(path, _reason(error))


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is to be visited; one that can't even be looked at is, so that its reason is reported."""
    try:
        return _is_format(entry.name) or entry.is_dir()
    except OSError:
        return True


def _is_format(name: str) -> bool:
    return name.lower().endswith(tuple(FORMATS))


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _problem(path: str, message: str) -> Problem:
    """A problem whose path can be printed, whatever bytes are in it."""
    return Problem(path.encode(errors="backslashreplace").decode(), message)


def _reason(error: Exception) -> str:
    """The system's words for what went wrong, in lower case and without the path."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words[:1].lower() + words[1:] if words else type(error).__name__
