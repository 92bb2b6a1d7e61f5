"""One generation, opened: immutable, shared by threads, closed when the last one that uses it lets go."""

from __future__ import annotations

import contextlib
import json
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import numpy as np
from whoosh.index import open_dir
from whoosh.reading import IndexReader

from search.articles.model import Article
from search.fields import FACETS, FIELDS, DocumentKind, fingerprint
from search.index.documents import Label
from search.index.engine import DamagedIndex, Status
from search.index.whoosh import arrays, folder, words
from search.index.whoosh.columns import Columns
from search.index.whoosh.postings import PostingsReader
from search.index.whoosh.words import Words

#: Changes whenever the files of a generation do.
LAYOUT = 1

ABOUT = "about.json"
MANIFEST = "manifest.sqlite"
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)

_CODED = tuple(name for name in FACETS if FIELDS[name].kind == "code")


@dataclass(frozen=True)
class Part:
    """All that is known of one kind of document."""

    documents: DocumentKind
    postings: PostingsReader
    columns: Columns
    words: Words


class Generation:
    """Raises DamagedIndex, naming the file, where one can't be trusted."""

    def __init__(self, path: Path) -> None:
        folder.check_sizes(path)
        about = _about(path / ABOUT)
        self.path = path
        self.name = path.name
        self.labels: dict[str, str] = about["labels"]
        made = datetime.fromtimestamp((path / ABOUT).stat().st_mtime, UTC)
        self.status = Status("whoosh", path.name, about["articles"], about["quotes"], made)
        self.parts = {documents: _part(path, documents, about) for documents in KINDS}
        readers = [part.postings.reader for part in self.parts.values()]
        self.close = weakref.finalize(self, _close, readers)

    def article(self, number: int) -> Article:
        """The article of that document number."""
        return Article.from_json(json.loads(self.parts["article"].postings.stored(number)))

    def find(self, article_id: str) -> Article | None:
        """The article of that id."""
        number = self.parts["article"].columns.number(article_id)
        return None if number is None else self.article(number)

    def owned(self, documents: DocumentKind, article_id: str) -> list[int]:
        """The numbers of the documents that belong to an article: its own, or its quotes'."""
        number = self.parts["article"].columns.number(article_id)
        if number is None:
            return []
        if documents == "article":
            return [number]
        found = self.parts["quote"].columns
        return [int(quote) for quote in np.flatnonzero((found.articles == number) & found.live)]


def column_file(documents: DocumentKind) -> str:
    """The name of the file of columns."""
    return f"{documents}.arrays"


def words_file(documents: DocumentKind) -> str:
    """The name of the file of words."""
    return f"{documents}.words.json"


def open_reader(path: Path, documents: DocumentKind) -> IndexReader:
    """Whoosh's reader of one kind of document. Raises DamagedIndex."""
    try:
        return open_dir(str(path), indexname=documents, readonly=True).reader()
    except Exception as error:  # Whoosh raises whatever it stumbles over
        message = f"Whoosh can't open the {documents} index of generation {path.name} ({error}); build the index again."
        raise DamagedIndex(message) from error


def write_about(path: Path, parts: Mapping[DocumentKind, Columns], label: Label) -> None:
    """Write what a generation says of itself: its layout, counts, facet values and the labels of codes."""
    values = {kind: {name: list(columns.values[name]) for name in FACETS} for kind, columns in parts.items()}
    codes = {code for found in values.values() for name in _CODED for code in found[name]}
    about = {
        "layout": LAYOUT,
        "fields": fingerprint(),
        "articles": int(parts["article"].live.sum()),
        "quotes": int(parts["quote"].live.sum()),
        "labels": {code: named for code in sorted(codes) if (named := label(code))},
        "values": values,
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


def _part(path: Path, documents: DocumentKind, about: dict[str, Any]) -> Part:
    values = {name: tuple(found) for name, found in about["values"][documents].items()}
    columns = Columns(arrays.read(path / column_file(documents)), values)
    reader = open_reader(path, documents)
    if reader.doc_count_all() != columns.size:
        raise DamagedIndex(f"{column_file(documents)} belongs to another index; build the index again.")
    return Part(documents, PostingsReader(reader), columns, words.read(path / words_file(documents)))


def _close(readers: list[IndexReader]) -> None:
    for reader in readers:
        with contextlib.suppress(Exception):  # nothing depends on it: the maps go with their last view
            reader.close()
