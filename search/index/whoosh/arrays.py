"""One file of named arrays, memory-mapped whole: columns that every worker of a site shares and opens at once.

Layout: eight bytes of magic, the header's length as a little-endian 64-bit number, a JSON header naming each array
(dtype, length, offset from the end of the header, aligned to 64 bytes), then the arrays. No pickle.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.index.engine import DamagedIndex

Array = npt.NDArray[Any]

_MAGIC = b"BFARRAY1"
_ALIGN = 64
_KINDS = frozenset("biufS")


def write(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write one-dimensional arrays of numbers, booleans or bytes."""
    header, offset = [], 0
    for name, array in arrays.items():
        header.append([name, array.dtype.str, len(array), offset])
        offset += _padded(array.nbytes)
    text = json.dumps(header).encode()
    text += b" " * (-(len(text) + 16) % _ALIGN)
    with path.open("wb") as file:
        file.write(_MAGIC + len(text).to_bytes(8, "little") + text)
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(bytes(_padded(array.nbytes) - array.nbytes))


def read(path: Path) -> dict[str, Array]:
    """The arrays of a file, read-only and mapped. Raises DamagedIndex, naming the file."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _views(mapped)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedIndex(f"{path.name} is damaged ({error}); build the index again") from error


def _views(mapped: mmap.mmap) -> dict[str, Array]:
    if mapped[:8] != _MAGIC:
        raise ValueError("not a file of arrays")
    start = 16 + int.from_bytes(mapped[8:16], "little")
    views: dict[str, Array] = {}
    for name, dtype, length, offset in json.loads(mapped[16:start]):
        if np.dtype(dtype).kind not in _KINDS:
            raise ValueError(f"array {name} has the type {dtype}")
        views[name] = np.frombuffer(mapped, dtype=dtype, count=length, offset=start + offset)
    return views


def _padded(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN
