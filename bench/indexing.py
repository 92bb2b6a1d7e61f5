"""Indexes with several engines and measures what that costs.

The engines take turns, some rounds of them, each as many, and the fastest rate of each counts: otherwise whatever else
the machine did in its turn would be taken for the engine's, and the first would pay for memory that nobody had touched.
"""

from __future__ import annotations

import json
import shutil
import time
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from bench.apart import apart
from bench.engines.base import Contestant
from bench.generating import text_bytes
from bench.memory import Peak, private_mb
from search.articles.model import Article

_ROUNDS = 3
_LONG = 240.0  # seconds after which no further round is begun

Make = Callable[[Path], Contestant]


@dataclass(frozen=True)
class Indexed:
    """What indexing cost."""

    index_docs_per_s: float
    index_bytes_per_text_byte: float
    stored_bytes_per_text_byte: float
    peak_mb: float


def index(
    engines: Mapping[str, Make], folder: Path, archive: str, articles: Iterable[Article], told: Callable[[str], None]
) -> dict[str, Indexed]:
    """Index in a folder for each engine; what lies there of this archive from before is kept as it is."""
    found = {name: known for name in engines if (known := _known(folder / name, archive))}
    missing, begun = [name for name in engines if name not in found], time.perf_counter()
    for number_of_round in range(_ROUNDS):
        if number_of_round and time.perf_counter() > begun + _LONG:
            break
        for name in missing:
            told(name)
            made = apart(partial(_indexed, engines[name], _emptied(folder / name), articles))
            fastest = max(made.index_docs_per_s, found[name].index_docs_per_s if number_of_round else 0.0)
            found[name] = replace(made, index_docs_per_s=fastest)  # the rest is of what is asked
            _note(folder / name).write_text(json.dumps({"archive": archive, "indexed": asdict(found[name])}))
    return {name: found[name] for name in engines}


def _known(folder: Path, archive: str) -> Indexed | None:
    try:
        found = json.loads(_note(folder).read_text())
        return Indexed(**found["indexed"]) if found["archive"] == archive else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note(folder: Path) -> Path:
    """Where it is noted what an engine's folder holds; without it, the folder's content is not to be trusted."""
    return folder.with_suffix(".json")


def _emptied(folder: Path) -> Path:
    _note(folder).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _indexed(make: Make, folder: Path, articles: Iterable[Article]) -> Indexed:
    engine, before = make(folder), private_mb()
    with Peak() as peak:
        start = time.perf_counter()
        engine.index(articles)
        seconds = time.perf_counter() - start
    texts = array("Q", map(text_bytes, articles))
    engine.open()
    stored = engine.stored_bytes()
    return Indexed(
        index_docs_per_s=len(texts) / seconds,
        index_bytes_per_text_byte=(_folder_bytes(folder) - stored) / sum(texts),
        stored_bytes_per_text_byte=stored / sum(texts),
        peak_mb=peak.mb - before,
    )


def _folder_bytes(folder: Path) -> int:
    """What the files take; one may have several names."""
    found = {path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return sum(found.values())
