"""What templates may use: names of facets and fields in words, figures, and dates."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from flask import Flask

from search.query.state import SearchState
from search.web.dates import MONTHS, in_words
from search.web.markup import marked

FACET_NAMES = {
    "speaker": ("Speaker", "Speakers"),
    "topic": ("Topic", "Topics"),
    "sector": ("Sector", "Sectors"),
    "place": ("Place", "Places"),
    "agency": ("Agency", "Agencies"),
}
SORT_NAMES = {"relevance": "Best match", "newest": "Newest", "oldest": "Oldest"}
SIZES = (10, 25, 50, 100)
PUBLISHED_FROM = {
    "stated": "as the source states",
    "dateline": "from the dateline",
    "inferred": "year inferred from the text",
    "file": "from the date of the file",
    "unknown": "nothing in the article tells",
}
ATTRIBUTIONS = {
    "named": "named in the text",
    "role": "named by role",
    "pronoun": "meant by a pronoun",
    "continued": "goes on speaking",
    "none": "the text does not say who",
}


def init_app(app: Flask) -> None:
    """Give templates their filters and names."""
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(day=in_words, figure=figure, counted=counted, marked=marked, file_name=file_name)
    app.jinja_env.globals.update(
        facet_names=FACET_NAMES,
        sort_names=SORT_NAMES,
        sizes=SIZES,
        published_from=PUBLISHED_FROM,
        attributions=ATTRIBUTIONS,
        months=MONTHS,
        state=SearchState(),
        everything=SearchState(),
    )


def figure(number: int) -> str:
    """12345 -> '12,345'."""
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """(1, 'article') -> '1 article', (2000, 'article') -> '2,000 articles'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def file_name(path: str) -> str:
    """'/srv/wire/2022/a.txt' -> 'a.txt': where files lie on the machine is nobody's business."""
    return PurePath(path).name


def web_address(url: str | None) -> str | None:
    """The address if it leads to the web, None for anything else: an article may say `javascript:`."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
