"""Errors over damaged files, told apart from faults of the program by the checksums of the files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from search.index.engine import DamagedIndex, EngineError
from search.index.whoosh import sealing

_CHECKING = threading.Lock()  # all files are read, so by one thread at a time


@contextmanager
def told(generation: Path) -> Iterator[None]:
    """Raises DamagedIndex, naming the file, instead of whatever is raised while a file of this generation is damaged.

    What an engine raises on purpose passes, and so does a fault of the program: an error over files that are whole.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:  # Whoosh raises whatever it stumbles over
        if found := _damage(generation):
            raise DamagedIndex(found) from error
        raise


def _damage(generation: Path) -> str | None:
    try:
        made = (generation / sealing.FILES).stat().st_mtime_ns
    except OSError:
        return f"Generation {generation.name} of the index is no longer there; build the index again."
    with _CHECKING:
        return _first_damage(generation, made)


@lru_cache(maxsize=8)
def _first_damage(generation: Path, made: int) -> str | None:
    """Kept, so that an error that comes with every request costs this once."""
    for name, wrong in sealing.damages(generation):
        return f"The index's file {name} of generation {generation.name} {wrong}; build the index again."
    return None
