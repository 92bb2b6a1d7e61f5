"""The index folder: generations side by side, `current` pointing at the one served, and the writers' lock.

    index/lock                       who is writing
    index/current -> generations/000007
    index/generations/000007/        a Whoosh index directory, with our columns, words, manifest and list of files

All links are relative, so the folder can be moved. Whoosh unpickles what it opens, so a folder that somebody else
could have written to is refused.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from search.index.engine import DamagedIndex, EngineError, IndexLocked, NoIndex, UntrustedIndex

FILES = "files.json"

_GENERATION = re.compile(r"generations/(\d{6,})")
_BLOCK = 1 << 20


class Lock:
    """The right to write, held by one process at a time; the kernel gives it up for a process that died."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: int | None = None

    def acquire(self) -> None:
        """Raises IndexLocked, naming the holder."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, 200).decode("utf-8", "replace").strip() or "another process"
            os.close(file)
            raise IndexLocked(f"The index is being written by {holder}; try again when it has finished.") from error
        os.ftruncate(file, 0)
        os.write(file, f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC".encode())
        self._file = file

    def release(self) -> None:
        """Give it up; does nothing when it is not held."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Raises EngineError, saying what to mend, where this user can't write to the index folder, or it is none."""
    try:
        yield
    except PermissionError as error:
        path = error.filename or folder
        message = f"This user may not write to {path}: run as its owner, or give it to this user with chown -R."
        raise EngineError(message) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise EngineError(_no_folder(folder)) from error


def _no_folder(path: Path) -> str:
    return f"{path} is not a folder, so no index can be in it: name another place in BACKFILE_ENGINE (whoosh:FOLDER)."


def prepare(folder: Path) -> None:
    """Make the index folder where there is none. Raises DamagedIndex where others may write to it."""
    for path in (folder, folder / "generations"):
        path.mkdir(mode=0o755, parents=True, exist_ok=True)
        trust(path)


def served(folder: Path) -> str:
    """The name of the generation being served. Raises NoIndex, DamagedIndex."""
    try:
        target = str((folder / "current").readlink())
    except FileNotFoundError as error:
        raise NoIndex("There is no index yet. Make one with: flask index build SOURCE…") from error
    except NotADirectoryError as error:
        raise EngineError(_no_folder(folder)) from error
    except PermissionError as error:
        raise UntrustedIndex(_unreadable(folder)) from error
    except OSError as error:
        raise DamagedIndex("The index's link 'current' is damaged; build the index again.") from error
    if not (match := _GENERATION.fullmatch(target)):
        raise DamagedIndex("The index's link 'current' leads out of the index; build the index again.")
    return match[1]


def generation_path(folder: Path, name: str) -> Path:
    """The folder of a generation."""
    return folder / "generations" / name


def new_generation(folder: Path) -> str:
    """Make the folder of a generation newer than all others; returns its name."""
    names = [int(path.name) for path in (folder / "generations").iterdir() if path.name.isdecimal()]
    name = f"{max(names, default=0) + 1:06}"
    generation_path(folder, name).mkdir(mode=0o755)
    return name


