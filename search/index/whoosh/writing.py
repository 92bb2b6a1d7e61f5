"""The writer: prepares the next generation beside the one being served, and publishes it in one rename.

Anything that goes wrong before that rename leaves the served generation untouched; what is left of the new one is
removed at once, or by the next writer when this process is killed.
"""

from __future__ import annotations

import contextlib
import gc
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from search.articles.model import Article, SourceFile
from search.fields import FIELDS, DocumentKind
from search.index.documents import (
    Document,
    Label,
    article_document,
    as_stored,
    check,
    digest,
    quote_documents,
    searched_words,
)
from search.index.engine import Change, DamagedIndex, Status
from search.index.whoosh import arrays, columns, folder, words
from search.index.whoosh.columns import Columns
from search.index.whoosh.generation import (
    ABOUT,
    KINDS,
    MANIFEST,
    Generation,
    column_file,
    open_reader,
    words_file,
    write_about,
)
from search.index.whoosh.manifest import Manifest
from search.index.whoosh.postings import PostingsReader
from search.index.whoosh.schema import ARTICLE, analysed, schema, words_field

_MEMORY = 256  # megabytes of postings that Whoosh sorts in memory, by its own estimate
_OWN = frozenset({ABOUT, MANIFEST, folder.FILES} | {made(kind) for kind in KINDS for made in (column_file, words_file)})


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec without each block's shortest and longest document, of which nothing here makes use."""

    length_stats = False


class Segment:
    """The documents being added to, and deleted from, one kind's index, each owned by an article."""

    def __init__(self, path: Path, documents: DocumentKind, base: Generation | None, label: Label) -> None:
        self._documents = documents
        self._path = path
        self._base = base
        self._label = label
        self._names = frozenset(schema(documents).names())
        self._added: dict[str, list[int]] = {}
        self._superseded: list[int] = []
        self._count = 0
        self._writer: SegmentWriter | None = None
        self.stems: dict[str, str] = dict(base.parts[documents].words.stems) if base else {}

    def add(self, owner: str, document: Document, **more: Any) -> None:
        """Add a document, all of it analysed before Whoosh sees any."""
        values = {**self._values(document), **more}
        self._open().add_document(**values)
        self._added.setdefault(owner, []).append(self._count)
        self._count += 1

    def remove(self, owner: str) -> None:
        """Remove what this article owns."""
        self._superseded += self._added.pop(owner, [])
        if self._base:
            for number in self._base.owned(self._documents, owner):
                self._open().delete_document(number)

    def commit(self) -> None:
        """Write everything to Whoosh's files."""
        if self._writer is None:
            return
        self._writer.commit()
        if self._superseded:
            writer = SegmentWriter(_index(self._path, self._documents))
            start = sum(segment.doc_count_all() for segment in writer.segments[:-1])
            for number in self._superseded:
                writer.delete_document(start + number)
            writer.commit(merge=False)

    def cancel(self) -> None:
        """Close Whoosh's files; the folder is to be thrown away."""
        if self._writer is not None and not self._writer.is_closed:
            self._writer.cancel()

    def _open(self) -> SegmentWriter:
        if self._writer is None:
            index = _index(self._path, self._documents)
            self._writer = SegmentWriter(index, limitmb=_MEMORY, codec=_Codec(compression=1))
        return self._writer

    def _values(self, document: Document) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, values in document.items():
            if (field := words_field(name)) and field in self._names and values:
                texts = [searched_words(name, value, self._label) for value in values]
                found[field] = analysed(texts, self.stems)
            if name in self._names and FIELDS[name].kind != "text" and values:
                found[name] = values
        return found


