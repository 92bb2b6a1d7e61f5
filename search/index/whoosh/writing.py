"""The writer: prepares the next generation beside the one being served, and publishes it in one rename.

Anything that goes wrong before that rename leaves the served generation untouched; what is left of the new one is
removed at once, or by the next writer when this process is killed.
"""

from __future__ import annotations

import contextlib
import gc
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Self

from pyroaring import BitMap

from search.articles.model import Article, SourceFile
from search.fields import DocumentKind
from search.index.documents import Document, Label, article_document, as_stored, check, digest, quote_documents
from search.index.engine import Change, DamagedIndex, Status
from search.index.whoosh import codec, compacting, folder, manifest, names, sealing
from search.index.whoosh.codec import ColumnarSegment
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.batching import Batch, Batches
from search.index.whoosh.columnar.columns import Entry
from search.index.whoosh.columnar.merging import merged
from search.index.whoosh.columnar.searching import Searcher
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import SegmentFile
from search.index.whoosh.columnar.workers import Workers
from search.index.whoosh.damage import told
from search.index.whoosh.generation import KINDS, Generation, write_about
from search.index.whoosh.manifest import Manifest
from search.index.whoosh.names import Names

#: Bytes that all processes of a build hold together, about.
MEMORY = 1 << 30

#: Documents of a segment made by merging.
LARGEST = 100_000

_Opened = tuple[ColumnarSegment, Segment]


