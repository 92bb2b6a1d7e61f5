"""The article and its parts, as every reader yields them and every later stage takes them.

The JSON form (`Article.as_json`, `Article.from_json`) is the public contract of `flask articles show|export`,
`/articles/<id>.json` and of what an engine stores.

The parts are structs of msgspec: frozen, as dataclasses can be, but made in a tenth of the time, of which an archive
makes hundreds for each article, and written to JSON and read from it without any code of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from msgspec import Struct

QuoteKind = Literal["direct", "mixed", "indirect"]
Attribution = Literal["named", "role", "pronoun", "continued", "none"]
PublishedFrom = Literal["stated", "dateline", "inferred", "file", "unknown"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as found on disk: its path, size in bytes, and modification time in nanoseconds since the epoch.

    `name` is the path that readers see, from the source that was named on: it stays when an archive moves, and tells
    nothing of the machine. A file is the same under another name.
    """

    path: str
    size: int
    modified: int
    name: str = field(default="", compare=False)


class Source(Struct, frozen=True):
    """Where an article came from: the file, its own id and address there, and the format it was read as.

    The path of an article's file begins with the folder that was read ("articles/2019/a.txt"), wherever that lies.
    """

    path: str
    id: str | None = None
    format: str = "text"
    url: str | None = None


class Dateline(Struct, frozen=True):
    """What the dateline itself states; `None` for what it leaves out. `date` is ISO 8601."""

    raw: str
    place: str | None = None
    places: tuple[str, ...] = ()
    date: str | None = None
    agency: str | None = None


class Paragraph(Struct, frozen=True):
    """One paragraph of plain text; `n` counts from 1 and is its anchor on the page."""

    n: int
    text: str
    heading: bool = False


class Quote(Struct, frozen=True):
    """Words that somebody said. `start`/`end` are offsets into paragraph `paragraph`, quotation marks excluded."""

    id: str
    text: str
    speaker: str | None
    role: str | None
    cue: str | None
    kind: QuoteKind
    attribution: Attribution
    paragraph: int
    start: int
    end: int


class Speaker(Struct, frozen=True):
    """A person or body quoted in the article, under the fullest name it gives, with roles as written."""

    name: str
    roles: tuple[str, ...] = ()
    quotes: int = 0


class Topic(Struct, frozen=True):
    """An IPTC Media Topic; `path` runs from the top topic down to `code` itself."""

    code: str
    label: str
    path: tuple[str, ...] = ()


class Article(Struct, frozen=True):
    """One news article. `id` and `url` (its permalink on the site) survive rebuilds, moves and corrections."""

    id: str
    url: str
    source: Source
    headline: str
    lead: str | None = None
    section: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: PublishedFrom = "unknown"
    dateline: Dateline | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    quotes: tuple[Quote, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[Topic, ...] = ()
    sectors: tuple[Topic, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The article as plain JSON values, keys in contract order."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Article:
        """The inverse of `as_json`. Raises msgspec.ValidationError, a ValueError, on values of another shape."""
        return msgspec.convert(values, cls)


class Problem(Struct, frozen=True):
    """Something wrong with a source: which file (and record in it), what, and whether it was skipped."""

    path: str
    message: str
    skipped: bool = True