class WhooshWriter:
    """Implements `search.index.engine.Writer`. `base` opens the generation to start from; None starts from nothing."""

    def __init__(self, path: Path, label: Label, base: Callable[[], Generation] | None) -> None:
        self._folder = path
        self._label = label
        self._open_base = base
        self._lock = folder.Lock(path)
        self._labels: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._resources = contextlib.ExitStack()

    def __enter__(self) -> Self:
        folder.prepare(self._folder)
        self._lock.acquire()
        self._resources.callback(self._lock.release)
        if gc.isenabled():  # millions of postings in memory and no cycles among them: collecting takes a third
            gc.disable()
            self._resources.callback(gc.enable)
        try:
            self._begin()
        except BaseException:
            self._resources.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._resources.close()

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
        for segment in self._segments.values():
            segment.commit()
        self._derive()
        self._manifest.commit()
        folder.seal(self._path, self._base.path if self._base else None)
        status = self._read_back()
        before = self._served()
        folder.publish(self._folder, self._path.name)
        folder.sweep(self._folder, frozenset({self._path.name, before or self._path.name}))
        return status

    def _begin(self) -> None:
        served = self._served()
        folder.sweep(self._folder, frozenset({served} if served else ()))
        self._base = self._open_base() if self._open_base else None
        if self._base:
            self._resources.callback(self._base.close)
        self._path = folder.generation_path(self._folder, folder.new_generation(self._folder))
        self._resources.callback(self._discard)
        self._fill()
        self._manifest = Manifest(self._path / MANIFEST)
        self._resources.callback(self._manifest.close)
        self._segments = {kind: Segment(self._path, kind, self._base, self._label_of) for kind in KINDS}
        for segment in self._segments.values():
            self._resources.callback(segment.cancel)

    def _fill(self) -> None:
        """Put into the new folder what it starts from."""
        if self._base:
            folder.link_files(self._base.path, self._path, _OWN)
            shutil.copyfile(self._base.path / MANIFEST, self._path / MANIFEST)
            self._labels.update(self._base.labels)
        else:
            for kind in KINDS:
                FileIndex.create(FileStorage(str(self._path)), schema(kind), kind)

    def _put(self, path: str, article: Article) -> str | None:
        """What was done: "added", "changed", "held" where only the source is new, or None."""
        content, published = as_stored(article), article.published or ""
        checksum, shown = digest(content), self._manifest.shown(article.id)
        if shown and (shown[1] == checksum or (shown[0] != path and shown[2] > published)):
            return "held" if self._manifest.hold(path, article.id, checksum) else None
        documents = article_document(article), tuple(quote_documents(article))
        check(documents[0], *documents[1])
        self._take_out(article.id)
        self._add(article, content, *documents)
        self._manifest.hold(path, article.id, checksum)
        self._manifest.show(article.id, path, checksum, published)
        return "changed" if shown else "added"

    def _add(self, article: Article, content: bytes, document: Document, quotes: tuple[Document, ...]) -> None:
        self._labels.update((topic.code, topic.label) for topic in (*article.topics, *article.sectors))
        self._segments["article"].add(article.id, document, stored=content)
        for quote in quotes:
            self._segments["quote"].add(article.id, quote, **{ARTICLE: (article.id,)})
        self._written[article.id] = digest(content)

    def _take_out(self, article_id: str) -> None:
        self._written.pop(article_id, None)
        for segment in self._segments.values():
            segment.remove(article_id)

    def _derive(self) -> None:
        """Write the columns, the words and what the generation says of itself."""
        parts: dict[DocumentKind, Columns] = {}
        for kind, segment in self._segments.items():
            reader = open_reader(self._path, kind)
            try:
                postings = PostingsReader(reader)
                parts[kind] = columns.derive(postings, kind, parts.get("article"))
                arrays.write(self._path / column_file(kind), parts[kind].arrays)
                words.write(self._path / words_file(kind), words.derive(postings, kind, segment.stems))
            finally:
                reader.close()
        write_about(self._path, parts, self._label_of)

    def _label_of(self, code: str) -> str | None:
        return self._label(code) or self._labels.get(code)

    def _read_back(self) -> Status:
        """Raises DamagedIndex where the new generation is not what was put into it."""
        generation = Generation(self._path)
        try:
            held = len(self._manifest.digests())
            if generation.status.articles != held:
                message = (
                    f"The new index has {generation.status.articles} articles instead of {held}; it was discarded."
                )
                raise DamagedIndex(message)
            for article_id, content in self._written.items():
                found = generation.find(article_id)
                if found is None or digest(as_stored(found)) != content:
                    raise DamagedIndex(f"Article {article_id} can't be read back from the new index; it was discarded.")
            return generation.status
        finally:
            generation.close()

    def _served(self) -> str | None:
        return folder.served(self._folder) if (self._folder / "current").is_symlink() else None

    def _discard(self) -> None:
        if self._served() != self._path.name:
            shutil.rmtree(self._path, ignore_errors=True)


def _index(path: Path, documents: DocumentKind) -> FileIndex:
    return FileIndex(FileStorage(str(path)), indexname=documents)
