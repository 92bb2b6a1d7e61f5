"""Why an article was read as it was: for each value, the words of its own text that led to it.

Nothing is kept of this while reading. It is found again in the finished article when somebody asks, so that reading
thousands of articles pays nothing for it. The text is gone through once, however many quotes and names are asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import day_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from search.articles.model import Article, Paragraph, Quote
from search.articles.speech.lexicon import is_abbreviation
from search.articles.wire.dates import full_dates

_AROUND = 45  # characters shown to either side of what is pointed at
_REACH = 400  # characters to either side of a quote in which its attribution is looked for
_PLACES = 12  # of a surname in the text that are looked at for the whole name
_DATES = 2
_WEEK = timedelta(days=7)
_WORD = re.compile(r"\w+")
_END = re.compile(r"(\w*)([.!?…]+)[\"'”’»)\]]*\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(day_name)})\b")

Span = tuple[int, int]
Sign = tuple[str, str, int, int]  # where it stands, the text there, and its offsets in that


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of an article and where they stand: "headline", "lead" or "paragraph 3"."""

    where: str
    text: str


class Evidence:
    """One article's text, made ready to be asked."""

    def __init__(self, article: Article) -> None:
        self._article = article
        body = [(f"paragraph {paragraph.n}", paragraph.text) for paragraph in article.paragraphs]
        self._texts = [*body, ("lead", article.lead or ""), ("headline", article.headline)]
        self._paragraphs: dict[int, Paragraph] = {paragraph.n: paragraph for paragraph in article.paragraphs}
        self._said: dict[int, list[Span]] = {}
        for quote in sorted(article.quotes, key=lambda quote: quote.start):
            self._said.setdefault(quote.paragraph, []).append((quote.start, quote.end))
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, (_, text) in enumerate(self._texts):
            for found in _WORD.finditer(text):
                held = self._places.setdefault(found[0].casefold(), [])
                if len(held) < _PLACES:
                    held.append((number, found.end()))

    def attribution(self, quote: Quote) -> Words | None:
        """The sentence in which the cue of a quote stands, what is said left out; None for a quote without one."""
        if not quote.cue:
            return None
        for n in (quote.paragraph, quote.paragraph - 1):
            text = self._paragraphs[n].text if n in self._paragraphs else ""
            near = (quote.start, quote.end) if n == quote.paragraph else (len(text), len(text))
            first = max(0, near[0] - _REACH)
            text = text[first : near[1] + _REACH]
            said = [(max(0, start - first), end - first) for start, end in self._beside(n, first, near[1] + _REACH)]
            at = _nearest(quote.cue, text, said, (near[0] - first, near[1] - first))
            if at is not None:
                return Words(f"paragraph {n}", _sentence(text, said, at))
        return None

    def mention(self, name: str) -> Words | None:
        """Where a name first stands, with the words around it; by its last word where the text spells it otherwise."""
        words = _WORD.findall(name)
        places = self._places.get(words[-1].casefold(), []) if words else []
        whole = [place for place in places if self._before(place, len(name)).casefold() == name.casefold()]
        if not places:
            return None
        number, end = (whole or places)[0]
        where, text = self._texts[number]
        return Words(where, _around(text, end - (len(name) if whole else len(words[-1])), end))

    def dating(self) -> Iterator[Words]:
        """What speaks for the year of an inferred day: full dates near it, its weekday, the years mentioned.

        What was shown beside something else is not shown again.
        """
        if self._article.published_from != "inferred" or not self._article.published:
            return
        day = date.fromisoformat(self._article.published)
        shown: list[tuple[Words, int]] = []
        for where, text, start, end in (*islice(self._dates(day), _DATES), *self._weekday(day), *self._years(day)):
            beside = (words for words, at in shown if words.where == where and abs(at - start) <= _AROUND)
            if not any(text[start:end] in words.text for words in beside):
                shown.append((Words(where, _around(text, start, end)), start))
                yield shown[-1][0]

    def _beside(self, n: int, first: int, last: int) -> list[Span]:
        """What is said between two offsets of a paragraph."""
        spans = self._said.get(n, [])
        begin = max(0, bisect_left(spans, (first, 0)) - 1)
        return [span for span in spans[begin : bisect_left(spans, (last, 0))] if span[1] > first]

    def _before(self, place: tuple[int, int], length: int) -> str:
        number, end = place
        return self._texts[number][1][max(0, end - length) : end]

    def _dates(self, day: date) -> Iterator[Sign]:
        for where, text in self._texts:
            for found, start in full_dates(text):
                if abs(date.fromisoformat(found.iso() or "") - day) <= _WEEK:
                    yield where, text, start, start + 10

    def _weekday(self, day: date) -> Iterator[Sign]:
        """The weekday that the text names first, where it is the day's own or that of the day before."""
        names = [day_name[each.weekday()] for each in (day, day - timedelta(days=1))]
        for where, text in self._texts:
            if found := _WEEKDAY.search(text):
                if found[0] in names:
                    yield where, text, *found.span()
                return

    def _years(self, day: date) -> Iterator[Sign]:
        """The first mention of each year from two before the day's to the one after."""
        seen: set[int] = set()
        for where, text in self._texts:
            for found in _YEAR.finditer(text):
                year = int(found[0])
                if year not in seen and day.year - 2 <= year <= day.year + 1:
                    seen.add(year)
                    yield where, text, *found.span()


def _nearest(cue: str, text: str, said: list[Span], to: Span) -> int | None:
    """Where the cue stands outside of what is said, with as little as possible between it and a quote."""
    form = re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)" if cue[-1].isalnum() else re.escape(cue), re.IGNORECASE)
    places = [found.start() for found in form.finditer(text)]
    free = [at for at in places if not any(start <= at < end for start, end in said)]
    return min(free, key=lambda at: max(to[0] - at, at - to[1]), default=None)


def _sentence(text: str, said: list[Span], at: int) -> str:
    """The sentence around an offset; what is said in it becomes an ellipsis."""
    first, last = 0, len(text)
    for found in _END.finditer(text):
        if _ends(found, said):
            if found.end() > at:
                last = found.end()
                break
            first = found.end()
    pieces = [first]
    for start, end in said:
        if start < last and end > first:
            pieces += [max(start, pieces[-1]), max(end, pieces[-1])]
    outside = [text[start:end] for start, end in zip(pieces[::2], [*pieces[1::2], last], strict=True)]
    return " ".join("…".join(outside).split())


def _ends(found: re.Match[str], said: list[Span]) -> bool:
    """Whether a stop ends a sentence of the writer's, not one inside of what is said, nor an abbreviation."""
    at = found.start(2)
    if any(start <= at < end - 1 for start, end in said):
        return False
    return found[2] != "." or not (len(found[1]) == 1 or is_abbreviation(found[1]))


def _around(text: str, start: int, end: int) -> str:
    """Words with their neighbours, cut between words."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        last = text.rfind(" ", end, last) if " " in text[end:last] else end
    cut = " ".join(text[first:last].split())
    return ("… " if first else "") + cut + (" …" if last < len(text) else "")
