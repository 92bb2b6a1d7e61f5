"""The list of a generation's files, with size and checksums: what was written is told from what was damaged.

    index/generations/000007/files.json
        {"kind", "files": [[name, size, checksum, checksum of the beginning], …], "checksum"}

The beginning of a file, its header, is compared whenever a generation is opened; all of it when it is verified. The
checksums are of one kind, XXH3 of 128 bits (https://xxhash.com), which tells damage and no intent; so is the list's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import xxhash

from search.index.engine import DamagedIndex
from search.index.whoosh.folder import sync, trust

FILES = "files.json"

_KIND = "xxh3-128"
_BLOCK = 1 << 20
_BEGINNING = 1 << 12  # bytes: a page of SQLite


class Sealed(NamedTuple):
    """A file: its name, its size in bytes, and the checksums of all of it and of its beginning."""

    name: str
    size: int
    checksum: str
    beginning: str


def seal(generation: Path, before: Path | None) -> None:
    """List every file, take write permission from others, and make all of it durable."""
    for path in filter(_is_lock, list(generation.iterdir())):
        path.unlink()
    known = {} if before is None else {file.name: file for file in sealed(before)}
    with ThreadPoolExecutor() as pool:  # checksums and disks wait for nobody
        files = list(pool.map(lambda path: _sealed(path, before, known), sorted(generation.iterdir())))
    (generation / FILES).write_bytes(_listed(files))
    sync(generation / FILES)
    sync(generation)
    sync(generation.parent)


def sealed(generation: Path) -> list[Sealed]:
    """The files of a generation. Raises DamagedIndex."""
    try:
        content = (generation / FILES).read_bytes()
        read = json.loads(content)
        if read["kind"] != _KIND:
            raise ValueError(read["kind"])
        files = [Sealed(*row) for row in read["files"]]
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        message = f"{FILES} of the index is damaged or missing, or another version's; build the index again."
        raise DamagedIndex(message) from error
    if _listed(files) != content:
        raise DamagedIndex(f"{FILES} of the index is not what was written; build the index again.")
    return files


def check(generation: Path) -> None:
    """The cheap check at opening. Raises DamagedIndex, naming the file that is missing, cut, foreign or too many.

    Something else that another program has left in the folder is nothing that is read.
    """
    trust(generation)
    files = sealed(generation)
    for file in files:
        path = generation / file.name
        try:
            found = path.lstat().st_size
        except OSError as error:
            raise DamagedIndex(f"The index's file {file.name} is missing; build the index again.") from error
        if found != file.size:
            raise DamagedIndex(f"The index's file {file.name} {_of_size(found, file)}; build the index again.")
        trust(path)
        if _beginning(path) != file.beginning:
            raise DamagedIndex(f"The index's file {file.name} does not begin as it was written; build the index again.")
    for name in filter(_would_be_read, _foreign(generation, files)):
        raise DamagedIndex(f"{name} does not belong to the index; build the index again.")


def check_content(generation: Path, names: Iterable[str]) -> None:
    """Compare the checksums of these files. Raises DamagedIndex, naming the file."""
    wanted = frozenset(names)
    for file in sealed(generation):
        if file.name in wanted and _checksum(generation / file.name) != file.checksum:
            raise DamagedIndex(f"The index's file {file.name} is not what was written; build the index again.")


def damages(generation: Path) -> Iterator[tuple[str, str]]:
    """The files that are not what was written, each with what is wrong."""
    try:
        files = sealed(generation)
    except DamagedIndex:
        yield FILES, "is not what was written, missing, or another version's"
        return
    for file in files:
        if wrong := _wrong(generation / file.name, file):
            yield file.name, wrong
    for name in _foreign(generation, files):
        yield name, "does not belong to the index"


def _wrong(path: Path, file: Sealed) -> str | None:
    try:
        found = path.stat().st_size
        if found != file.size:
            return _of_size(found, file)
        return "is not what was written: its checksum differs" if _checksum(path) != file.checksum else None
    except OSError as error:
        return f"can't be read ({error.strerror or error})"


def _of_size(found: int, file: Sealed) -> str:
    return f"has {found} bytes instead of {file.size}"


def _foreign(generation: Path, files: Iterable[Sealed]) -> list[str]:
    known = {FILES, *(file.name for file in files)}
    return sorted(path.name for path in generation.iterdir() if path.name not in known and path.name[0] != ".")


def _would_be_read(name: str) -> bool:
    """Whether a file of that name is looked for: the newest table of contents, a layer of changes."""
    return name.endswith((".toc", ".sqlite"))


def _listed(files: Iterable[Sealed]) -> bytes:
    rows = [list(file) for file in files]
    return json.dumps({"kind": _KIND, "files": rows, "checksum": _digest(json.dumps(rows).encode())}).encode()


def _is_lock(path: Path) -> bool:
    return path.name.endswith("_WRITELOCK")  # Whoosh's own: ours is held around it


def _sealed(path: Path, before: Path | None, known: dict[str, Sealed]) -> Sealed:
    old = before and before / path.name
    if old and path.name in known and old.exists() and path.samefile(old):
        return known[path.name]
    path.chmod(0o644)
    sync(path)
    return Sealed(path.name, path.stat().st_size, _checksum(path), _beginning(path))


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file.read(_BEGINNING))


def _checksum(path: Path) -> str:
    digest = xxhash.xxh3_128()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _digest(content: bytes) -> str:
    return xxhash.xxh3_128_hexdigest(content)
