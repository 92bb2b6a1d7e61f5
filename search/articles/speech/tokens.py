"""Words and their kinds: the text between marks cut into tokens.

Copy repeats itself: what stands between two blanks ("Friday,", "Co.'s") is cut and classified once and then remembered,
up to a bound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.articles.speech.lexicon import CAPITAL_KINDS, KINDS
from search.articles.speech.marks import BREAK

_TOKEN = re.compile(r"\w+(?:(?:\.?-|['’.@/])\w+)*|[^\w\s]|\x1e")
_REMEMBERED = 50_000
_LONGEST = 30

#: The tokens between two blanks, a character of kind for each, and where each starts.
Chunk = tuple[list[str], str, list[int]]


class _Chunks(dict[str, Chunk]):
    """What stands between two blanks -> its tokens."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, chunk: str) -> Chunk:
        tokens = list(_TOKEN.finditer(chunk))
        words = [token.group() for token in tokens]
        found = words, "".join(map(self._kinds.__getitem__, words)), [token.start() for token in tokens]
        if len(chunk) <= _LONGEST and BREAK not in chunk:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[chunk] = found
        return found


_CHUNKS = {False: _Chunks(KINDS), True: _Chunks(CAPITAL_KINDS)}


class Tokens:
    """The tokens of a text as they are added: words, one character of kind for each, and starts."""

    def __init__(self, text: str, capitals: bool) -> None:
        self._text, self._chunks = text, _CHUNKS[capitals]
        self.words: list[str] = []
        self.kinds: list[str] = []
        self.starts: list[int] = []

    def cut(self, start: int, end: int) -> None:
        """Adds the tokens of a stretch of the text."""
        words, kinds, starts, chunks = self.words, self.kinds, self.starts, self._chunks
        for chunk in self._text[start:end].split(" "):
            found, kind, offsets = chunks[chunk]
            if len(found) == 1:  # by far the most are, and quicker so
                words.append(found[0])
                kinds.append(kind)
                starts.append(start + offsets[0])
            else:
                words += found
                kinds += kind
                starts += [start + offset for offset in offsets]
            start += len(chunk) + 1

    def fold(self, start: int) -> None:
        """Adds one token for a marked stretch."""
        self.words.append("")
        self.kinds.append("q")
        self.starts.append(start)
