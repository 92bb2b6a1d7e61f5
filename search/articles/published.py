"""The day an article was published, and how that is known. Datelines carry no year, so it is inferred.

In this order: stated metadata; a dateline that states its year; the text; the file's modification time. From the text:

1. A full date within a week of the dateline's day settles the year, above all one on that very day behind its own
   weekday; without a dateline's day, a full date with its weekday in the opening ("on Monday, June 4, 2018").
2. Otherwise the latest year L that the text reports on is taken: news does not come before what it reports. Years still
   to come ("by 2030", "due 1993", the end of "for 2018-2022") are no reports; years of which something is expected
   ("will grow in 2022") may be the current one.
3. Candidates are L, L+1 and, where a weekday speaks for it, L+2, the next year of which something is expected or which
   is still to come, or the year before that. The weekday that the opening names ("said on Monday") is that of the
   dateline's day, or else of the day before; a candidate that it fits wins.
4. Where no weekday decides, L+1 comes first when L stands alone: writers call the current year "this year", so
   "exported in 2021" was written in 2022. L comes first when the text compares it with the year before it ("2017 …
   2018"), gives a day of it, or expects something of it.

Without a weekday this is a guess: on financial copy whose dates were withheld it was right in under half of the cases,
and the day says that it is `inferred`. The year always has the dateline's day, and is never after the file was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal

from msgspec import Struct

from search.articles.model import PublishedFrom
from search.articles.wire.dates import Day, full_dates, may_hold_years, month_number

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b")
_WEEKDAY_BEFORE = re.compile(rf"\b({'|'.join(_WEEKDAYS)}),? $", re.IGNORECASE)
_YEAR = re.compile(
    r"((?:19|20)(?<![\w$€£.,:/#-]..)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d))?(?![\w%]|[.,:/-]\d|'s\s|\s?(?:tonnes|tons|people|"
    r"dollars|dlrs|euros|km|miles|feet|metres|meters|mw|bpd|gmt|hours|troops|points|mln|bln)\b)"
)
_COMING = re.compile(
    r"\b(?:by|until|till|through|before|to|toward|towards|than|beyond|due|matur\w+|expir\w+|ends?|ending|deadline|next)\b"
    r"[^.;]{0,24}$",
    re.IGNORECASE,
)
_COMING_REACH = 40  # characters of that, the cue included
_EXPECTED = re.compile(
    r"\b(?:will|would|plans?|planned|planning|expect\w*|forecasts?|targets?|projected|estimated|(?-i:may)|could|should|aims?)\b"
    r"[^.;]*$",
    re.IGNORECASE,
)
_DAY_OF = re.compile(r"\b([A-Z][a-z]{2,8})\.? \d{1,2},? $")
_LONGEST_DAY = 15  # characters of that
_MOST_MENTIONS = 500  # years that are looked at, so that a text of nothing else costs no more
_FIRST_FILE = 631152000  # seconds: a file dated before 1990 has lost its date


class _Mention(Struct, frozen=True):
    """A year in a text: reported, expected or coming; `dated` where one day of it is meant."""

    year: int
    kind: Literal["reported", "expected", "coming"]
    dated: bool = False


def published(
    stated: str | None, day: Day | None, texts: Sequence[str], modified: int | None, *, alone: bool = True
) -> tuple[str | None, PublishedFrom]:
    """The ISO day and where it is known from.

    `texts` are the article's, the opening first. `modified` is in nanoseconds since the epoch; it tells of
    the article only where the file holds it `alone`.
    """
    if stated:
        return stated, "stated"
    if day and day.year:
        return day.iso(), "dateline"
    if not day and (iso := _dated_opening(texts[:1])):
        return iso, "inferred"
    written = _written(modified)
    if day and (year := inferred_year(day, texts, written)):
        return day.iso(year), "inferred"
    if not (written and alone):
        return None, "unknown"
    return (_latest(day, texts, written) if day else written.isoformat()), "file"


def _dated_opening(texts: Iterable[str]) -> str | None:
    """The day of the event that the opening tells of with weekday and full date: "on Monday, June 4, 2018"."""
    for text in texts:
        for found, start in full_dates(text):
            iso = found.iso() or ""
            if _named_rightly(iso, text[max(0, start - 14) : start]):
                return iso
    return None


def _named_rightly(iso: str, before: str) -> bool:
    """Whether the day stands behind the name of its own weekday: "on Monday, June 4, 2018"."""
    named = _WEEKDAY_BEFORE.search(before)
    return named is not None and _WEEKDAYS[date.fromisoformat(iso).weekday()] == named[1].lower()


def inferred_year(day: Day, texts: Sequence[str], written: date | None = None) -> int | None:
    """The year of the dateline's day by what the texts say, None where they say nothing; not after `written`."""
    dated = list(filter(may_hold_years, texts))
    mentions = list(islice((mention for text in dated for mention in _mentions(text)), _MOST_MENTIONS))
    latest = max((mention.year for mention in mentions if mention.kind == "reported"), default=None)
    if settled := _by_full_date(day, dated, latest or 0):
        return settled
    expected = [mention.year for mention in mentions if mention.kind == "expected"]
    ahead = min((year for year in expected if year > (latest or 0)), default=None)
    near = [year for year in ((ahead, ahead - 1) if ahead else ()) if _possible(day, year, written)]
    order = [year for year in (_order(latest, mentions) if latest else ()) if _possible(day, year, written)]
    coming = min((mention.year for mention in mentions if mention.kind == "coming"), default=None)
    last = [year for year in ((coming, coming - 1) if coming else ()) if _possible(day, year, written)]
    return _by_weekday(day, [*near, *order, *last], texts) or next(iter(order), None)


