"""How many made-up cases a property is tried on: some in every run, so many times more where EXAMPLES says so."""

from __future__ import annotations

import os

_TIMES = float(os.environ.get("EXAMPLES", "1"))


def examples(usual: int) -> int:
    return max(1, round(usual * _TIMES))
