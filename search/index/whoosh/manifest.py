"""What a generation was made from: its source files, and which file holds which article with which content.

SQLite inside the generation's folder; digests as bytes. An article may be held by several files; the one whose version
is indexed is its `shown` one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from search.articles.model import SourceFile

_TABLES = """
CREATE TABLE IF NOT EXISTS sources (path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (path TEXT NOT NULL, article TEXT NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (path, article)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holders ON held (article);
CREATE TABLE IF NOT EXISTS shown (article TEXT PRIMARY KEY, path TEXT NOT NULL, digest BLOB NOT NULL,
    published TEXT NOT NULL) WITHOUT ROWID;
"""


class Manifest:
    """One generation's manifest; not shared between threads."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        address = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
        self._sqlite = sqlite3.connect(address, uri=True, isolation_level=None)
        if not readonly:
            self._sqlite.execute("PRAGMA journal_mode = MEMORY")  # a build that fails is discarded whole
            self._sqlite.executescript(_TABLES)
            self._sqlite.execute("BEGIN")

    def close(self) -> None:
        self._sqlite.close()

    def commit(self) -> None:
        self._sqlite.execute("COMMIT")

    def sources(self) -> Iterator[SourceFile]:
        """All source files, by path."""
        rows = self._sqlite.execute("SELECT path, size, modified, name FROM sources ORDER BY path").fetchall()
        return (SourceFile(*row) for row in rows)

    def articles_of(self, path: str) -> dict[str, str]:
        """Article id -> digest, of one file."""
        rows = self._sqlite.execute("SELECT article, digest FROM held WHERE path = ?", (path,))
        return {article: digest.hex() for article, digest in rows}

    def shown(self, article: str) -> tuple[str, str, str] | None:
        """The path, digest and date (or "") of the version that is indexed."""
        rows = self._sqlite.execute("SELECT path, digest, published FROM shown WHERE article = ?", (article,))
        return next(((path, digest.hex(), published) for path, digest, published in rows), None)

    def count(self) -> int:
        """How many articles are indexed."""
        return int(self._sqlite.execute("SELECT count(*) FROM shown").fetchone()[0])

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the indexed version, of all articles."""
        rows = self._sqlite.execute("SELECT article, digest FROM shown")
        return {article: digest.hex() for article, digest in rows}

    def add_source(self, source: SourceFile) -> None:
        values = (source.path, source.size, source.modified, source.name)
        self._sqlite.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", values)

    def hold(self, path: str, article: str, digest: str) -> bool:
        """Remember that a file holds an article; says whether that is news."""
        values = {"path": path, "article": article, "digest": bytes.fromhex(digest)}
        done = self._sqlite.execute(
            "INSERT INTO held VALUES (:path, :article, :digest)"
            " ON CONFLICT DO UPDATE SET digest = :digest WHERE digest <> :digest",
            values,
        )
        return done.rowcount > 0

    def show(self, article: str, path: str, digest: str, published: str) -> None:
        """Remember which version is indexed."""
        values = (article, path, bytes.fromhex(digest), published)
        self._sqlite.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)", values)

    def remove(self, article: str) -> None:
        """Forget an article wherever it is held."""
        self._sqlite.execute("DELETE FROM held WHERE article = ?", (article,))
        self._sqlite.execute("DELETE FROM shown WHERE article = ?", (article,))

    def forget(self, path: str) -> None:
        """Forget a source that holds nothing any more."""
        self._sqlite.execute("DELETE FROM sources WHERE path = ?", (path,))

    def release(self, path: str, article: str) -> bool:
        """Forget that a file holds an article; says whether no file does any more.

        Where others do and this file's version was the one shown, any of theirs may take its place.
        """
        self._sqlite.execute("DELETE FROM held WHERE path = ? AND article = ?", (path, article))
        self._sqlite.execute(
            "UPDATE shown SET path = '', published = '' WHERE article = ? AND path = ?", (article, path)
        )
        return self._sqlite.execute("SELECT 1 FROM held WHERE article = ? LIMIT 1", (article,)).fetchone() is None

    def check(self) -> str | None:
        """What SQLite finds wrong with the file, or None."""
        found = self._sqlite.execute("PRAGMA quick_check").fetchone()[0]
        return None if found == "ok" else str(found)
