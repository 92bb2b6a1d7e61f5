"""`python -m bench --articles N [--json FILE] [--engines …] [--source FILE]`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from bench import measuring, report
from bench.asking import mix
from bench.engines.base import Contestant
from bench.generating import articles as generated
from search.articles.model import Article

_ENGINES = {"backfile": "Backfile", "tantivy": "Tantivy", "fts5": "Fts5", "whoosh": "Whoosh"}


def main() -> int:
    options = _options()
    articles = _articles(options.articles, options.source)
    asks = mix(articles[:5_000])
    print(
        f"{len(articles):,} articles, {len(asks)} questions, {os.cpu_count()} cores, {platform.machine()}", flush=True
    )
    found = {}
    for name in options.engines.split(","):
        print(f"… {name}", file=sys.stderr, flush=True)
        found[name] = measuring.measure(_contestant(name), articles, asks)
    print(report.table(found))
    differing = report.disagreements(found, [ask.kind for ask in asks])
    print("\n".join(differing) if differing else "All engines found the same number of articles for every question.")
    if options.json:
        engines = {name: measuring.as_json(measured) for name, measured in found.items()}
        Path(options.json).write_text(json.dumps({"articles": len(articles), "engines": engines}, indent=1))
    return 1 if differing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Backfile beside other engines.")
    parser.add_argument("--articles", type=int, default=20_000, help="how many articles (20000)")
    parser.add_argument("--json", metavar="FILE", help="write the figures to a file")
    parser.add_argument("--engines", default=",".join(_ENGINES), help="comma-separated: " + ",".join(_ENGINES))
    parser.add_argument("--source", metavar="FILE", help="real articles, as `flask articles export` writes them")
    return parser.parse_args()


def _articles(count: int, source: str | None) -> Sequence[Article]:
    if source is None:
        return list(generated(count))
    with Path(source).open(encoding="utf-8") as lines:
        return [Article.from_json(json.loads(line)) for line in islice(lines, count)]


def _contestant(name: str) -> Callable[[Path], Contestant]:
    made: Callable[[Path], Contestant] = getattr(importlib.import_module(f"bench.engines.{name}"), _ENGINES[name])
    return made


if __name__ == "__main__":
    sys.exit(main())
