"""Sorted strings in one blob with offsets: a dictionary that is mapped, not loaded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

_LAST = b"\xff"


class Lexicon(Sequence[bytes]):
    """Byte strings in ascending order."""

    def __init__(self, blob: Array, starts: Array) -> None:
        self._blob = blob.data
        self._starts = starts.data

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]
        return bytes(self._blob[self._starts[index] : self._starts[index + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.slice(0, len(self)))

    def slice(self, start: int, end: int) -> list[bytes]:
        """The strings from `start` to `end`, faster than one by one."""
        starts = self._starts[start : end + 1].tolist()
        blob = bytes(self._blob[starts[0] : starts[-1]]) if end > start else b""
        first = starts[0]
        return [blob[a - first : b - first] for a, b in pairwise(starts)]

    def find(self, word: bytes, start: int = 0, end: int | None = None) -> int | None:
        """Where the string stands between `start` and `end`, or None."""
        at = self.first(word, start, end)
        return at if at < (len(self) if end is None else end) and self[at] == word else None

    def all_of(self, word: bytes) -> range:
        """Where the string stands, which may be listed several times."""
        start = end = self.first(word)
        while end < len(self) and self[end] == word:
            end += 1
        return range(start, end)

    def first(self, word: bytes, start: int = 0, end: int | None = None) -> int:
        """Where the first string stands that is not before this one."""
        return bisect_left(self, word, start, len(self) if end is None else end)

    def beginning_with(self, prefix: bytes) -> range:
        """Where the strings stand that begin so."""
        return range(self.first(prefix), self.first(prefix + _LAST))


def lexicon_arrays(name: str, words: Iterable[bytes]) -> dict[str, Array]:
    """The arrays of a lexicon of these strings, which must be sorted."""
    listed = list(words)
    starts = np.zeros(len(listed) + 1, np.uint32)
    np.cumsum(np.fromiter(map(len, listed), np.uint32, len(listed)), out=starts[1:])
    return {f"{name}.blob": np.frombuffer(b"".join(listed), np.uint8), f"{name}.starts": starts}


def lexicon_of(name: str, arrays: Mapping[str, Array]) -> Lexicon:
    """The lexicon kept under a name."""
    return Lexicon(arrays[f"{name}.blob"], arrays[f"{name}.starts"])