def _order(latest: int, mentions: Iterable[_Mention]) -> tuple[int, ...]:
    """The candidates, likeliest first."""
    expected = {mention.year for mention in mentions if mention.kind == "expected"}
    compared = any(mention.year == latest - 1 for mention in mentions)
    dated = any(mention.dated for mention in mentions if mention.year == latest)
    current = (compared or dated or latest in expected) and latest + 1 not in expected
    return (latest, latest + 1, latest + 2) if current else (latest + 1, latest, latest + 2)


def _by_full_date(day: Day, texts: Iterable[str], earliest: int) -> int | None:
    """The year of a full date within a week of the day; not of one to come, nor of an anniversary, which comes before
    other years in the text."""
    for text in texts:
        for found, start in full_dates(text):
            iso = found.iso() or ""
            near = day.near(iso) or ""
            if near == iso and _named_rightly(iso, text[max(0, start - 14) : start]):
                return int(iso[:4])
            close = near and abs(date.fromisoformat(near) - date.fromisoformat(iso)) <= timedelta(days=7)
            if close and int(near[:4]) >= earliest and not _COMING.search(text[max(0, start - _COMING_REACH) : start]):
                return int(near[:4])
    return None


def _mentions(text: str) -> Iterable[_Mention]:
    for found in _YEAR.finditer(text):
        before = text[max(0, found.start() - 80) : found.start()]
        year, end = int(found[1]), found[2]
        if end and not before.endswith(" for "):  # a plan for 2018-2022 is reported on in its first year
            year = int(found[1][: 4 - len(end)] + end)
        if not int(found[1]) <= year < 2100:
            continue
        dated = _DAY_OF.search(before, len(before) - _LONGEST_DAY)
        yield _Mention(year, _kind(before), dated is not None and month_number(dated[1]) is not None)


def _kind(before: str) -> Literal["reported", "expected", "coming"]:
    clause = max(before.rfind("."), before.rfind(";")) + 1  # neither pattern reaches across these
    if _COMING.search(before, max(clause, len(before) - _COMING_REACH)):
        return "coming"
    return "expected" if _EXPECTED.search(before, clause) else "reported"


def _by_weekday(day: Day, candidates: Sequence[int], texts: Sequence[str]) -> int | None:
    """The first candidate that the weekdays fit: those of the opening, also as the day before, then those anywhere."""
    if not candidates:
        return None
    opening = _weekdays(texts[:1])
    for named, shift in ((opening, 0), (opening, 1)) if opening else ((_weekdays(texts), 0),):
        for year in candidates:
            if (date(year, day.month, day.day).weekday() - shift) % 7 in named:
                return year
    return None


def _weekdays(texts: Iterable[str]) -> set[int]:
    lower = (text.lower() for text in texts)
    return {_WEEKDAYS.index(found[0]) for text in lower if "day" in text for found in _WEEKDAY.finditer(text)}


def _possible(day: Day, year: int, written: date | None) -> bool:
    iso = day.iso(year)
    return iso is not None and (written is None or date.fromisoformat(iso) <= written + timedelta(days=1))


def _latest(day: Day, texts: Sequence[str], written: date) -> str | None:
    """The last such day before the file was written, on the weekday that the opening names where one has it."""
    years = [year for year in range(written.year, written.year - 12, -1) if _possible(day, year, written)]
    named = _weekdays(texts[:1])
    chosen = next((year for year in years if date(year, day.month, day.day).weekday() in named), None)
    return day.iso(chosen or years[0]) if years else None


def _written(modified: int | None) -> date | None:
    seconds = (modified or 0) / 1e9
    return datetime.fromtimestamp(seconds, UTC).date() if seconds > _FIRST_FILE else None