def link(old: Path, new: Path) -> None:
    """Put a file into another generation too, without copying it where the file system can."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def seal(generation: Path, before: Path | None) -> None:
    """List every file with size and checksum, take write permission from others, and make all of it durable."""
    for path in filter(_is_lock, list(generation.iterdir())):
        path.unlink()
    known = {} if before is None else {entry[0]: entry for entry in listed(before)}
    with ThreadPoolExecutor() as pool:  # checksums and disks wait for nobody
        entries = list(pool.map(lambda path: _sealed(path, before, known), sorted(generation.iterdir())))
    (generation / FILES).write_text(json.dumps(entries), "utf-8")
    _sync(generation / FILES)
    _sync(generation)
    _sync(generation.parent)


def listed(generation: Path) -> list[tuple[str, int, str]]:
    """The name, size and checksum of each file of a generation. Raises DamagedIndex."""
    try:
        return [(str(name), int(size), str(sum_)) for name, size, sum_ in json.loads((generation / FILES).read_bytes())]
    except (OSError, ValueError, TypeError) as error:
        raise DamagedIndex(f"{FILES} of the index is damaged or missing; build the index again.") from error


def check_sizes(generation: Path) -> None:
    """The cheap check at opening. Raises DamagedIndex, naming the file that is missing, cut, foreign or too many."""
    trust(generation)
    files = listed(generation)
    for name, size, _ in files:
        path = generation / name
        try:
            found = path.lstat().st_size
        except OSError as error:
            raise DamagedIndex(f"The index's file {name} is missing; build the index again.") from error
        if found != size:
            message = f"The index's file {name} has {found} bytes instead of {size}; build the index again."
            raise DamagedIndex(message)
        trust(path)
    known = {FILES, *(name for name, _, _ in files)}
    for path in generation.iterdir():
        if path.name not in known and not path.name.startswith("."):
            raise DamagedIndex(f"{path.name} does not belong to the index; build the index again.")


def check_content(generation: Path, names: Iterable[str]) -> None:
    """Compare the checksums of these files. Raises DamagedIndex, naming the file."""
    wanted = frozenset(names)
    for name, _, checksum in listed(generation):
        if name in wanted and _checksum(generation / name) != checksum:
            raise DamagedIndex(f"The index's file {name} is not what was written; build the index again.")


def damaged_files(generation: Path) -> Iterator[tuple[str, str]]:
    """The files whose content is not what was written, each with what is wrong."""
    for name, size, checksum in listed(generation):
        path = generation / name
        try:
            if path.stat().st_size != size:
                yield name, f"has {path.stat().st_size} bytes instead of {size}"
            elif _checksum(path) != checksum:
                yield name, "is not what was written: its checksum differs"
        except OSError as error:
            yield name, f"can't be read ({error.strerror or error})"


def publish(folder: Path, name: str) -> None:
    """Serve a generation from now on, in one rename."""
    link = folder / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(f"generations/{name}")
    link.replace(folder / "current")
    _sync(folder)


def sweep(folder: Path, keep: frozenset[str]) -> None:
    """Remove all generations but these: leftovers of killed writers, and those that nobody is served any more."""
    (folder / "current.new").unlink(missing_ok=True)
    for path in (folder / "generations").iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def trust(path: Path) -> None:
    """Raises UntrustedIndex where somebody else owns this or may write to it; DamagedIndex where it is not there."""
    try:
        found = path.lstat()
    except PermissionError as error:
        raise UntrustedIndex(_unreadable(path)) from error
    except OSError as error:
        raise DamagedIndex(f"{path.name} of the index is missing; build the index again.") from error
    if found.st_uid not in (os.geteuid(), 0):
        mend = "run as that user, or take the index folder over with chown -R"
        raise UntrustedIndex(f"{path.name} in the index belongs to another user, so it can't be trusted: {mend}.")
    if stat.S_ISLNK(found.st_mode):
        raise DamagedIndex(f"{path.name} in the index is a link, so it can't be trusted: put what it leads to there.")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UntrustedIndex(f"Others may write to {path.name} in the index; run: chmod -R go-w on the index folder.")
    if not os.access(path, os.R_OK, effective_ids=True):
        raise UntrustedIndex(_unreadable(path))


def _unreadable(path: Path) -> str:
    return f"This user may not read {path.name} of the index: run as its owner, or let this user read the index folder."


def _is_lock(path: Path) -> bool:
    return path.name.endswith("_WRITELOCK")  # Whoosh's own: ours is held around it


def _sealed(path: Path, before: Path | None, known: dict[str, tuple[str, int, str]]) -> tuple[str, int, str]:
    old = before and before / path.name
    if old and path.name in known and old.exists() and path.samefile(old):
        return known[path.name]
    path.chmod(0o644)
    _sync(path)
    return path.name, path.stat().st_size, _checksum(path)


def _checksum(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
