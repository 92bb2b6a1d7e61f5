"""What a generation was made from: its source files, and which file holds which article with which content.

SQLite inside the generation's folder; digests as bytes, files by number. New articles are written many at a time. An
article may be held by several files; the one whose version is indexed is its `shown` one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from search.articles.model import SourceFile

_TABLES = """
CREATE TABLE IF NOT EXISTS sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS held (source INTEGER NOT NULL, article TEXT NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (source, article)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holders ON held (article);
CREATE TABLE IF NOT EXISTS shown (article TEXT PRIMARY KEY, source INTEGER NOT NULL, digest BLOB NOT NULL,
    published TEXT NOT NULL) WITHOUT ROWID;
"""
_QUEUED = 10_000  # new articles that are written together


class Shown(NamedTuple):
    """The version of an article that is indexed: the path of its file (or ""), its digest and its date (or "")."""

    path: str
    digest: str
    published: str


class Manifest:
    """One generation's manifest; not shared between threads."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        address = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
        self._sqlite = sqlite3.connect(address, uri=True, isolation_level=None)
        self._queued: dict[str, tuple[int, bytes, str]] = {}
        self._last: tuple[SourceFile, str] | None = None
        self._last_id = 0
        if not readonly:
            self._sqlite.execute("PRAGMA journal_mode = MEMORY")  # a build that fails is discarded whole
            self._sqlite.execute("PRAGMA synchronous = OFF")  # whole files are made durable when they are sealed
            self._sqlite.executescript(_TABLES)
            self._sqlite.execute("BEGIN")

    def close(self) -> None:
        self._sqlite.close()

    def commit(self) -> None:
        self._written().execute("COMMIT")

    def sources(self) -> Iterator[SourceFile]:
        """All source files, by path."""
        rows = self._sqlite.execute("SELECT path, size, modified, name FROM sources ORDER BY path").fetchall()
        return (SourceFile(*row) for row in rows)

    def articles_of(self, path: str) -> dict[str, str]:
        """Article id -> digest, of one file."""
        rows = self._written().execute(
            "SELECT article, digest FROM held WHERE source = (SELECT id FROM sources WHERE path = ?)", (path,)
        )
        return {article: digest.hex() for article, digest in rows}

    def shown(self, article: str) -> Shown | None:
        """The version that is indexed."""
        sqlite = self._written() if article in self._queued else self._sqlite
        rows = sqlite.execute(
            "SELECT path, digest, published FROM shown LEFT JOIN sources ON id = source WHERE article = ?", (article,)
        )
        return next((Shown(path or "", digest.hex(), published) for path, digest, published in rows), None)

    def count(self) -> int:
        """How many articles are indexed."""
        return int(self._written().execute("SELECT count(*) FROM shown").fetchone()[0])

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the indexed version, of all articles."""
        rows = self._written().execute("SELECT article, digest FROM shown")
        return {article: digest.hex() for article, digest in rows}

    def add_source(self, source: SourceFile) -> None:
        """Remember a file; what it holds stays."""
        if self._last != (source, source.name):
            self._sqlite.execute(
                "INSERT INTO sources (path, size, modified, name) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE"
                " SET size = excluded.size, modified = excluded.modified, name = excluded.name",
                (source.path, source.size, source.modified, source.name),
            )
            rows = self._sqlite.execute("SELECT id FROM sources WHERE path = ?", (source.path,))
            self._last, self._last_id = (source, source.name), int(rows.fetchone()[0])

    def add(self, article: str, digest: str, published: str) -> None:
        """Remember a new article of the file that was added last, as the version that is indexed."""
        self._queued[article] = (self._last_id, bytes.fromhex(digest), published)
        if len(self._queued) >= _QUEUED:
            self._written()

    def hold(self, path: str, article: str, digest: str) -> bool:
        """Remember that a file holds an article; says whether that is news."""
        done = self._written().execute(
            "INSERT INTO held SELECT id, :article, :digest FROM sources WHERE path = :path"
            " ON CONFLICT DO UPDATE SET digest = :digest WHERE digest <> :digest",
            {"path": path, "article": article, "digest": bytes.fromhex(digest)},
        )
        return done.rowcount > 0

    def show(self, article: str, path: str, digest: str, published: str) -> None:
        """Remember which version is indexed."""
        self._written().execute(
            "INSERT OR REPLACE INTO shown SELECT ?, id, ?, ? FROM sources WHERE path = ?",
            (article, bytes.fromhex(digest), published, path),
        )

    def remove(self, article: str) -> None:
        """Forget an article wherever it is held."""
        self._written().execute("DELETE FROM held WHERE article = ?", (article,))
        self._sqlite.execute("DELETE FROM shown WHERE article = ?", (article,))

    def forget(self, path: str) -> None:
        """Forget a source that holds nothing any more."""
        self._written().execute("DELETE FROM sources WHERE path = ?", (path,))
        self._last = None

    def release(self, path: str, article: str) -> bool:
        """Forget that a file holds an article; says whether no file does any more.

        Where others do and this file's version was the one shown, any of theirs may take its place.
        """
        self._written().execute(
            "DELETE FROM held WHERE source = (SELECT id FROM sources WHERE path = ?) AND article = ?", (path, article)
        )
        self._sqlite.execute(
            "UPDATE shown SET source = 0, published = ''"
            " WHERE source = (SELECT id FROM sources WHERE path = ?) AND article = ?",
            (path, article),
        )
        return self._sqlite.execute("SELECT 1 FROM held WHERE article = ? LIMIT 1", (article,)).fetchone() is None

    def check(self) -> str | None:
        """What SQLite finds wrong with the file, or None."""
        found = self._sqlite.execute("PRAGMA quick_check").fetchone()[0]
        return None if found == "ok" else str(found)

    def _written(self) -> sqlite3.Connection:
        """The database, with all new articles in it."""
        if self._queued:
            held = ((source, article, digest) for article, (source, digest, _) in self._queued.items())
            self._sqlite.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", held)
            shown = ((article, *values) for article, values in self._queued.items())
            self._sqlite.executemany("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)", shown)
            self._queued.clear()
        return self._sqlite
