"""The index folder: generations side by side, `current` pointing at the one served, and the writers' lock.

    index/lock                       who is writing
    index/current -> generations/000007
    index/generations/000007/        a Whoosh index directory, with our columns, words, manifest and list of files

All links are relative, so the folder can be moved. Whoosh unpickles what it opens, so a folder that somebody else
could have written to is refused.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from search.index.engine import DamagedIndex, EngineError, IndexLocked, NoIndex, UntrustedIndex

_GENERATION = re.compile(r"generations/(\d{6,})")


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


def publish(folder: Path, name: str) -> None:
    """Serve a generation from now on, in one rename."""
    link = folder / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(f"generations/{name}")
    link.replace(folder / "current")
    sync(folder)


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


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, durable."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
