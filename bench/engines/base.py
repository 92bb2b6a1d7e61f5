"""What every engine under test does: one job, the same for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.asking import Ask
from search.articles.model import Article

#: The archive's facets, each a field of the articles.
FACETS = ("speaker", "topic", "sector", "place", "agency")

#: How many values of a facet are listed.
LISTED = 100

Counts = dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """The whole job's answer: ids and snippets of ten hits, the total, counts by facet and year, counts by month."""

    total: int
    hits: tuple[str, ...]
    snippets: tuple[str, ...]
    facets: Mapping[str, Counts]
    months: Counts


class Contestant(Protocol):
    """An engine under test. Constructed with its folder; `remarks` say what it can't do, or does in another way."""

    remarks: tuple[str, ...]

    def __init__(self, folder: Path) -> None: ...

    def index(self, articles: Iterable[Article]) -> None:
        """Index into the empty folder, so that it is durable."""

    def open(self) -> None:
        """Get ready to be asked."""

    def top10(self, ask: Ask) -> tuple[str, ...]:
        """The ids of the ten best alone."""

    def job(self, ask: Ask) -> Outcome:
        """Ten hits with their texts and snippets, the total, all counts. A facet's counts ignore its own filter."""

    def stored_bytes(self) -> int:
        """The bytes on disk that hold stored articles."""


def by_year(months: Counts) -> Counts:
    """The sixth facet: the counts of months, added up."""
    years: Counts = {}
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def facet_values(article: Article) -> dict[str, list[str]]:
    """The values of each facet, as documents have them."""
    dateline = article.dateline
    return {
        "speaker": [speaker.name for speaker in article.speakers],
        "topic": list(dict.fromkeys(code for topic in article.topics for code in topic.path)),
        "sector": list(dict.fromkeys(code for topic in article.sectors for code in topic.path)),
        "place": [dateline.place] if dateline and dateline.place else [],
        "agency": [dateline.agency] if dateline and dateline.agency else [],
    }


def body_of(article: Article, between: str = "\n") -> str:
    return between.join(paragraph.text for paragraph in article.paragraphs)
