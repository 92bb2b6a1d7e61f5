"""How many articles a second one core reads: `python -m bench.reading [--articles N] [--source PATH] [--json FILE]`.

Measured from the files on: reading alone (files, decoding, layout, dateline, dates, identity, language), quotes with
their speakers, topics with sectors, and all of it. CPU seconds say what the program costs, whatever else the machine
does meanwhile; the garbage collector is on, and set as it is in use. Of several rounds the quickest counts for each
stage.

To reach: 1,000 articles of 350 words a second and core, all together.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.wirecopy import WORDS, articles, write
from search.articles.files import walk
from search.articles.model import Article, SourceFile, Speaker
from search.articles.quotes import find_quotes
from search.articles.reading import Reader
from search.articles.speakers import speakers_of
from search.articles.topics import TopicTable
from search.index.readers import batches, read_here, spare_collector

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stage took: seconds of the processor, and seconds on the clock."""

    cpu: float
    wall: float

    def without(self, *others: Cost) -> Cost:
        return Cost(self.cpu - sum(cost.cpu for cost in others), self.wall - sum(cost.wall for cost in others))


@dataclass(frozen=True, slots=True)
class Measured:
    """The costs of a number of articles with so many words, by stage."""

    articles: int
    words: int
    costs: dict[str, Cost]

    def rate(self, stage: str) -> float:
        """Articles a second of one core's time."""
        return self.articles / self.costs[stage].cpu

    def as_json(self) -> dict[str, object]:
        stages = {
            stage: {**asdict(cost), "articles_per_second": round(self.rate(stage))}
            for stage, cost in self.costs.items()
        }
        return {"articles": self.articles, "words_per_article": self.words // self.articles, "stages": stages}


def measure(source: str | Path, rounds: int = _ROUNDS) -> Measured:
    """Reads everything in a source, several times. Raises ValueError where it holds no article."""
    table = TopicTable.load()
    reader = Reader(table)
    files = [file for file in walk([source]) if isinstance(file, SourceFile)]
    found = list(_read(reader, files))  # once unmeasured: caches fill, files come into memory
    if not found:
        raise ValueError(f"{source}: no articles")
    spare_collector()
    whole = _quickest(rounds, lambda: _exhaust(_read(reader, files)))
    quotes = _quickest(rounds, lambda: _exhaust(map(_quotes, found)))
    topics = _quickest(rounds, lambda: [table.classify(a.headline, a.lead, a.paragraphs) for a in found])
    costs = {"reading": whole.without(quotes, topics), "quotes": quotes, "topics": topics, "all": whole}
    return Measured(len(found), sum(map(_words, found)), costs)


def table(measured: Measured) -> str:
    """The costs as lines of text."""
    count = measured.articles
    lines = [f"{count:,} articles of {measured.words // count} words; times for one core", ""]
    lines.append(f"{'':10}{'CPU s':>10}{'wall s':>10}{'µs an article':>16}{'articles/s':>13}")
    for stage, cost in measured.costs.items():
        micros = cost.cpu / count * 1e6
        lines.append(f"{stage:10}{cost.cpu:10.2f}{cost.wall:10.2f}{micros:16,.0f}{measured.rate(stage):13,.0f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: measures, prints the table, and writes it down as JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description="How fast articles are read.")
    parser.add_argument("--articles", type=int, default=3000, help=f"how many of about {WORDS} words are made")
    parser.add_argument("--source", help="read these files instead: a folder, a file, a .jsonl or .jsonl.gz")
    parser.add_argument("--json", type=Path, help="write the figures into this file, too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if not options.source:
            write(articles(options.articles), Path(folder))
        try:
            measured = measure(options.source or folder)
        except ValueError as error:
            sys.exit(str(error))
    print(table(measured))
    if options.json:
        options.json.write_text(json.dumps(measured.as_json(), indent=2) + "\n", encoding="utf-8")


def _read(reader: Reader, files: Iterable[SourceFile]) -> Iterable[Article]:
    for _, read in read_here(reader, (batch for file in files for batch in batches(file))):
        yield from (article for article in read if isinstance(article, Article))


def _quotes(article: Article) -> tuple[Speaker, ...]:
    return speakers_of(find_quotes(article.id, article.paragraphs, headline=article.headline, lead=article.lead))


def _exhaust(things: Iterable[object]) -> None:
    for _ in things:
        pass


def _quickest(rounds: int, work: Callable[[], object]) -> Cost:
    return min((_cost(work) for _ in range(rounds)), key=lambda cost: cost.cpu)


def _cost(work: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def _words(article: Article) -> int:
    return sum(len(paragraph.text.split()) for paragraph in article.paragraphs)


if __name__ == "__main__":
    main()
