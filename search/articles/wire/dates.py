"""Days as news copy and metadata write them: month names, days without a year, full dates, ISO 8601.

Everything that knows how a date is spelt stands here; what a date *means* for an article is `published.py`'s business.
Month names are read in the languages of the large agencies, abbreviated or misspelt, because copy is typed in a hurry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA

_NAMES: tuple[str, ...] = (
    "january janvier januar enero gennaio janeiro januari январь января",
    "february fevrier februar febrero febbraio fevereiro februari февраль февраля",
    "march mars maerz marz marzo marco maart март марта",
    "april avril abril aprile апрель апреля",
    "may mai mayo maggio maio mei май мая",
    "june juin juni junio giugno junho июнь июня",
    "july juillet juli julio luglio julho июль июля",
    "august aout agosto augustus август августа",
    "september septembre septiembre settembre setembro сентябрь сентября",
    "october octobre oktober octubre ottobre outubro октябрь октября",
    "november novembre noviembre novembro ноябрь ноября",
    "december decembre dezember diciembre dicembre dezembro декабрь декабря",
)
_BY_NAME = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_ABBREVIATED = {name[:length]: number for name, number in _BY_NAME.items() for length in range(3, len(name))}
_ENGLISH = [names.split()[0] for names in _NAMES]
_ABBREVIATED |= {name[:3]: number for number, name in enumerate(_ENGLISH, 1)}  # English wins: "mar", "jun"

_WORD = r"[^\W\d_]{3,10}"
_DAY = r"(?:[0-3]?\d|[1-3]O|(?<=\s)l)(?:st|nd|rd|th)?"  # a typist's O for 0 and l for 1
_FULL_YEAR = r"(?:1[6-9]|20)\d\d"
_YEAR = rf"(?:{_FULL_YEAR}|'?\d\d)"
_MONTH_DAY = rf"(?P<month>{_WORD})[.,]{{0,2}}\s{{0,3}}(?P<day>{_DAY})(?:,?\s{{1,3}}(?P<year>{_YEAR}))?"
_DAY_MONTH = rf"(?P<day>{_DAY})\.?\s{{1,3}}(?:de\s)?(?P<month>{_WORD})\.?(?:,?\s{{1,3}}(?:de\s)?(?P<year>{_YEAR}))?"
_ISO = rf"(?P<year>{_FULL_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)"
_EDGE = r"(?<![^\W_])"
_TRAILING = tuple(re.compile(rf"{_EDGE}{form}$") for form in (_DAY_MONTH, _MONTH_DAY, _ISO))
_LEADING = tuple(re.compile(rf"{form}(?![^\W_])") for form in (_MONTH_DAY, _DAY_MONTH, _ISO))
_DAY_LIKE = re.compile(r"\d|(?<=\s)l")
_NO_DATE = re.compile(r"\bno date$", re.IGNORECASE)

_IN_TEXT = re.compile(
    rf"\b(?:([^\W\d_]{{3,10}})\.?\s([0-3]?\d)(?:st|nd|rd|th)?,?\s({_FULL_YEAR})"
    rf"|([0-3]?\d)(?:st|nd|rd|th)?\s([^\W\d_]{{3,10}})\.?,?\s({_FULL_YEAR})|({_FULL_YEAR})-(\d\d)-(\d\d))\b"
)
_YEAR_IN_TEXT = re.compile(r"(?:1[6-9]|20)(?<!\w..)\d\d(?!\w)")
_TWO_NUMBERS = re.compile(r"\d\D+\d")
_AROUND_YEAR = 18, 7  # characters of a full date before its year, and behind it with the one that follows
_STATED = re.compile(r"(\d{1,2})[- /.]([^\W\d_]{3,10})[- /.,]{1,2}(\d{4})")
_COMPACT = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")


class Day(Struct, frozen=True):
    """A day of the year, and the year where it is stated."""

    month: int
    day: int
    year: int | None = None

    def iso(self, year: int | None = None) -> str | None:
        """ISO 8601 in the stated year, else in `year`; None without a year, or where that year has no such day."""
        chosen = self.year or year
        if chosen is None:
            return None
        try:
            return date(chosen, self.month, self.day).isoformat()
        except ValueError:
            return None

    def near(self, iso: str) -> str | None:
        """The day in the year that puts it nearest to `iso`: 31 December belongs to the year before a 1 January."""
        if self.year:
            return self.iso()
        there = date.fromisoformat(iso)
        found = [value for year in (there.year - 1, there.year, there.year + 1) if (value := self.iso(year))]
        return min(found, key=lambda value: abs(date.fromisoformat(value) - there), default=None)


@lru_cache(maxsize=4096)
def month_number(word: str) -> int | None:
    """1 to 12 for a month's name, abbreviation or near miss ("Sept", "MArch", "Febuary", "juil"), else None."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    number = _BY_NAME.get(plain) or _ABBREVIATED.get(plain)
    if number or len(plain) < 4:
        return number
    allowed = 1 if len(plain) < 7 else 2
    misses = [
        (OSA.distance(plain, name), number)
        for number, name in enumerate(_ENGLISH, 1)
        if name[0] == plain[0] and len(name) > 3
    ]
    distance, number = min(misses, default=(allowed + 1, 0))
    return number if distance <= allowed else None


