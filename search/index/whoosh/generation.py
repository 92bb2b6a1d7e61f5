"""One generation, opened: immutable, shared by threads; its maps go when the last one that uses it lets go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from search.articles.model import Article
from search.fields import FACETS, FIELDS, DocumentKind, fingerprint
from search.index.documents import Label, from_stored
from search.index.engine import DamagedIndex, Status
from search.index.whoosh import codec, names, sealing
from search.index.whoosh.columnar.completing import Completing
from search.index.whoosh.columnar.places import Place
from search.index.whoosh.columnar.searching import Searcher
from search.index.whoosh.same import Same

#: Changes whenever the files of a generation do.
LAYOUT = 10

ABOUT = "about.json"
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)

#: What is compared with its checksum when it is opened; segments and the manifest check themselves.
_CHECKED = (".json", ".toc")

_CODED = tuple(name for name in FACETS if FIELDS[name].kind == "code")


class Generation:
    """Raises DamagedIndex, naming the file, where one can't be trusted.

    `before` is one that was opened earlier: what of it serves this one too is not made again.
    """

    def __init__(self, path: Path, before: Generation | None = None) -> None:
        sealing.check(path)
        sealing.check_content(path, (file.name for file in sealing.sealed(path) if file.name.endswith(_CHECKED)))
        about = _about(path / ABOUT)
        self.path = path
        self.name = path.name
        self.labels: dict[str, str] = about["labels"]
        made = datetime.fromtimestamp((path / ABOUT).stat().st_mtime, UTC)
        self.status = Status("whoosh", path.name, about["articles"], about["quotes"], made)
        self.contents = codec.generation_of(path)
        self.listed = {kind: codec.listed(path, kind) for kind in KINDS}
        segments = {kind: [segment.open(path, kind) for segment in listed] for kind, listed in self.listed.items()}
        self.same = Same(names.read(path), segments["article"])
        self.parts: dict[DocumentKind, Searcher] = {
            kind: Searcher(kind, found, self.same, before.parts[kind] if before else None)
            for kind, found in segments.items()
        }
        self.completing = Completing(self.parts["article"], self.labels)
        if self.parts["article"].size != self.status.articles or self.parts["quote"].size != self.status.quotes:
            raise DamagedIndex(f"{ABOUT} belongs to another index; build the index again.")

    def article(self, place: Place) -> Article:
        """The article of that place."""
        return from_stored(place.segment.stored(place.doc))

    def article_of_quote(self, place: Place) -> str:
        """The id of the article that a quote stands in."""
        return place.segment.stored(place.doc).decode()

    def find(self, article_id: str) -> Article | None:
        """The article of that id."""
        place = self.parts["article"].find(article_id)
        return None if place is None else self.article(place)


def write_about(path: Path, parts: Mapping[DocumentKind, Searcher], label: Label) -> None:
    """Write what a generation says of itself: its layout, its counts and the labels of codes."""
    segments = [segment for part in parts.values() for segment in part.segments]
    codes = {c.decode() for s in segments for name in _CODED for c in s.values.slice(*s.facet_range(name))}
    about = {
        "layout": LAYOUT,
        "fields": fingerprint(),
        "articles": parts["article"].size,
        "quotes": parts["quote"].size,
        "labels": {code: named for code in sorted(codes) if (named := label(code))},
    }
    (path / ABOUT).write_text(json.dumps(about), "utf-8")


def _about(path: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads(path.read_bytes())
        made_by = about["layout"], about["fields"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedIndex(f"The index's file {path.name} is damaged; build the index again.") from error
    if made_by != (LAYOUT, fingerprint()):
        raise DamagedIndex("The index was made by another version of this program; build it again.")
    return about
