"""Reading a generation back: every file, posting, column and stored article, against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from search.articles.model import Problem
from search.index.documents import as_stored, digest
from search.index.engine import DamagedIndex
from search.index.whoosh import columns, folder
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
    except DamagedIndex as error:
        yield Problem(str(path), str(error))


def _content(path: Path) -> Iterator[Problem]:
    try:
        generation = Generation(path)
    except DamagedIndex as error:
        yield Problem(str(path), str(error))
        return
    try:
        derived: columns.Columns | None = None
        for kind in KINDS:
            part = generation.parts[kind]
            fresh = PostingsReader(open_reader(path, kind))
            derived = columns.derive(fresh, kind, derived)
            yield from _columns(path, part, derived)
            yield from _postings(path, part, fresh)
        yield from _articles(path, generation)
    except Exception as error:  # whatever reading a damaged file raises
        yield Problem(str(path), f"can't be read back: {error}")
    finally:
        generation.close()


def _columns(path: Path, part: Part, derived: columns.Columns) -> Iterator[Problem]:
    file = str(path / column_file(part.documents))
    if part.columns.values != derived.values:
        yield Problem(file, "its facet values are not those of the Whoosh index")
    for name in sorted({*derived.arrays, *part.columns.arrays}):
        kept, found = part.columns.arrays.get(name), derived.arrays.get(name)
        if kept is None or found is None or not np.array_equal(kept, found):
            yield Problem(file, f"its column {name} is not what the Whoosh index says")


def _postings(path: Path, part: Part, reader: PostingsReader) -> Iterator[Problem]:
    """Decode every posting and every position."""
    stems = dict(part.words.stems)
    file = str(path / words_file(part.documents))
    for field, kept in part.words.fields.items():
        found = [word for word, _ in reader.inverted(field)]
        if found != kept:
            yield Problem(file, f"its words of {field} are not those of the Whoosh index")
        for word in found:
            if len(reader.places(field, word)) != int(reader.postings(field, word).frequencies.sum()):
                yield Problem(str(path), f"the positions of {word!r} in {field} are not as many as it is frequent")
            if word not in stems:
                yield Problem(file, f"it has no stem for {word!r}")


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
