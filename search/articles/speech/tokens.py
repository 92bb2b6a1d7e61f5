"""Words and their kinds: the text between marks cut into tokens.

Copy repeats itself: what stands between two blanks ("Friday,", "Co.'s") is cut and classified once and then remembered,
up to a bound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.articles.speech.lexicon import CAPITAL_KINDS, KINDS, is_abbreviation
from search.articles.speech.marks import BREAK

_TOKEN = re.compile(r"(?:(?<!\.)\.(?=\d))?\w+(?:(?:\.?-|['’.@/])\w+)*|[^\w\s]|\x1e")
_REMEMBERED = 50_000
_LONGEST = 30
_ABBREVIATED = frozenset("TINREKwDSvd0")

#: The tokens between two blanks, a character of kind for each, and where each starts; the width with the blank; and
#: the word, where it is one and nothing else, as by far the most are: that is quicker.
Chunk = tuple[list[str], str, list[int], int, str]


class _Chunks(dict[str, Chunk]):
    """What stands between two blanks -> its tokens."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, chunk: str) -> Chunk:
        tokens = list(_TOKEN.finditer(chunk))
        words = [token.group() for token in tokens]
        alone = chunk if words == [chunk] else ""
        kinds = [self._kinds[word] for word in words]
        for stop in range(1, len(kinds)):
            before = kinds[stop - 1]
            if kinds[stop] == "." and before in _ABBREVIATED and (before == "I" or is_abbreviation(words[stop - 1])):
                kinds[stop] = "~"
        found = words, "".join(kinds), [token.start() for token in tokens], len(chunk) + 1, alone
        if len(chunk) <= _LONGEST:
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
        paragraphs = self._text[start:end].split(BREAK)
        self._cut(paragraphs[0], start)
        start += len(paragraphs[0])
        for paragraph in paragraphs[1:]:
            self._add(BREAK, "¶", start)
            self._cut(paragraph, start + 1)
            start += len(paragraph) + 1

    def _cut(self, text: str, start: int) -> None:
        words, kinds, starts = self.words, self.kinds, self.starts
        for found, kind, offsets, width, alone in map(self._chunks.__getitem__, text.split(" ")):
            if alone:
                words.append(alone)
                kinds.append(kind)
                starts.append(start)
            else:
                words += found
                kinds += kind
                starts += [start + offset for offset in offsets]
            start += width

    def fold(self, start: int) -> None:
        """Adds one token for a marked stretch."""
        self._add("", "q", start)

    def _add(self, word: str, kind: str, start: int) -> None:
        self.words.append(word)
        self.kinds.append(kind)
        self.starts.append(start)
