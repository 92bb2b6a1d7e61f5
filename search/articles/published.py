"""The day an article was published, and how that is known. Datelines carry no year, so it is inferred.

In this order: stated metadata; a dateline that states its year; the text; the file's modification time. From the text:

1. A full date within a week of the dateline's day settles the year.
2. Otherwise the candidates are the years that the text mentions as past or present and the year after each, except
   those before the latest of them: news does not come before what it reports. A year that is still to come ("by 2030",
   the end of "2018-2022") is no candidate.
3. The weekday that the opening names ("said on Monday") is the dateline's day. Where it fits candidates, they win over
   those that it does not fit; where it fits none, the day before is tried, then every weekday in the text.
4. Of several, and where no weekday is named: a year standing alone behind "in" or "since" ("exported in 2021") is over,
   since writers call the current one "this year", so the article is of the year after; a year beside a month or in the
   plain present ("March 2018") may be the current one.

The year is always one in which the dateline's day exists, and never after the file was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from search.articles.dates import Day, full_dates
from search.articles.model import PublishedFrom

_WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d$€£.,:/-])\b((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d)\b)?(?![\d%]|[.,:]\d)")
_COMING = re.compile(
    r"\b(?:by|until|till|through|before|to|toward|towards|than|beyond|will|would|plans?|planned|expected|target|next)\b"
    r"[^.;]{0,24}$",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:in|since|of|from|during|throughout|back in|early|late|mid|end-|than in)[ -]$", re.IGNORECASE)
_NOT_A_YEAR = re.compile(
    r"\s?(?:tonnes|tons|people|dollars|euros|km|miles|metres|meters|mw|bpd|gmt|hours|troops)\b", re.I
)
_LEAST_TIME = 631152000  # seconds: a file dated before 1990 has lost its date


@dataclass(frozen=True, slots=True)
class Mention:
    """A year that a text mentions: `over` where it stands as a completed one."""

    year: int
    over: bool


def published(
    stated: str | None, day: Day | None, texts: Sequence[str], modified: int | None, alone: bool = True
) -> tuple[str | None, PublishedFrom]:
    """ISO day and where it is known from. `texts` are read in order; `modified` is in nanoseconds since the epoch, and
    stands for a missing day only where the file holds the article `alone`."""
    if stated:
        return stated, "stated"
    if day and (iso := day.iso()):
        return iso, "dateline"
    written = _written(modified)
    if day and (year := inferred_year(day, texts, written)):
        return day.iso(year), "inferred"
    if written and day:
        return _latest(day, texts, written), "file"
    return (written.isoformat(), "file") if written and alone else (None, "unknown")


def inferred_year(day: Day, texts: Sequence[str], written: date | None = None) -> int | None:
    """The year of the dateline's day by what the texts say, None where they say nothing; not after `written`."""
    if settled := _by_full_date(day, texts):
        return settled
    mentions = [mention for text in texts for mention in _mentions(text)]
    if not mentions:
        return None
    latest = max(mention.year for mention in mentions)
    candidates = [year for year in (latest, latest + 1) if _possible(day, year, written)]
    if not candidates:
        return None
    fitting = _fitting(day, candidates, texts)
    if len(fitting) == 1:
        return fitting[0]
    over = any(mention.over for mention in mentions if mention.year == latest)
    return fitting[-1] if over else fitting[0]


def _by_full_date(day: Day, texts: Iterable[str]) -> int | None:
    for text in texts:
        for found, _ in full_dates(text):
            near = day.near(found.iso() or "") if found.iso() else None
            if near and abs(date.fromisoformat(near) - date.fromisoformat(found.iso() or "")) <= timedelta(days=7):
                return int(near[:4])
    return None


def _mentions(text: str) -> list[Mention]:
    """The years that a text mentions as past or present."""
    out = []
    for found in _YEAR.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if _NOT_A_YEAR.match(text, found.end()) or not 1900 < int(found[1]) < 2100:
            continue
        if not _COMING.search(before):
            out.append(Mention(int(found[1]), not found[2] and _OVER.search(before) is not None))
    return out


def _fitting(day: Day, candidates: list[int], texts: Sequence[str]) -> list[int]:
    """The candidates that the weekdays in the text fit best; all of them where it names none."""
    opening = _weekdays(texts[:1])
    everywhere = _weekdays(texts)
    for named, shift in ((opening, 0), (opening, 1), (everywhere, 0)):
        fitting = [year for year in candidates if (date(year, day.month, day.day).weekday() - shift) % 7 in named]
        if fitting:
            return fitting
    return candidates


def _weekdays(texts: Iterable[str]) -> set[int]:
    return {_WEEKDAYS[found.group().lower()] for text in texts for found in _WEEKDAY.finditer(text)}


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
    return datetime.fromtimestamp(seconds, UTC).date() if seconds > _LEAST_TIME else None
