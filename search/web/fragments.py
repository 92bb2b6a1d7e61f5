"""Links to a passage: the text fragments that browsers scroll to and mark (WICG Scroll to Text Fragment).

`#p3:~:text=…` names the paragraph too, for browsers that know no text fragments. A browser takes the first place where
the words stand: so many words are named, and if need be those before them, that this is the passage. Where no words
can tell it apart, the paragraph alone is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from urllib.parse import quote

from search.articles.model import Article, Quote
from search.query.results import Snippet
from search.web.room import SHORTENED

_WHOLE = 90  # characters of a passage that is named whole; of a longer one, its beginning and its end
_LONGEST = 400  # characters that are named at all
_FEW, _MANY = 4, 10  # words at the beginning and at the end: mostly, and where those are not enough
_LOOKED_FOR = 4  # passages of an article: of more, all runs of words are noted once
_WORD = re.compile(r"\w+")

Spans = Sequence[tuple[int, int]]


class Fragments:
    """The fragments of one article, found in one pass over its words."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._firsts: dict[int, dict[tuple[str, ...], int]] = {}
        self._asked = 0

    def of_paragraph(self, n: int) -> str:
        """The fragment of a whole paragraph."""
        return self.of_passage(n, 0, len(self._texts[n]))

    def of_snippet(self, snippet: Snippet) -> str:
        """The fragment of a passage of a hit, which may have been shortened."""
        end = snippet.start + len(snippet.text.removesuffix(SHORTENED))
        return self.of_passage(snippet.paragraph, snippet.start, end)

    def of_quote(self, one: Quote) -> str:
        """The fragment of a quote."""
        return f"#q-{one.id}{self._directive(one.paragraph, one.start, one.end)}"

    def of_passage(self, paragraph: int | None, start: int, end: int) -> str:
        """The fragment of part of a paragraph, or of the lead (None), which has no anchor; it may be empty."""
        directive = self._directive(paragraph, start, end)
        if paragraph is None:
            return f"#{directive}" if directive else ""
        return f"#p{paragraph}{directive}"

    @cached_property
    def _texts(self) -> dict[int | None, str]:
        """The texts in the order of the page but for the headline; None is the lead."""
        return {None: self._article.lead or "", **{p.n: p.text for p in self._article.paragraphs}}

    @cached_property
    def _numbered(self) -> tuple[list[str], dict[int | None, int]]:
        """All words of the page, and how many stand before each text."""
        words = _words(self._article.headline)
        before: dict[int | None, int] = {}
        for n, text in self._texts.items():
            before[n] = len(words)
            words += _words(text)
        return words, before

    def _directive(self, paragraph: int | None, start: int, end: int) -> str:
        text = self._texts.get(paragraph, "")
        first = len(_WORD.findall(text, 0, start))
        spans = [found.span() for found in _WORD.finditer(text, start, end)]
        at = self._numbered[1].get(paragraph, 0) + first
        for before, size in _choices(first, len(spans)):
            if self._comes_first(at - before, before + size):
                named = _named(text, spans, start, end, size)
                if before and named:
                    since = list(_WORD.finditer(text, 0, start))[-before].start()
                    named = f"{_encoded(text[since:start])}-,{named}"
                return f":~:text={named}" if named else ""
        return ""

    def _comes_first(self, at: int, size: int) -> bool:
        """Whether so many words stand nowhere before this place: looked for a few times, then looked up."""
        words, _ = self._numbered
        self._asked += 1
        if self._asked <= _LOOKED_FOR:
            return not _stands_in(words[at : at + size], words, at)
        if size not in self._firsts:
            firsts: dict[tuple[str, ...], int] = {}
            for n, run in enumerate(zip(*(words[k:] for k in range(size)), strict=False)):
                firsts.setdefault(run, n)
            self._firsts[size] = firsts
        return self._firsts[size].get(tuple(words[at : at + size])) == at


def _choices(before: int, size: int) -> Iterator[tuple[int, int]]:
    """How many words to name before a passage and at its beginning, the fewest first."""
    if not size:
        return
    yield 0, min(_FEW, size)
    yield 0, min(_MANY, size)
    if before:
        yield min(_FEW, before), min(_FEW, size)
        yield min(_MANY, before), min(_MANY, size)


def _named(text: str, spans: Spans, start: int, end: int, size: int) -> str:
    """The passage whole, or by the words at its beginning and at its end; nothing where both would be too long."""
    if end - start > _WHOLE:
        words = [text[a:b].casefold() for a, b in spans]
        for last in (_FEW, _MANY):
            if size + last <= len(words) and not _stands_in(words[-last:], words[size:], len(words) - size - last):
                named = text[start : spans[size - 1][1]], text[spans[-last][0] : end]
                return ",".join(map(_encoded, named)) if sum(map(len, named)) <= _LONGEST else ""
    return _encoded(text[start:end]) if end - start <= _LONGEST else ""


def _stands_in(run: list[str], words: list[str], before: int) -> bool:
    """Whether the words begin anywhere before this place."""
    at = -1
    with suppress(ValueError):  # no further one
        while True:
            at = words.index(run[0], at + 1, before)
            if words[at : at + len(run)] == run:
                return True
    return False


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _encoded(text: str) -> str:
    """Percent-encoded, the characters too that mean something in a text directive: - , &."""
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")
