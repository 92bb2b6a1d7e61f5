"""Page numbers: which ones to offer, and which pages there are."""

from __future__ import annotations

from dataclasses import dataclass

from search.query.state import BadParameter

_AROUND = 2


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one stands among the pages of a result. `numbers` holds None where pages are skipped."""

    page: int
    last: int
    numbers: tuple[int | None, ...]
    first_hit: int
    last_hit: int

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.last else None


def pages(total: int, page: int, size: int, of: str = "results") -> Pages:
    """The first and the last page and those around `page`. An empty result has one page, without hits.

    Raises BadParameter for a page beyond the last.
    """
    last = max(1, -(-total // size))
    if page > last:
        raise BadParameter("page", str(page), f"is beyond the {of}: the last page is {last:,}.")
    wanted = sorted({1, last} | set(range(max(1, page - _AROUND), min(last, page + _AROUND) + 1)))
    numbers: list[int | None] = []
    for number in wanted:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    first_hit = (page - 1) * size + 1
    return Pages(page, last, tuple(numbers), min(first_hit, total), min(page * size, total))
