"""The word lists of `words.toml`, read once: verbs of speaking, small words, nouns for people and bodies, names."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FILE = Path(__file__).with_name("words.toml")

#: section -> list -> words, lower-case.
WORDS: dict[str, dict[str, list[str]]] = {
    section: {name: words.split() for name, words in lists.items()}
    for section, lists in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
}

#: Given names -> the gender that they show, "f" or "m".
GIVEN_NAMES: dict[str, str] = {name: gender[0] for gender, names in WORDS["given_names"].items() for name in names}
