"""Under which names a generation knows its speakers: what each article said of them, and which names are one's.

SQLite inside the generation's folder. What articles say only adds up from update to update, and only the names of
blocks that an update touched are looked at again (`search.articles.variants`); a build begins anew.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from search.articles.model import Speaker
from search.articles.variants import Known, block, shown, together

_TABLES = """
CREATE TABLE IF NOT EXISTS told (block TEXT, name TEXT, role TEXT, PRIMARY KEY (block, name, role)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS apart (block TEXT, one TEXT, other TEXT, PRIMARY KEY (block, one, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS variant (block TEXT, name TEXT, shown TEXT, PRIMARY KEY (block, name)) WITHOUT ROWID;
"""
_HELD = 10_000  # rows in memory at a time
_KNOWN = 65_536  # names whose block is remembered: most speakers speak again


class Names:
    """One generation's names; not shared between threads. `settled` says of which names no rule is to judge."""

    def __init__(self, path: Path, settled: Callable[[str], bool]) -> None:
        self._block = lru_cache(_KNOWN)(lambda name: None if settled(name) else block(name))
        self._told: set[tuple[str, str, str]] = set()
        self._touched: set[str] = set()
        self._sqlite = sqlite3.connect(path, isolation_level=None)
        self._sqlite.execute("PRAGMA journal_mode = MEMORY")  # a build that fails is discarded whole
        self._sqlite.execute("PRAGMA synchronous = OFF")  # whole files are made durable when they are sealed
        self._sqlite.executescript(_TABLES)
        self._sqlite.execute("BEGIN")

    def close(self) -> None:
        self._sqlite.close()

    def tell(self, speakers: Iterable[Speaker]) -> None:
        """Remember what one article says of its speakers, and that they are different ones."""
        blocks: defaultdict[str, list[str]] = defaultdict(list)
        for speaker in speakers:
            if of := self._block(speaker.name):
                blocks[of].append(speaker.name)
                self._told.update((of, speaker.name, role) for role in ("", *speaker.roles))
        if pairs := [(of, *sorted(pair)) for of, names in blocks.items() for pair in combinations(names, 2)]:
            self._sqlite.executemany("INSERT OR IGNORE INTO apart VALUES (?, ?, ?)", pairs)
        if len(self._told) >= _HELD:
            self._flush()

    def judge_again(self, names: Iterable[str]) -> None:
        """Say that some of these names' quotes are gone."""
        self._touched.update(filter(None, map(self._block, names)))

    def bring_together(self, quotes: Callable[[str], int]) -> None:
        """Judge the names of all blocks that were told of; `quotes` says how many a name has: none, and it is gone."""
        self._flush()
        for of in sorted(self._touched):
            self._sqlite.execute("DELETE FROM variant WHERE block = ?", (of,))
            known = [one for one in self._known(of) if quotes(one.name)]
            for names in together(known, self._apart(of)):
                name = shown(names, quotes)
                rows = [(of, other, name) for other in names]
                self._sqlite.executemany("INSERT INTO variant VALUES (?, ?, ?)", rows)
        self._sqlite.execute("COMMIT")

    def _flush(self) -> None:
        self._sqlite.executemany("INSERT OR IGNORE INTO told VALUES (?, ?, ?)", sorted(self._told))
        self._touched.update(of for of, _, _ in self._told)
        self._told.clear()

    def _known(self, of: str) -> Iterator[Known]:
        roles: defaultdict[str, set[str]] = defaultdict(set)
        for name, role in self._sqlite.execute("SELECT name, role FROM told WHERE block = ?", (of,)):
            roles[name].add(role)
        return (Known(name, frozenset(found - {""})) for name, found in roles.items())

    def _apart(self, of: str) -> set[frozenset[str]]:
        rows = self._sqlite.execute("SELECT one, other FROM apart WHERE block = ?", (of,))
        return {frozenset(pair) for pair in rows}


def read(path: Path) -> dict[str, str]:
    """Each name that is one of several of a speaker's -> the one that is shown."""
    sqlite = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return dict(sqlite.execute("SELECT name, shown FROM variant"))
    finally:
        sqlite.close()
