"""Under which names a generation knows its speakers: what each article said of them, and which names are one's.

Tables in layers inside the generation's folder. What articles say only adds up from update to update, and only the
names of blocks that an update touched are looked at again (`search.articles.variants`); a build begins anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from search.articles.model import Speaker
from search.articles.variants import Known, block, shown, together
from search.index.whoosh.layers import Layers, Table

LAYERS = Layers(
    "names",
    (
        Table("told", "block TEXT, name TEXT, role TEXT", key=("block", "name", "role"), gone="0"),
        Table("apart", "block TEXT, one TEXT, other TEXT", key=("block", "one", "other"), gone="0"),
        Table("variant", "block TEXT, name TEXT, shown TEXT", key=("block", "name"), gone="shown = ''"),
    ),
)
_HELD = 10_000  # rows in memory at a time
_KNOWN = 65_536  # names whose block is remembered: most speakers speak again


class Names:
    """The names of a generation; not shared between threads. `settled` says of which ones no rule is to judge."""

    def __init__(self, generation: Path, settled: Callable[[str], bool]) -> None:
        self._block = lru_cache(_KNOWN)(lambda name: None if settled(name) else block(name))
        self._told: set[tuple[str, str, str]] = set()
        self._touched: set[str] = set()
        self._sqlite = LAYERS.opened(generation)
        self._sqlite.execute("BEGIN")

    def close(self) -> None:
        self._sqlite.close()

    def tell(self, speakers: Iterable[Speaker]) -> None:
        """Remember what one article says of its speakers, and that they are different ones."""
        blocks: dict[str, list[str]] = {}
        for speaker in speakers:
            if of := self._block(speaker.name):
                blocks.setdefault(of, []).append(speaker.name)
                self._told.update((of, speaker.name, role) for role in ("", *speaker.roles))
        if pairs := [(of, *sorted(pair)) for of, names in blocks.items() for pair in combinations(names, 2)]:
            self._sqlite.executemany("INSERT OR IGNORE INTO main.apart VALUES (?, ?, ?)", pairs)
        if len(self._told) >= _HELD:
            self._flush()

    def judge_again(self, names: Iterable[str]) -> None:
        """Say that some of these names' quotes are gone."""
        self._touched.update(filter(None, map(self._block, names)))

    def bring_together(self, quotes: Callable[[str], int]) -> None:
        """Judge the names of all blocks that were told of; `quotes` says how many a name has: none, and it is gone."""
        self._flush()
        for of in sorted(self._touched):
            found = dict.fromkeys(self._variants(of), "")
            known = [one for one in self._known(of) if quotes(one.name)]
            for names in together(known, self._apart(of)):
                found |= dict.fromkeys(names, shown(names, quotes))
            rows = [(of, name, variant) for name, variant in found.items()]
            self._sqlite.executemany("INSERT OR REPLACE INTO main.variant VALUES (?, ?, ?)", rows)
        self._sqlite.execute("COMMIT")

    def _flush(self) -> None:
        self._sqlite.executemany("INSERT OR IGNORE INTO main.told VALUES (?, ?, ?)", sorted(self._told))
        self._touched.update(of for of, _, _ in self._told)
        self._told.clear()

    def _known(self, of: str) -> Iterator[Known]:
        roles: defaultdict[str, set[str]] = defaultdict(set)
        for name, role in self._sqlite.execute("SELECT name, role FROM told WHERE block = ?", (of,)):
            roles[name].add(role)
        return (Known(name, frozenset(found - {""})) for name, found in roles.items())

    def _variants(self, of: str) -> list[str]:
        return [name for (name,) in self._sqlite.execute("SELECT name FROM variant WHERE block = ?", (of,))]

    def _apart(self, of: str) -> set[frozenset[str]]:
        rows = self._sqlite.execute("SELECT one, other FROM apart WHERE block = ?", (of,))
        return {frozenset(pair) for pair in rows}


def read(generation: Path) -> dict[str, str]:
    """Each name that is one of several of a speaker's -> the one that is shown."""
    with closing(LAYERS.opened(generation, readonly=True)) as sqlite:
        return dict(sqlite.execute("SELECT name, shown FROM variant"))
