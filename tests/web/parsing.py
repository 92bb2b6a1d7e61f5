"""Strict readers of what is exported: they raise ValueError where a real program would stumble."""

from __future__ import annotations

import csv
import io
import re

_TAG = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
_FIELD = re.compile(r"\s*([a-z]+)\s*=\s*\{")

Record = list[tuple[str, str]]


def read_csv(text: str) -> list[dict[str, str]]:
    """RFC 4180 with a header; every row as long as it."""
    if not text.startswith("\ufeff"):
        raise ValueError("no byte order mark")
    if re.sub(r'"(?:[^"]|"")*"', "", text).replace("\r\n", "").count("\n"):
        raise ValueError("a line doesn't end in CRLF")
    header, *rows = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_ris(text: str) -> list[Record]:
    """Records of tags and values, from TY to ER."""
    records: list[Record] = []
    record: Record | None = None
    for line in text.split("\r\n"):
        if not line:
            continue
        if not (found := _TAG.fullmatch(line)) or any(ord(character) < 32 for character in line):
            raise ValueError(f"not a line of RIS: {line!r}")
        tag, value = found.groups()
        if (tag == "TY") != (record is None):
            raise ValueError(f"{tag} in the wrong place")
        if tag == "TY":
            record = []
        elif tag == "ER":
            records.append(record or [])
            record = None
        elif record is not None:
            record.append((tag, value))
    if record is not None:
        raise ValueError("the last record is left open")
    return records


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Key -> fields, as BibTeX finds them: "@" begins an entry, braces are counted whatever stands before them."""
    entries: dict[str, dict[str, str]] = {}
    at = text.find("@")
    while at >= 0:
        head = re.compile(r"@misc\{([^\s,{}]+),").match(text, at)
        if not head or head[1] in entries:
            raise ValueError(f"no entry: {text[at : at + 40]!r}")
        entries[head[1]], at = _fields(text, head.end())
        at = text.find("@", at)
    return entries


def _fields(text: str, at: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while found := _FIELD.match(text, at):
        end = _closing(text, found.end())
        fields[found[1]] = text[found.end() : end]
        at = end + 1
        if text[at] != ",":
            break
        at += 1
    if not (last := re.compile(r"\s*\}").match(text, at)):
        raise ValueError(f"an entry doesn't end: {text[at : at + 40]!r}")
    return fields, last.end()


def _closing(text: str, at: int) -> int:
    depth = 1
    for position in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if not depth:
            return position
    raise ValueError("a brace is left open")
