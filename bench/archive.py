"""The articles to measure with: made or read once, kept in a file, and parsed as they are asked for.

So they come to an engine as reading hands them over, one after the other, however many they are. Held in memory, they
would be shared with every process that an engine starts, and whoever looks at one would copy its pages.
"""

from __future__ import annotations

import json
import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path

from bench.generating import articles as generated
from search.articles.files import walk
from search.articles.model import Article, SourceFile
from search.articles.reading import Reader
from search.articles.topics import TopicTable
from search.index.documents import as_stored, from_stored


class Archive:
    """So many articles at most: generated ones, or those of a source, which may hold fewer."""

    def __init__(self, count: int, source: str | None = None) -> None:
        self.name = f"{source or 'generated'}, {count}"
        self._ends = array("Q", [0])
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as this does
        for article in islice(generated(count) if source is None else _read(Path(source)), count):
            self._ends.append(self._ends[-1] + self._file.write(as_stored(article)))
        self._file.flush()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[Article]:
        for start, end in pairwise(self._ends):
            yield from_stored(os.pread(self._file.fileno(), end - start, start))


def _read(source: Path) -> Iterable[Article]:
    """The articles in what `flask index build` takes, or in what `flask articles export` wrote."""
    if source.suffix == ".jsonl":
        with source.open(encoding="utf-8") as lines:
            if '"paragraphs":' in lines.readline():
                lines.seek(0)
                yield from (Article.from_json(json.loads(line)) for line in lines)
                return
    reader = Reader(TopicTable.load())
    files = (file for file in walk([source]) if isinstance(file, SourceFile))
    found = (article for file in files for article in reader.read_file(file.path, file.name))
    yield from (article for article in found if isinstance(article, Article))