class WhooshWriter:
    """Implements `search.index.engine.Writer`. `base` opens the generation to start from; None starts from nothing."""

    def __init__(
        self,
        path: Path,
        label: Label,
        base: Callable[[], Generation] | None,
        settled: Callable[[str], bool] = lambda name: False,
        memory: int = MEMORY,
    ) -> None:
        self._folder = path
        self._settled = settled
        self._memory = memory
        self._label = label
        self._open_base = base
        self._lock = folder.Lock(path)
        self._base: Generation | None = None
        self._parts: dict[DocumentKind, Searcher] = {}
        self._labels: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._deleted: dict[tuple[DocumentKind, str], BitMap] = {}
        self._resources = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with folder.writable(self._folder):
            folder.prepare(self._folder)
            self._lock.acquire()
        self._resources.callback(self._lock.release)
        if gc.isenabled():  # millions of postings in memory and no cycles among them: collecting takes a third
            gc.disable()
            self._resources.callback(gc.enable)
        try:
            with folder.writable(self._folder):
                self._begin()
        except BaseException as error:
            self._resources.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(self, *exc: Any) -> None:
        self._resources.__exit__(*exc)
        self._base, self._parts = None, {}  # lets go of the maps, though the writer may be kept

    def sources(self) -> Iterator[SourceFile]:
        return self._manifest.sources()

    def articles_of(self, path: str) -> dict[str, str]:
        return self._manifest.articles_of(path)

    def put(self, source: SourceFile, articles: Iterable[Article]) -> Change:
        self._manifest.add_source(source)
        done = [self._put(source.path, article) for article in articles]
        return Change(done.count("added"), done.count("changed"), any(done))

    def remove(self, article_ids: Iterable[str]) -> None:
        for article_id in article_ids:
            self._take_out(article_id)
            self._manifest.remove(article_id)

    def release(self, path: str, article_ids: Iterable[str]) -> int:
        gone = [article_id for article_id in article_ids if self._manifest.release(path, article_id)]
        self.remove(gone)
        return len(gone)

    def forget(self, path: str) -> int:
        gone = self.release(path, self._manifest.articles_of(path))
        self._manifest.forget(path)
        return gone

    def commit(self) -> Status:
        batches = self._batches.finish()
        opened = {kind: [*self._kept(kind), *self._new(kind, batches)] for kind in KINDS}
        return self._published(opened, compacting.EVER if self._base else compacting.MOST)

    def compact(self) -> Status:
        """Publish a generation that holds the same in fewer segments."""
        return self._published({kind: list(self._kept(kind)) for kind in KINDS}, compacting.MOST)

    def _published(self, opened: dict[DocumentKind, list[_Opened]], most: int) -> Status:
        """Make a generation of these segments, merged where they are more, durable and publish it."""
        for kind, segments in self._compacted(opened, most).items():
            codec.write_contents(self._path, kind, [listed for listed, _ in segments], self._contents + 1)
            self._parts[kind] = Searcher(kind, [segment for _, segment in segments])
        self._names.bring_together(partial(self._parts["quote"].count, "speaker"))
        write_about(self._path, self._parts, self._label_of)
        self._manifest.commit()
        sealing.seal(self._path, self._base.path if self._base else None)
        status = self._read_back()
        before = self._served()
        folder.publish(self._folder, self._path.name)
        folder.sweep(self._folder, frozenset({self._path.name, before or self._path.name}))
        return status

    def _begin(self) -> None:
        import numpy.ma  # noqa: F401  sorting imports it, and not while an update is waited for, or in every process

        served = self._served()
        folder.sweep(self._folder, frozenset({served} if served else ()))
        self._base = self._open_base() if self._open_base else None
        self._contents = self._base.contents if self._base else 0
        if self._base:
            self._resources.enter_context(told(self._base.path))
        self._path = folder.generation_path(self._folder, folder.new_generation(self._folder))
        self._resources.callback(self._discard)
        if self._base:
            for layers in (manifest.LAYERS, names.LAYERS):
                layers.carry_on(self._base.path, self._path)
            self._labels.update(self._base.labels)
        self._manifest = Manifest(self._path)
        self._resources.callback(self._manifest.close)
        self._names = Names(self._path, self._settled)
        self._resources.callback(self._names.close)
        self._batches = Batches(
            self._path, lambda kind: ColumnarSegment(codec.NAMES[kind]).file_name, self._named, self._memory
        )
        self._resources.callback(self._batches.abandon)

    def _put(self, path: str, article: Article) -> str | None:
        """What was done: "added", "changed", "held" where only the source is new, or None."""
        content, published = as_stored(article), article.published or ""
        checksum, shown = digest(content), self._manifest.shown(article.id)
        if shown and (shown.digest == checksum or (shown.path != path and shown.published > published)):
            return "held" if self._manifest.hold(path, article.id, checksum) else None
        documents = article_document(article), tuple(quote_documents(article))
        check(documents[0], *documents[1])
        if shown:
            self._take_out(article.id)
        self._add(article, content, *documents)
        if not shown:
            self._manifest.add(article.id, checksum, published)
            return "added"
        self._manifest.hold(path, article.id, checksum)
        self._manifest.show(article.id, path, checksum, published)
        return "changed"

    def _add(self, article: Article, content: bytes, document: Document, quotes: tuple[Document, ...]) -> None:
        for topic in (*article.topics, *article.sectors):
            self._labels[topic.code] = topic.label
        for code in (*document["topic"], *document["sector"]):
            if code not in self._named and (named := self._label_of(code)):
                self._named[code] = named
        self._names.tell(article.speakers)
        entries = [Entry("article", document, content)]
        entries += [Entry("quote", quote, article.id.encode(), article.id) for quote in quotes]
        self._batches.add(article.id, entries)

    def _take_out(self, article_id: str) -> None:
        """Delete an article and its quotes, whether the served generation has it or this one."""
        self._batches.take_back(article_id)
        if self._base is None:
            return
        for kind, part in self._base.parts.items():
            for listed, segment in zip(self._base.listed[kind], part.segments, strict=True):
                if found := _owned(kind, segment, article_id):
                    self._deleted.setdefault((kind, listed.segid), BitMap()).update(found)
                    self._names.judge_again(name for doc in found for name in segment.values_of("speaker", doc))

    def _kept(self, kind: DocumentKind) -> Iterator[_Opened]:
        """The served generation's segments as they are from now on, linked into the new one."""
        if self._base is None:
            return
        for listed, segment in zip(self._base.listed[kind], self._base.parts[kind].segments, strict=True):
            deleted = segment.deleted | self._deleted.get((kind, listed.segid), BitMap())
            if len(deleted) < segment.size:
                folder.link(self._base.path / listed.file_name, self._path / listed.file_name)
                yield self._opened(kind, listed, deleted)

    def _new(self, kind: DocumentKind, batches: list[Batch]) -> Iterator[_Opened]:
        """The segments written by this writer, without what was taken back."""
        for batch in batches:
            if path := batch.paths.get(kind):
                segment = Segment(path, kind)
                deleted = BitMap()
                for article_id, sizes in batch.taken_back.items():
                    deleted.update(doc for doc in _owned(kind, segment, article_id) if doc < sizes.get(kind, 0))
                if len(deleted) < segment.size:
                    yield self._opened(kind, codec.segment_of(path, kind), deleted)
                else:
                    path.unlink()

    def _compacted(self, opened: dict[DocumentKind, list[_Opened]], most: int) -> dict[DocumentKind, list[_Opened]]:
        """The segments, some of them merged where there are more."""
        workers, made = Workers(), dict[DocumentKind, list[_Opened]]()
        self._resources.callback(workers.abandon)
        merging: list[tuple[DocumentKind, ColumnarSegment, list[_Opened]]] = []
        for kind, segments in opened.items():
            sizes = [len(segment.live) for _, segment in segments]
            groups = compacting.chosen(sizes, LARGEST, most)
            merging += [(kind, ColumnarSegment(codec.NAMES[kind]), [segments[n] for n in group]) for group in groups]
            gone = {number for group in groups for number in group}
            made[kind] = [segment for number, segment in enumerate(segments) if number not in gone]
        _check([segment.file for _, _, chosen in merging for _, segment in chosen], "build the index again")
        for _, listed, chosen in merging:
            workers.start(partial(self._merge, listed, [segment for _, segment in chosen]))
        workers.finish()
        for kind, listed, chosen in merging:
            made[kind].append(self._opened(kind, listed, BitMap()))
            for old, _ in chosen:
                (self._path / old.file_name).unlink()
        return made

    def _merge(self, listed: ColumnarSegment, segments: list[Segment]) -> None:
        arrays = merged(segments, self._label_of)
        segmentfile.write(self._path / listed.file_name, arrays, {"documents": segments[0].documents})

    def _opened(self, kind: DocumentKind, listed: ColumnarSegment, deleted: BitMap) -> _Opened:
        segment = Segment(self._path / listed.file_name, kind, deleted)
        return listed.with_size(segment.size, deleted), segment

    def _label_of(self, code: str) -> str | None:
        return self._label(code) or self._labels.get(code)

    def _read_back(self) -> Status:
        """Raises DamagedIndex where the new generation is not what was put into it."""
        generation = Generation(self._path)
        before = {path.name for path in self._base.path.iterdir()} if self._base else set()
        files = [segment.file for part in generation.parts.values() for segment in part.segments]
        _check([file for file in files if file.path.name not in before], "it was discarded")
        held = self._manifest.count()
        if generation.status.articles != held:
            message = f"The new index has {generation.status.articles} articles instead of {held}; it was discarded."
            raise DamagedIndex(message)
        return generation.status

    def _served(self) -> str | None:
        return folder.served(self._folder) if (self._folder / "current").is_symlink() else None

    def _discard(self) -> None:
        if self._served() != self._path.name:
            shutil.rmtree(self._path, ignore_errors=True)


def _check(files: Sequence[SegmentFile], then: str) -> None:
    """Read files whole, before their content gets new checksums. Raises DamagedIndex, naming the one that is wrong."""
    with ThreadPoolExecutor() as pool:
        for file, damages in zip(files, pool.map(lambda file: list(file.damages()), files), strict=True):
            if damages:
                raise DamagedIndex(f"{file.path.name} can't be read back: {damages[0]}; {then}.")


def _owned(kind: DocumentKind, segment: Segment, article_id: str) -> list[int]:
    """The live documents of a segment that belong to an article: its own, or its quotes'."""
    return segment.owned_by(article_id.encode()) if kind == "quote" else segment.with_id(article_id.encode())
