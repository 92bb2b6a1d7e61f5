"""ISO days and months as people write them. What is no date is shown as it stands."""

from __future__ import annotations

from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=4096)
def in_words(iso: str | None) -> str:
    """'2022-02-04' -> '4 February 2022', '2022-02' -> 'February 2022', '2022' -> '2022', None -> 'undated'."""
    if not iso:
        return "undated"
    year, *rest = iso[:10].split("-")
    try:
        month = MONTHS[int(rest[0]) - 1] if rest else ""
        day = str(int(rest[1])) if len(rest) > 1 else ""
    except (ValueError, IndexError):
        return iso
    return " ".join(part for part in (day, month, year) if part)


def month_number(month: str) -> int:
    """'2022-02' -> months since year 0, for arithmetic."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_name(number: int) -> str:
    """The inverse of `month_number`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
