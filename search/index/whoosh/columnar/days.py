"""Days as numbers: days since 0001-01-01 plus one, 0 where there is no date; months likewise."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from search.index.whoosh.columnar.segmentfile import Array

NEVER = 0
_UNIX_DAY = date(1970, 1, 1).toordinal()


def day_number(day: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(day).toordinal()


def months_of(days: Array) -> Array:
    """Year * 12 + month (from 0) of each day, 0 where there is none."""
    dates = (days.astype(np.int64) - _UNIX_DAY).astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(days == NEVER, 0, months).astype(np.int32)


@lru_cache(1 << 12)
def month_name(month: int) -> str:
    """ISO: 2022-02."""
    return f"{month // 12:04}-{month % 12 + 1:02}"
