"""SQLite tables in two layers, so that an update costs what it changes, whatever the archive holds.

A build writes `NAME.sqlite`; generations after it link that file and never change it. What updates change is in
`NAME.changes.sqlite`, which each copies and adds to: a row there stands for the row of the same key in the whole.
Changes that have grown beyond a share of the whole become one with it when the next update begins.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from search.index.whoosh import folder, sealing

_FEW = 1 << 20  # bytes of changes that are always copied
_SHARE = 16  # a part of the whole: changes beyond it are copied no more


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, those that are its key, and which rows say that there is none of this key any more.

    `lookup` is another column by which rows are found.
    """

    name: str
    columns: str
    key: tuple[str, ...]
    gone: str
    lookup: str | None = None

    def created(self, schema: str) -> str:
        """Makes the table."""
        key = ", ".join(self.key)
        return f"CREATE TABLE IF NOT EXISTS {schema}.{self.name} ({self.columns}, PRIMARY KEY ({key})) WITHOUT ROWID"

    def indexed(self, schema: str) -> Iterator[str]:
        """Makes the index of `lookup`, faster at the end than row by row."""
        if self.lookup:
            yield f"CREATE INDEX IF NOT EXISTS {schema}.{self.name}_by_{self.lookup} ON {self.name} ({self.lookup})"

    def copied(self, schema: str) -> str:
        """Writes what the view shows."""
        key = ", ".join(self.key)
        return f"INSERT INTO {schema}.{self.name} SELECT * FROM temp.{self.name} ORDER BY {key}"  # noqa: S608  names of our own

    @property
    def seen(self) -> str:
        """Makes the view of both layers, under the table's own name: writers name the layer."""
        same = " AND ".join(f"new.{column} = old.{column}" for column in self.key)
        changed = f"EXISTS (SELECT 1 FROM main.{self.name} AS new WHERE {same})"  # noqa: S608
        new = f"SELECT * FROM main.{self.name} WHERE NOT ({self.gone})"  # noqa: S608  names of our own
        old = f"SELECT * FROM whole.{self.name} AS old WHERE NOT ({self.gone}) AND NOT {changed}"  # noqa: S608
        return f"CREATE TEMP VIEW {self.name} AS {new} UNION ALL {old}"


@dataclass(frozen=True, slots=True)
class Layers:
    """Tables of one purpose, by the name of their files."""

    name: str
    tables: tuple[Table, ...]

    def opened(self, generation: Path, *, readonly: bool = False) -> sqlite3.Connection:
        """The tables of a generation: views of both layers by their names; `main` is the layer to write to.

        In a generation that has the whole already, that is the changes; otherwise the whole itself.
        """
        whole, changes = self.files(generation)
        split = whole.exists() and (changes.exists() or not readonly)
        mode = "ro&immutable=1" if readonly else "rwc"
        sqlite = sqlite3.connect(_address(changes if split else whole, mode), uri=True, isolation_level=None)
        if not readonly:
            sqlite.execute("PRAGMA journal_mode = MEMORY")  # a writer that fails is discarded whole
            sqlite.execute("PRAGMA synchronous = OFF")  # whole files are made durable when they are sealed
        sqlite.execute("ATTACH ? AS whole", (_address(whole, "ro&immutable=1") if split else ":memory:",))
        for table in self.tables:
            for schema in ([] if readonly else ["main"]) + ([] if split else ["whole"]):
                sqlite.execute(table.created(schema))
            sqlite.execute(table.seen)
        return sqlite

    def carry_on(self, before: Path, generation: Path) -> None:
        """Give a new generation the tables of the one before it, to be changed by an update.

        What is not linked gets new checksums, and is compared with those it has before. Raises DamagedIndex.
        """
        (whole, changes), (new_whole, new_changes) = self.files(before), self.files(generation)
        if not changes.exists():
            folder.link(whole, new_whole)
        elif changes.stat().st_size <= max(_FEW, whole.stat().st_size // _SHARE):
            sealing.check_content(before, [changes.name])
            folder.link(whole, new_whole)
            shutil.copyfile(changes, new_changes)
        else:
            sealing.check_content(before, [whole.name, changes.name])
            self._merge(before, new_whole)

    def files(self, generation: Path) -> tuple[Path, Path]:
        """The whole and the changes."""
        return generation / f"{self.name}.sqlite", generation / f"{self.name}.changes.sqlite"

    def _merge(self, before: Path, path: Path) -> None:
        with closing(self.opened(before, readonly=True)) as sqlite:
            sqlite.execute("ATTACH ? AS merged", (_address(path, "rwc"),))
            sqlite.execute("PRAGMA merged.journal_mode = OFF")
            sqlite.execute("PRAGMA merged.synchronous = OFF")
            sqlite.execute("BEGIN")
            for table in self.tables:
                sqlite.execute(table.created("merged"))
                sqlite.execute(table.copied("merged"))
                for statement in table.indexed("merged"):
                    sqlite.execute(statement)
            sqlite.execute("COMMIT")


def _address(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"
