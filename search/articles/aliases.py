"""Names that an archive knows to be one speaker's: reads `aliases.toml`, and finds the name to show.

The form is described at the top of the shipped file, for those who edit it. A mistake there is theirs to mend, so
every error names the file, the name and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from search.articles.identity import folded
from search.articles.naming import spelled
from search.articles.toml import read_toml

SHIPPED = Path(__file__).with_name("aliases.toml")


class BadAliasFile(ValueError):
    """An aliases file that can't be used; the message says where, what and how to mend it."""


class AliasTable:
    """The names of one file, found by any of their variants, whatever the case, accents and punctuation."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)

    @classmethod
    def load(cls, path: str | Path | None = None) -> AliasTable:
        """The table in a TOML file; the shipped one without a path. Raises BadAliasFile."""
        place = Path(path or SHIPPED)
        names: dict[str, str] = {}
        for variant, name in _variants(place, _speakers(place)):
            held = names.setdefault(folded(variant), name)
            if held != name:
                fault = f"{variant!r} belongs to both {held!r} and {name!r}"
                raise BadAliasFile(f"{place}: {fault}: leave it under one of them")
        return cls(names)

    def settles(self, name: str) -> bool:
        """Whether the file says which names this one goes with, so that no rule is to add to them."""
        return folded(name) in self._names

    def name(self, written: str) -> str:
        """The name to show for one that an article writes: in the common spelling, an alias under its name."""
        common = spelled(written)
        return self._names.get(folded(common), common)


def _speakers(path: Path) -> Mapping[str, Any]:
    tables = read_toml(path, BadAliasFile)
    speakers = tables.pop("speakers", None)
    if not isinstance(speakers, dict) or tables:
        raise BadAliasFile(f"{path}: needs one table, which begins with a line [speakers], and no other")
    return speakers


def _variants(path: Path, speakers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every variant with its name, the name itself among them."""
    for name, variants in speakers.items():
        if not isinstance(variants, list) or not all(isinstance(variant, str) for variant in variants):
            raise BadAliasFile(f'{path}: {name!r} is not followed by a list: write "{name}" = ["…", "…"]')
        for variant in (name, *variants):
            if not folded(variant):
                raise BadAliasFile(f"{path}: {name!r} has a variant {variant!r} without a letter: take it out")
            yield spelled(variant), name
