"""Reading a generation back: every file, posting, column and stored article, against each other."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from search.articles.model import Problem
from search.index.documents import as_stored, digest
from search.index.engine import DamagedIndex, UntrustedIndex
from search.index.whoosh import deriving, folder
from search.index.whoosh.columns import Columns
from search.index.whoosh.generation import (
    KINDS,
    MANIFEST,
    Generation,
    Part,
    column_file,
    open_reader,
    words_file,
)
from search.index.whoosh.manifest import Manifest
from search.index.whoosh.postings import PostingsReader
from search.index.whoosh.words import frequencies


def verify(path: Path) -> Iterator[Problem]:
    """Yields each damage with its file. Stops after the files where they are not what was written."""
    damaged = False
    for problem in _files(path):
        damaged = True
        yield problem
    if not damaged:
        yield from _content(path)


def _files(path: Path) -> Iterator[Problem]:
    try:
        for name, wrong in folder.damaged_files(path):
            yield Problem(str(path / name), wrong)
        folder.check_sizes(path)
    except UntrustedIndex:  # building again mends nothing: the message says what does
        raise
    except DamagedIndex as error:
        yield Problem(str(path), str(error))


def _content(path: Path) -> Iterator[Problem]:
    try:
        generation = Generation(path)
    except DamagedIndex as error:
        yield Problem(str(path), str(error))
        return
    with contextlib.ExitStack() as resources:
        resources.callback(generation.close)
        try:
            yield from _parts(path, generation, resources)
            yield from _articles(path, generation)
        except Exception as error:  # whatever reading a damaged file raises
            yield Problem(str(path), f"can't be read back: {error}")


def _parts(path: Path, generation: Generation, resources: contextlib.ExitStack) -> Iterator[Problem]:
    articles: Columns | None = None
    for kind in KINDS:
        reader = open_reader(path, kind)
        resources.callback(reader.close)
        fresh = PostingsReader(reader)
        articles = derived = deriving.derive(fresh, kind, articles)
        yield from _columns(path, generation.parts[kind], derived)
        yield from _words(path, generation.parts[kind], fresh)


def _columns(path: Path, part: Part, derived: Columns) -> Iterator[Problem]:
    file = str(path / column_file(part.documents))
    if part.columns.values != derived.values:
        yield Problem(file, "its facet values are not those of the Whoosh index")
    for name in sorted({*derived.arrays, *part.columns.arrays}):
        kept, found = part.columns.arrays.get(name), derived.arrays.get(name)
        if kept is None or found is None or not np.array_equal(kept, found):
            yield Problem(file, f"its column {name} is not what the Whoosh index says")


def _words(path: Path, part: Part, reader: PostingsReader) -> Iterator[Problem]:
    """Compare the dictionary, and decode every posting and every position."""
    file = str(path / words_file(part.documents))
    for field, counts in frequencies(reader, part.documents).items():
        kept = dict(zip(part.words.fields[field], part.words.counts[field], strict=True))
        if kept != counts or list(kept) != sorted(kept) or not kept.keys() <= part.words.stems.keys():
            yield Problem(file, f"its words of {field} are not those of the Whoosh index")
        for word in counts:
            if len(reader.places(field, word)) != int(reader.postings(field, word).frequencies.sum()):
                yield Problem(str(path), f"the positions of {word!r} in {field} are not as many as it is frequent")


def _articles(path: Path, generation: Generation) -> Iterator[Problem]:
    manifest = Manifest(path / MANIFEST, readonly=True)
    try:
        if wrong := manifest.check():
            yield Problem(str(path / MANIFEST), wrong)
        digests = manifest.digests()
    finally:
        manifest.close()
    if len(digests) != generation.status.articles:
        message = f"names {len(digests)} articles; the index has {generation.status.articles}"
        yield Problem(str(path / MANIFEST), message)
    for article_id, content in digests.items():
        found = generation.find(article_id)
        if found is None or digest(as_stored(found)) != content:
            yield Problem(str(path), f"article {article_id} is not what was indexed")