def trailing_day(text: str) -> tuple[Day | None, int] | None:
    """The day that `text` ends with and where it begins; (None, start) for "NO DATE"; None where it ends otherwise."""
    if not text[-1:].isalnum() and text[-1:] != ".":
        return None
    for form in _TRAILING if _DAY_LIKE.search(text, max(0, len(text) - 28)) else ():
        for start in (max(0, len(text) - 28), max(0, len(text) - 16)):
            found = form.search(text, start)
            day = found and _day(found)
            if found and day:
                return day, found.start()
    undated = _NO_DATE.search(text)
    return (None, undated.start()) if undated else None


def leading_day(text: str) -> tuple[Day, int] | None:
    """The day that `text` begins with and where it ends."""
    for form in _LEADING:
        found = form.match(text)
        day = found and _day(found)
        if found and day:
            return day, found.end()
    return None


def may_hold_years(text: str) -> bool:
    """Whether a text may hold a year of four figures: a quick look that spares most texts all others."""
    if "1" not in text and "2" not in text:
        return False
    return "19" in text or "20" in text or "18" in text or "17" in text or "16" in text


def full_dates(text: str) -> Iterator[tuple[Day, int]]:
    """Every full date in a text with its offset: "June 4, 2018", "4 June 2018", "2018-06-04"."""
    for found in _dates_in(text):
        name, day, year, day_first, name_second, year_second, iso_year, iso_month, iso_day = found.groups()
        month = int(iso_month) if iso_month else month_number(name or name_second)
        checked = month and _valid(month, int(day or day_first or iso_day), int(year or year_second or iso_year))
        if checked:
            yield checked, found.start()


def _dates_in(text: str) -> Iterator[re.Match[str]]:
    """What looks like a full date. Only the surroundings of years with another number are searched: most have none."""
    at = 0
    before, behind = _AROUND_YEAR
    for year in _YEAR_IN_TEXT.finditer(text):
        if year.start() < at:
            continue
        around = max(at, year.start() - before), year.end() + behind
        if _TWO_NUMBERS.search(text, *around) and (found := _IN_TEXT.search(text, *around)):
            yield found
            at = found.end()


def stated_date(value: object) -> str | None:
    """The ISO day of a date in metadata: ISO 8601, "26-FEB-1987 15:01", RFC 2822, "4.6.2018", a Unix time; else None.

    A day keeps the calendar day written there, whatever its zone. "4/6/2018" could be either day and states nothing.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _unix(float(value))
    text = str(value).strip()[:64]
    return _written(text) if text else None


def _written(text: str) -> str | None:
    if found := _COMPACT.match(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.match(text):
        return _numeric(int(found[1]), int(found[3]), int(found[4]), found[2])
    if found := _STATED.search(text):
        month = month_number(found[2])
        return _iso(int(found[3]), month, int(found[1])) if month else None
    for day, _ in full_dates(text):
        return day.iso()
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _numeric(first: int, second: int, year: int, mark: str) -> str | None:
    if mark == "." or first > 12 or first == second:
        return _iso(year, second, first)
    return _iso(year, first, second) if second > 12 else None


def _unix(seconds: float) -> str | None:
    if not 10**8 < seconds < 10**13:  # 1973 onwards: a smaller number is a year or a serial number
        return None
    return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC).date().isoformat()


def _iso(year: int, month: int, day: int) -> str | None:
    checked = _valid(month, day, year)
    return checked.iso() if checked else None


def _day(found: re.Match[str]) -> Day | None:
    name, year = found["month"], found["year"]
    month = int(name) if name.isdecimal() else month_number(name)
    digits = found["day"].rstrip("stndrh").replace("O", "0").replace("l", "1")
    return _valid(month, int(digits), _century(year)) if month else None


def _century(year: str | None) -> int | None:
    if not year:
        return None
    number = int(year.strip("'"))
    return number if number > 99 else number + (1900 if number >= 50 else 2000)


def _valid(month: int, day: int, year: int | None) -> Day | None:
    try:
        date(year or 2000, month, day)  # a leap year, so that 29 February may stand alone
    except ValueError:
        return None
    return Day(month, day, year) if year is None or 1600 <= year <= 2100 else None
