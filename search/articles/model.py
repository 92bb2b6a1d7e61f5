"""The article and its parts, as every reader yields them and every later stage takes them.

The JSON form (`Article.as_json`, `Article.from_json`) is the public contract of `flask articles show|export`,
`/articles/<id>.json` and of what an engine stores.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from: the file, its own id and address there, and the format it was read as.

    The path of an article's file begins with the folder that was read ("articles/2019/a.txt"), wherever that lies.
    """

    path: str
    id: str | None = None
    format: str = "text"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the dateline itself states; `None` for what it leaves out. `date` is ISO 8601."""

    raw: str
    place: str | None = None
    places: tuple[str, ...] = ()
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text; `n` counts from 1 and is its anchor on the page."""

    n: int
    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
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


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body quoted in the article, under the fullest name it gives, with roles as written."""

    name: str
    roles: tuple[str, ...] = ()
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """An IPTC Media Topic; `path` runs from the top topic down to `code` itself."""

    code: str
    label: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
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
        values = _plain(self)  # by hand, as `dataclasses.asdict` takes longer than all else that indexing does
        values["source"] = _plain(self.source)
        values["dateline"] = self.dateline and _plain(self.dateline)
        for name in ("paragraphs", "quotes", "speakers", "topics", "sectors"):
            values[name] = tuple(map(_plain, values[name]))
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Article:
        """The inverse of `as_json`. Raises KeyError or TypeError on values of another shape."""
        dateline = values["dateline"]
        return cls(
            **{
                **values,
                "source": Source(**values["source"]),
                "dateline": dateline and Dateline(**{**dateline, "places": tuple(dateline["places"])}),
                "paragraphs": tuple(Paragraph(**p) for p in values["paragraphs"]),
                "quotes": tuple(Quote(**q) for q in values["quotes"]),
                "speakers": tuple(Speaker(**{**s, "roles": tuple(s["roles"])}) for s in values["speakers"]),
                "topics": tuple(_topic(t) for t in values["topics"]),
                "sectors": tuple(_topic(t) for t in values["sectors"]),
            }
        )


def _plain(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


def _topic(values: dict[str, Any]) -> Topic:
    return Topic(values["code"], values["label"], tuple(values["path"]))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a source: which file (and record in it), what, and whether it was skipped."""

    path: str
    message: str
    skipped: bool = True
