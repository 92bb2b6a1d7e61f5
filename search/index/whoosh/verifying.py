"""Reading a generation back: every file, array and stored article, against what the manifest says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from search.articles.model import Problem
from search.index.documents import digest
from search.index.engine import DamagedIndex, UntrustedIndex
from search.index.whoosh import sealing
from search.index.whoosh.generation import Generation
from search.index.whoosh.manifest import LAYERS, Manifest


def verify(path: Path) -> Iterator[Problem]:
    """Yields each damage with its file. Stops after the files where they are not what was written."""
    damages = [Problem(str(path / name), wrong) for name, wrong in sealing.damages(path)]
    yield from damages or _content(path)


def _content(path: Path) -> Iterator[Problem]:
    try:
        generation = Generation(path)
        for part in generation.parts.values():
            for segment in part.segments:
                yield from (Problem(str(segment.file.path), wrong) for wrong in segment.file.damages())
        yield from _articles(path, generation)
    except UntrustedIndex:  # building again mends nothing: the message says what does
        raise
    except DamagedIndex as error:
        yield Problem(str(path), str(error))
    except Exception as error:  # whatever reading a damaged file raises
        yield Problem(str(path), f"can't be read back: {error}")


def _articles(path: Path, generation: Generation) -> Iterator[Problem]:
    file = LAYERS.files(path)[0]
    with closing(Manifest(path, readonly=True)) as manifest:
        if wrong := manifest.check():
            yield Problem(str(file), wrong)
        digests = manifest.digests()
    articles = generation.parts["article"]
    if len(digests) != articles.size:
        yield Problem(str(file), f"names {len(digests)} articles; the index has {articles.size}")
    for article_id, content in digests.items():
        place = articles.find(article_id)
        if place is None or digest(place.segment.stored(place.doc)) != content:
            yield Problem(str(path), f"article {article_id} is not what was indexed")
    for place in generation.parts["quote"].everything():
        if articles.find(generation.article_of_quote(place)) is None:
            yield Problem(str(path), "a quote stands in no article of the index")
