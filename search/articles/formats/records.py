"""The formats: one reader each, from an open file to records of text and stated metadata.

Sizes are bounded (`LARGEST`) before anything looks at the content. A line of JSON that can't be read is reported by its
number and passed over; so is the rest of a damaged archive.
"""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from typing import IO, Any

from msgspec import Struct

from search.articles.formats.decoding import decoded_text, tidy
from search.articles.formats.transmission import unwrapped
from search.articles.model import Problem, Source

LARGEST = 8 * 2**20  # bytes of a text file, and of a line of JSON
_USUAL = 2**16  # bytes that nearly all text files have at most
_LARGEST_SKIPPED = 32 * LARGEST  # of a line beyond the bound, before the file is given up
_MOST_BAD_LINES = 10_000  # in a row, before the file is given up

#: File name endings, and the format that each means.
FORMATS = {".txt": "text", ".jsonl": "jsonl", ".jsonl.gz": "jsonl"}

_LONGEST_FIELD = 2_000  # characters of anything but headline, lead and body
_LONG_FIELDS = frozenset({"headline", "title", "lead", "body", "text"})
_FIELDS = {
    "headline": ("headline", "title"),
    "text": ("body", "text"),
    "byline": ("byline", "author"),
    "lead": ("lead",),
    "section": ("section",),
    "language": ("language", "lang"),
    "agency": ("agency",),
    "place": ("place",),
    "dateline": ("dateline",),
}


class Record(Struct, frozen=True):
    """One article as its file has it. `date` is the stated date as written; `modified` the file's, in nanoseconds.

    `source` has the path by which the file is opened, `name` the one that readers see. `position` is how many bytes of
    the file had been read when the record was.
    """

    source: Source
    text: str
    modified: int | None = None
    line: int | None = None
    headline: str | None = None
    lead: str | None = None
    section: str | None = None
    byline: str | None = None
    language: str | None = None
    agency: str | None = None
    place: str | None = None
    dateline: str | None = None
    date: str | float | None = None
    name: str | None = None
    position: int = 0


class _Unreadable(ValueError):
    """What is wrong with a line or with all that follows, in words."""


def format_of(path: str) -> str:
    """The format that a file's name tells; text where it tells none."""
    lower = path.lower()
    return next((name for ending, name in FORMATS.items() if lower.endswith(ending)), "text")


def read_text(path: str, file: IO[bytes], modified: int, name: str) -> Iterator[Record | Problem]:
    """The one record of a plain-text file."""
    data = file.read(_USUAL)  # room for the largest takes longer to make than most files to read
    if len(data) == _USUAL:
        data += file.read(LARGEST + 1 - _USUAL)
    if len(data) > LARGEST:
        yield Problem(path, f"larger than {LARGEST >> 20} MB, the most for one article")
        return
    text = decoded_text(unwrapped(data))
    if text is None:
        yield Problem(path, "not text: neither UTF-8, UTF-16 with its mark, nor Windows-1252")
    elif not text.strip():
        yield Problem(path, "empty")
    else:
        yield Record(Source(path), text, modified, name=name)


def read_json_lines(path: str, file: IO[bytes], modified: int, name: str) -> Iterator[Record | Problem]:
    """The records of JSON Lines, gzipped where the name says so."""
    lines: IO[bytes] = gzip.GzipFile(fileobj=file) if path.lower().endswith(".gz") else file  # type: ignore[assignment]
    number = bad = found = 0
    try:
        for number, line in enumerate(_lines(lines), 1):
            if line is not None and not line.strip(b" \t\r\n"):
                bad += 1
                result: Record | Problem | None = None
            else:
                found += 1
                result = _from_line(path, number, line, modified, name, file.tell())
                bad = bad + 1 if isinstance(result, Problem) else 0
                yield result
            if bad > _MOST_BAD_LINES:
                yield Problem(path, f"line {number}: given up after {bad - 1:,} lines without an article")
                return
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Problem(path, f"damaged gzip file after line {number}: {error}")
        return
    except _Unreadable as error:
        yield Problem(path, f"line {number + 1}: {error}")
        return
    if not found:
        yield Problem(path, "empty")


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a file; None for one beyond the bound, which is read past in pieces."""
    while line := file.readline(LARGEST + 1):
        if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _Unreadable("UTF-16, where JSON Lines are UTF-8")
        if len(line) <= LARGEST:
            yield line
            continue
        skipped = len(line)
        while line and not line.endswith(b"\n"):
            if skipped > _LARGEST_SKIPPED:
                raise _Unreadable(f"given up after {_LARGEST_SKIPPED >> 20} MB without a line end")
            line = file.readline(2**20)
            skipped += len(line)
        yield None


def _from_line(path: str, number: int, line: bytes | None, modified: int, name: str, position: int) -> Record | Problem:
    try:
        return _record(path, number, _values(line), modified, name, position)
    except _Unreadable as error:
        return Problem(path, f"line {number}: {error}")


def _values(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise _Unreadable(f"longer than {LARGEST >> 20} MB, the most for one article")
    text = decoded_text(line)
    if text is None:
        raise _Unreadable("not text: neither UTF-8 nor Windows-1252")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _Unreadable(f"not JSON: {error if isinstance(error, ValueError) else 'nested too deeply'}") from None
    if not isinstance(values, dict):
        raise _Unreadable("not a JSON object")
    return values


def _record(path: str, number: int, values: dict[str, Any], modified: int, name: str, position: int) -> Record:
    texts = {field: _stated(values, names) for field, names in _FIELDS.items()}
    body = texts.pop("text") or ""
    date = values.get("date")
    return Record(
        Source(path, _text(values.get("id"), "id"), "jsonl", _text(values.get("url"), "url")),
        body,
        modified,
        number,
        date=date if isinstance(date, str | int | float) else None,
        name=name,
        position=position,
        **texts,
    )


def _stated(values: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the names that states something."""
    for name in names:
        value = values.get(name)
        if value is not None and (text := _text(value, name)):
            return text
    return None


def _text(value: object, name: str) -> str | None:
    """A value as text: numbers written out, lists joined (bodies by paragraph); raises for any other shape or size."""
    joint = "\n\n" if name in {"body", "text"} else ", "
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        value = str(value)
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = joint.join(item for item in value if item.strip())
    if not isinstance(value, str):
        raise _Unreadable(f"{name} is not text")
    if len(value) > _LONGEST_FIELD and name not in _LONG_FIELDS:
        raise _Unreadable(f"{name} is longer than {_LONGEST_FIELD:,} characters")
    text = tidy(value)
    return text.strip("\n") if name in {"body", "text"} else text.strip() or None
