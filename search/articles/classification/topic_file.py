"""Reads `topics.toml`: which topics there are, and which words point to each.

The form is described at the top of the shipped file, for those who edit it. A mistake there is theirs to mend, so
every error names the file, the topic, the value and what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.articles.toml import read_toml

LONGEST_ENTRY = 6
WEIGHTS = range(1, 21)
KEYS = ("code", "label", "parent", "words", "against", "not")

_CODE = re.compile(r"[a-z][a-z0-9]*:[A-Za-z0-9][A-Za-z0-9._-]*")
_WORD = re.compile(r"[^\W_]+")


class BadTopicFile(ValueError):
    """A topics file that can't be used; the message says where, what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase and what it says about its topic.

    `weight` is negative where the entry speaks against the topic, and 0 where it only hides the words in it.
    `tokens` are folded; `capital` asks for a capital letter in the text; `prefix` ends open (`vaccin*`).
    """

    written: str
    weight: int
    tokens: tuple[str, ...]
    capital: bool
    prefix: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """One topic as the file defines it."""

    code: str
    label: str
    parent: str | None
    entries: tuple[Entry, ...]


def fold(text: str) -> str:
    """The text in the form in which words are compared: without case and without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """The words of a text as written: runs of letters and digits."""
    return _WORD.findall(text)


def read_topics(path: Path) -> dict[str, Definition]:
    """The topics of a file by code, in its order. Raises BadTopicFile."""
    definitions: dict[str, Definition] = {}
    for number, table in enumerate(_tables(path), 1):
        definition = _definition(path, number, table)
        if definition.code in definitions:
            raise _bad(path, definition.code, "stands in this file twice", "make one topic of the two")
        definitions[definition.code] = definition
    _check_parents(path, definitions)
    return definitions


def _tables(path: Path) -> list[Any]:
    tables = read_toml(path, BadTopicFile).get("topic")
    if not isinstance(tables, list) or not tables:
        raise BadTopicFile(f"{path}: defines no topics; each begins with a line [[topic]]")
    return tables


def _definition(path: Path, number: int, table: Any) -> Definition:
    code = table.get("code") if isinstance(table, dict) else None
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        mend = 'write a code such as code = "medtop:15000000" or, for a topic of your own, code = "own:harbour"'
        raise _bad(path, f"number {number}", f"has no usable code ({code!r})", mend)
    for key in table:
        if key not in KEYS:
            raise _bad(path, code, f"has a key {key!r} that means nothing here", f"use {', '.join(KEYS)}")
    label, parent = table.get("label"), table.get("parent")
    if not isinstance(label, str) or not label.strip():
        raise _bad(path, code, f"has no usable label ({label!r})", 'write label = "what readers see"')
    if parent is not None and not isinstance(parent, str):
        raise _bad(path, code, f"has a parent {parent!r}", "write the parent's code in quotation marks")
    return Definition(code, label.strip(), parent, _entries(path, code, table))


def _entries(path: Path, code: str, table: Mapping[str, Any]) -> tuple[Entry, ...]:
    found: dict[tuple[tuple[str, ...], bool, bool], Entry] = {}
    for weight, written in _weighted(path, code, table):
        entry = _entry(path, code, written, weight)
        key = (entry.tokens, entry.capital, entry.prefix)
        if key in found:
            raise _bad(path, code, f"lists {written!r} twice (also as {found[key].written!r})", "keep one of them")
        found[key] = entry
    return tuple(found.values())


def _weighted(path: Path, code: str, table: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    for key, sign in (("words", 1), ("against", -1)):
        weights = table.get(key, {})
        if not isinstance(weights, dict):
            raise _bad(path, code, f"has {key} without weights", f'write {key}.3 = ["…"]')
        for weight, listed in weights.items():
            if weight not in map(str, WEIGHTS):
                mend = f"write a whole number from {WEIGHTS[0]} to {WEIGHTS[-1]}, such as {key}.3"
                raise _bad(path, code, f"has the weight {key}.{weight}", mend)
            yield from ((sign * int(weight), written) for written in _listed(path, code, f"{key}.{weight}", listed))
    yield from ((0, written) for written in _listed(path, code, "not", table.get("not", [])))


def _listed(path: Path, code: str, key: str, listed: Any) -> list[Any]:
    if not isinstance(listed, list):
        raise _bad(path, code, f"has {key} = {listed!r}", f'write a list: {key} = ["…", "…"]')
    return listed


def _entry(path: Path, code: str, written: Any, weight: int) -> Entry:
    if not isinstance(written, str):
        raise _bad(path, code, f"lists {written!r}, which is no text", "put it in quotation marks")
    prefix = written.endswith("*")
    words = tokens(written)
    if not words or "*" in written.removesuffix("*") or (prefix and (len(words) > 1 or len(words[0]) < 3)):
        mend = "write one word or several; a * may end a single word of three letters or more"
        raise _bad(path, code, f"lists {written!r}, which matches nothing", mend)
    if len(words) > LONGEST_ENTRY:
        raise _bad(path, code, f"lists {written!r}, which is too long", f"keep to {LONGEST_ENTRY} words")
    return Entry(written, weight, tuple(fold(word) for word in words), words[0][0].isupper(), prefix)


def _check_parents(path: Path, definitions: Mapping[str, Definition]) -> None:
    for code, definition in definitions.items():
        seen, parent = [code], definition.parent
        while parent is not None:
            if parent not in definitions:
                mend = "add a topic with that code, or correct it"
                raise _bad(path, seen[-1], f"has the parent {parent!r}, which is not in this file", mend)
            if parent in seen:
                circle = " > ".join([*seen[seen.index(parent) :], parent])
                raise _bad(path, code, f"leads back to itself ({circle})", "remove one of these parents")
            seen.append(parent)
            parent = definitions[parent].parent


def _bad(path: Path, code: str, fault: str, mend: str) -> BadTopicFile:
    return BadTopicFile(f"{path}: topic {code} {fault}: {mend}")
