"""A file of named arrays: aligned, checksummed, memory-mapped once and shared by all who map it.

Layout, all numbers little-endian: eight bytes of magic; the file's length, the header's length and the header's CRC-32
as 64-bit numbers; the header, JSON; then the arrays, each aligned to 64 bytes and followed by zeros. The header names
each array with its type, length, offset from the beginning of the file and CRC-32, and carries the segment's facts.
Opening checks magic, lengths and header; `damages` reads every byte. There is no pickle and nothing is executed.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.index.engine import DamagedIndex

Array = npt.NDArray[Any]

MAGIC = b"BACKFSEG"
VERSION = 3
_START = struct.Struct("<8sQQQ")
_ALIGN = 64
_TYPES = frozenset({"|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f4", "<f8"})


def write(path: Path, arrays: Mapping[str, Array | Sequence[Array]], facts: Mapping[str, Any]) -> None:
    """Write one-dimensional arrays of numbers and a few JSON facts, and make them durable.

    An array may be given as parts, of one type, that are written one after the other without being put together.
    """
    parted = {name: [array] if isinstance(array, np.ndarray) else array for name, array in arrays.items()}
    flat = {name: [np.ascontiguousarray(part) for part in parts] for name, parts in parted.items()}
    header = _header(flat, facts)
    with path.open("xb") as file:
        file.write(header)
        for parts in flat.values():
            for part in parts:
                file.write(part.data)
            size = sum(part.nbytes for part in parts)
            file.write(bytes(_padded(size) - size))
        file.flush()
        os.fsync(file.fileno())


def _header(arrays: Mapping[str, Sequence[Array]], facts: Mapping[str, Any]) -> bytes:
    """The header for these arrays: offsets depend on its own length, so room for that is set aside first."""
    entries = [[name, parts[0].dtype.str, sum(map(len, parts)), _crc(parts)] for name, parts in arrays.items()]
    room = _padded(_START.size + 32 * len(entries) + len(json.dumps([VERSION, facts, entries]).encode()))
    offset, placed = room, []
    for (name, kind, length, crc), parts in zip(entries, arrays.values(), strict=True):
        placed.append([name, kind, length, offset, crc])
        offset += _padded(sum(part.nbytes for part in parts))
    text = json.dumps({"version": VERSION, "facts": facts, "arrays": placed}).encode()
    text = text.ljust(room - _START.size)
    return _START.pack(MAGIC, offset, len(text), zlib.crc32(text)) + text


def _crc(parts: Sequence[Array]) -> int:
    found = 0
    for part in parts:
        found = zlib.crc32(part.data, found)
    return found


class SegmentFile:
    """A mapped file: `arrays` by name, read-only, and `facts`. Raises DamagedIndex, naming the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.size = len(self._map)
            header = self._read_header()
            self.facts: dict[str, Any] = header["facts"]
            self._crcs = {name: crc for name, _, _, _, crc in header["arrays"]}
            self.arrays = {name: self._view(*place) for name, *place, _ in header["arrays"]}
        except (OSError, ValueError, TypeError, KeyError, struct.error) as error:
            raise DamagedIndex(f"{path.name} is damaged: {error}. Build the index again.") from error

    def damages(self) -> Iterator[str]:
        """Reads all arrays back; says which are not as they were written."""
        for name, array in self.arrays.items():
            if zlib.crc32(array.data) != self._crcs[name]:
                yield f"the array {name} is not as it was written"
        if self._gaps_hold_anything():
            yield "there is something between the arrays"

    def _read_header(self) -> dict[str, Any]:
        magic, length, header_length, crc = _START.unpack_from(self._map)
        if magic != MAGIC:
            raise ValueError("it is not a segment")
        if length != self.size:
            raise ValueError(f"it has {self.size} bytes instead of {length}")
        text = self._map[_START.size : _START.size + header_length]
        if len(text) != header_length or zlib.crc32(text) != crc:
            raise ValueError("its header is not as it was written")
        header: dict[str, Any] = json.loads(text)
        if header["version"] != VERSION:
            raise ValueError(f"it has version {header['version']}, not {VERSION}")
        return header

    def _view(self, kind: str, length: int, offset: int) -> Array:
        if kind not in _TYPES:
            raise ValueError(f"it has an array of type {kind}")
        return np.frombuffer(self._map, np.dtype(kind), length, offset)

    def _gaps_hold_anything(self) -> bool:
        ends = [(array.nbytes, array) for array in self.arrays.values()]
        base = np.frombuffer(self._map, np.uint8)
        start = base.__array_interface__["data"][0]
        for size, array in ends:
            end = array.__array_interface__["data"][0] - start + size
            if self._map[end : end + _padded(size) - size].strip(b"\0"):
                return True
        return False


def _padded(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN
