"""What every engine under test does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from bench.asking import Ask
from search.articles.model import Article

FACETS = ("speaker", "topic", "sector", "place", "agency")


class Contestant(Protocol):
    """An engine under test. Constructed with an empty folder."""

    def __init__(self, folder: Path) -> None: ...

    def index(self, articles: Iterable[Article]) -> None:
        """Index, so that it is durable and ready to be searched."""

    def top10(self, ask: Ask) -> int:
        """The ten best alone, by number; returns how many there are."""

    def job(self, ask: Ask) -> int:
        """Ten hits with their stored text and snippets, every facet's counts, the histogram; returns the total."""

    def stored_bytes(self) -> int:
        """The bytes on disk that hold stored articles."""


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
