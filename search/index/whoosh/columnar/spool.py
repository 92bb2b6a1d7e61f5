"""Numbers that are too many to hold: written to a file without a name as they come, and mapped once all are there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.index.whoosh.columnar.segmentfile import Array


class Spool:
    """Numbers of one type; the file lies in the folder and goes when nobody uses it any more."""

    def __init__(self, folder: Path, kind: npt.DTypeLike) -> None:
        self._kind = np.dtype(kind)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  it lives as long as this does
        self.size = 0

    def add(self, numbers: Array) -> None:
        """Add numbers after those added before."""
        self._file.write(np.ascontiguousarray(numbers, self._kind).data)
        self.size += len(numbers)

    def array(self) -> Array:
        """All that was added."""
        self._file.flush()
        return np.asarray(np.memmap(self._file, self._kind, "r")) if self.size else np.empty(0, self._kind)
