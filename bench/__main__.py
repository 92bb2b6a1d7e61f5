"""`python -m bench --articles N [--json FILE] [--engines …] [--source PATH] [--keep FOLDER]`."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from bench import indexing, measuring, report
from bench.archive import Archive
from bench.asking import mix

_ENGINES = {"backfile": "Backfile", "tantivy": "Tantivy", "fts5": "Fts5", "whoosh": "Whoosh"}
_MOST_FOR_WHOOSH = 50_000  # it indexes some 250 articles a second
_SAMPLE = 5_000  # articles that the questions are taken from
_SHOWN = 20  # differences


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.keep:
        return _run(options, Path(options.keep))
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        return _run(options, Path(folder))


def _run(options: argparse.Namespace, folder: Path) -> int:
    _tell("articles are read" if options.source else "articles are made")
    archive = Archive(options.articles, options.source)
    try:
        asks = mix(list(islice(archive, _SAMPLE)))
    except (ValueError, IndexError):
        print(f"{archive.name}: too few articles to ask about; some 400 are enough.", file=sys.stderr)
        return 2
    print(
        f"{len(archive):,} articles, {len(asks)} questions, {os.cpu_count()} cores, {platform.machine()}",
        flush=True,
    )
    engines = {name: _contestant(name) for name in _engines(options)}
    indexed = indexing.index(engines, folder, archive.name, archive, lambda name: _tell(f"{name} indexes"))
    found = {}
    for name, make in engines.items():
        _tell(f"{name} answers")
        found[name] = measuring.measure(make, folder / name, asks, indexed[name])
    print(report.table(found))
    differing = list(report.disagreements(found, [ask.kind for ask in asks]))
    print("\n".join(differing[:_SHOWN]) if differing else "All engines counted the same for every question.")
    if options.json:
        figures = {name: measured.as_json() for name, measured in found.items()}
        Path(options.json).write_text(json.dumps({"articles": len(archive), "engines": figures}, indent=1))
    return 1 if differing else 0


def _contestant(name: str) -> indexing.Make:
    made: indexing.Make = getattr(importlib.import_module(f"bench.engines.{name}"), _ENGINES[name])
    return made


def _tell(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


def _engines(options: argparse.Namespace) -> list[str]:
    """The wanted engines that can be measured; of the others it is said why they are left out."""
    wanted = []
    for name in options.engines or _ENGINES:
        if name == "whoosh" and not options.engines and options.articles > _MOST_FOR_WHOOSH:
            print(f"whoosh is left out above {_MOST_FOR_WHOOSH:,} articles; --engines asks for it all the same.")
        elif name == "tantivy" and importlib.util.find_spec("tantivy") is None:
            print("tantivy is not installed: pip install -r bench/requirements.txt")
        else:
            wanted.append(name)
    return wanted


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Backfile beside other engines.")
    parser.add_argument("--articles", type=int, default=20_000, help="how many articles (20000)")
    parser.add_argument("--json", metavar="FILE", help="write the figures to a file")
    parser.add_argument("--engines", type=_names, help="comma-separated: " + ",".join(_ENGINES))
    parser.add_argument(
        "--source",
        metavar="PATH",
        help="articles of your own: what `flask index build` takes, or `flask articles export` wrote",
    )
    parser.add_argument("--keep", metavar="FOLDER", help="keep the indexes there; asked again, nothing is indexed")
    return parser.parse_args(arguments)


def _names(listed: str) -> list[str]:
    names = listed.split(",")
    if unknown := [name for name in names if name not in _ENGINES]:
        raise argparse.ArgumentTypeError(f"no such engine: {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
