"""Dates as readers give them: a year, a month or a day (ISO 8601), and the days that they stand for."""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_date(value: str) -> bool:
    """Whether this is 2022, 2022-02 or 2022-02-04, and such a day exists."""
    parts = _DATE.fullmatch(value)
    if not parts or parts[1] == "0000":
        return False
    year, month, day = (int(part or 1) for part in parts.groups())
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def first_day(date: str) -> str:
    """The first day of a year, a month or a day: "2022-02" -> "2022-02-01"."""
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """The last day of a year, a month or a day: "2022-02" -> "2022-02-28"."""
    if len(date) == 4:
        return f"{date}-12-31"
    return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]}" if len(date) == 7 else date
