"""What a generation was made from: its source files, and which file holds which article with which content.

Tables in layers inside the generation's folder; digests as bytes, files by number. New files and articles are written
many at a time. An article may be held by several files; the one whose version is indexed is its `shown` one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from search.articles.model import SourceFile
from search.index.whoosh.layers import Layers, Table

LAYERS = Layers(
    "manifest",
    (
        Table(
            "sources",
            "id INTEGER, path TEXT, size INTEGER, modified INTEGER, name TEXT",
            key=("path",),
            gone="size < 0",
            lookup="id",
        ),
        Table(
            "held",
            "article TEXT, source INTEGER, digest BLOB, published TEXT, shown INTEGER",
            key=("article", "source"),
            gone="digest = x''",
            lookup="source",
        ),
    ),
)
_ID = "SELECT id FROM main.sources WHERE path = :path UNION ALL SELECT id FROM whole.sources WHERE path = :path"
_PATH = "SELECT path FROM main.sources WHERE id = :id UNION ALL SELECT path FROM whole.sources WHERE id = :id"
_QUEUED = 10_000  # new articles, and files, that are written together
_MARKS = 1 << 24  # bytes; among a million articles and files one in nine is looked up though it is new


class Shown(NamedTuple):
    """The version of an article that is indexed: the path of its file (or ""), its digest and its date (or "")."""

    path: str
    digest: str
    published: str


class _Added:
    """What was added, in few bytes: a little that was not is taken for it too, and has to be looked up.

    Everything is, where there was something before.
    """

    def __init__(self, *, before: bool) -> None:
        self._marks = None if before else bytearray(_MARKS)

    def add(self, text: str) -> None:
        if self._marks is not None:
            self._marks[hash(text) % _MARKS] = 1

    def __contains__(self, text: str) -> bool:
        return self._marks is None or bool(self._marks[hash(text) % _MARKS])


class Manifest:
    """The manifest of the generation in a folder; not shared between threads."""

    def __init__(self, generation: Path, *, readonly: bool = False) -> None:
        self._sqlite = LAYERS.opened(generation, readonly=readonly)
        self._sources: dict[str, tuple[int, SourceFile]] = {}
        self._queued: dict[str, tuple[int, bytes, str]] = {}
        self._of_source: defaultdict[int, list[str]] = defaultdict(list)
        self._last: tuple[SourceFile, str] | None = None
        self._last_id = 0
        self._indexed = readonly
        self._before = self._number("SELECT count(*) FROM whole.held WHERE shown")
        self._newest = max(map(self._number, ("SELECT max(id) FROM main.sources", "SELECT max(id) FROM whole.sources")))
        self._newest_written = self._newest
        self._added = _Added(before=self._newest > 0)
        if not readonly:
            self._sqlite.execute("BEGIN")

    def close(self) -> None:
        self._sqlite.close()

    def commit(self) -> None:
        self._looked_up().execute("COMMIT")

    def sources(self) -> Iterator[SourceFile]:
        """All source files, by path."""
        rows = self._written().execute("SELECT path, size, modified, name FROM sources ORDER BY path").fetchall()
        return (SourceFile(*row) for row in rows)

    def articles_of(self, path: str) -> dict[str, str]:
        """Article id -> digest, of one file."""
        source = self._id(path)
        if not source:
            return {}
        found = {article: self._queued[article][1] for article in self._of_source.get(source, ())}
        if source <= self._newest_written:
            rows = self._looked_up().execute("SELECT article, digest FROM held WHERE source = ?", (source,))
            found = dict(rows) | found
        return {article: digest.hex() for article, digest in found.items()}

    def shown(self, article: str) -> Shown | None:
        """The version that is indexed."""
        if article not in self._added:
            return None
        query = "SELECT source, digest, published FROM held WHERE article = ? AND shown"
        sqlite = self._written() if article in self._queued else self._sqlite
        row = sqlite.execute(query, (article,)).fetchone()
        return Shown(self._path(row[0]), row[1].hex(), row[2]) if row else None

    def count(self) -> int:
        """How many articles are indexed."""
        self._written()
        new = self._number("SELECT count(*) FROM main.held WHERE shown")
        replaced = self._number(
            "SELECT count(*) FROM main.held AS new CROSS JOIN whole.held AS old USING (article, source) WHERE old.shown"
        )
        return self._before + new - replaced

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the indexed version, of all articles."""
        rows = self._written().execute("SELECT article, digest FROM held WHERE shown")
        return {article: digest.hex() for article, digest in rows}

    def add_source(self, source: SourceFile) -> None:
        """Remember a file; what it holds stays. Raises ValueError where its path is no text."""
        if self._last != (source, source.name):
            (source.path + source.name).encode()
            found = self._id(source.path) if source.path in self._added else 0
            if not found:
                found = self._newest = self._newest + 1
                self._added.add(source.path)
            self._sources[source.path] = (found, source)
            self._last, self._last_id = (source, source.name), found
            if len(self._sources) >= _QUEUED:
                self._written()

    def add(self, article: str, digest: str, published: str) -> None:
        """Remember a new article of the file that was added last, as the version that is indexed."""
        self._queued[article] = (self._last_id, bytes.fromhex(digest), published)
        self._of_source[self._last_id].append(article)
        self._added.add(article)
        if len(self._queued) >= _QUEUED:
            self._written()

    def hold(self, path: str, article: str, digest: str) -> bool:
        """Remember that a file holds an article; says whether that is news."""
        source, content, sqlite = self._id(path), bytes.fromhex(digest), self._written()
        before = sqlite.execute(
            "SELECT digest, published, shown FROM held WHERE article = ? AND source = ?", (article, source)
        ).fetchone() or (None, "", 0)
        if not source or before[0] == content:
            return False
        self._hold(article, source, content, *before[1:])
        return True

    def show(self, article: str, path: str, digest: str, published: str) -> None:
        """Remember which version is indexed."""
        self._hide(article)
        self._added.add(article)
        self._hold(article, self._id(path), bytes.fromhex(digest), published, 1)

    def remove(self, article: str) -> None:
        """Forget an article wherever it is held."""
        self._written().execute(
            "INSERT OR REPLACE INTO main.held SELECT article, source, x'', '', 0 FROM held WHERE article = ?",
            (article,),
        )

    def forget(self, path: str) -> None:
        """Forget a source that holds nothing any more."""
        self._written().execute(
            "INSERT OR REPLACE INTO main.sources SELECT id, path, -1, 0, '' FROM sources WHERE path = ?", (path,)
        )
        self._last = None

    def release(self, path: str, article: str) -> bool:
        """Forget that a file holds an article; says whether no file does any more.

        Where others do and this file's version was the one shown, any of theirs may take its place.
        """
        source, shown = self._id(path), self.shown(article)
        if shown and shown.path == path:
            self._hold(article, 0, bytes.fromhex(shown.digest), "", 1)
        if source:
            self._hold(article, source, b"", "", 0)
        held = "SELECT 1 FROM held WHERE article = ? AND source > 0 LIMIT 1"
        return self._sqlite.execute(held, (article,)).fetchone() is None

    def check(self) -> str | None:
        """What SQLite finds wrong with the files, or None."""
        found = self._sqlite.execute("PRAGMA quick_check").fetchone()[0]
        return None if found == "ok" else str(found)

    def _id(self, path: str) -> int:
        """The number of a file, also of one that was forgotten; 0 for one that never was there."""
        if path in self._sources:
            return self._sources[path][0]
        row = self._sqlite.execute(_ID, {"path": path}).fetchone()
        return int(row[0]) if row else 0

    def _path(self, source: int) -> str:
        row = self._looked_up().execute(_PATH, {"id": source}).fetchone()
        return str(row[0]) if row else ""

    def _hold(self, article: str, source: int, digest: bytes, published: str, shown: int) -> None:
        row = (article, source, digest, published, shown)
        self._written().execute("INSERT OR REPLACE INTO main.held VALUES (?, ?, ?, ?, ?)", row)
        self._newest_written = max(self._newest_written, source)

    def _hide(self, article: str) -> None:
        """Show no version; one that no file holds is forgotten."""
        self._written().execute(
            "INSERT OR REPLACE INTO main.held SELECT article, source, iif(source, digest, x''), '', 0 FROM held"
            " WHERE article = ? AND shown",
            (article,),
        )

    def _number(self, query: str) -> int:
        return int(self._sqlite.execute(query).fetchone()[0] or 0)

    def _written(self) -> sqlite3.Connection:
        """The tables, with all that is new in them."""
        if self._sources:
            sources = ((id_, s.path, s.size, s.modified, s.name) for id_, s in self._sources.values())
            self._sqlite.executemany("INSERT OR REPLACE INTO main.sources VALUES (?, ?, ?, ?, ?)", sources)
            self._sources.clear()
        if self._queued:
            held = ((article, *version, 1) for article, version in self._queued.items())
            self._sqlite.executemany("INSERT OR REPLACE INTO main.held VALUES (?, ?, ?, ?, ?)", held)
            self._newest_written = max(self._newest_written, *self._of_source)
            self._queued.clear()
            self._of_source.clear()
        return self._sqlite

    def _looked_up(self) -> sqlite3.Connection:
        """The tables, ready to find rows by other than their keys."""
        if not self._indexed:
            self._indexed = True
            for statement in (statement for table in LAYERS.tables for statement in table.indexed("main")):
                self._sqlite.execute(statement)
        return self._written()
