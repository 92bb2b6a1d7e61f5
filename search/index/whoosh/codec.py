"""Our segments in a Whoosh index: its directory, table of contents, generations and schema, and segment files of ours.

Articles are the directory's main index, quotes one of the name `quotes`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from pyroaring import BitMap
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.fields import DocumentKind
from search.index.engine import DamagedIndex
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.reading import Documents, Terms
from search.index.whoosh.schema import schema

NAMES: dict[DocumentKind, str] = {"article": "MAIN", "quote": "quotes"}
EXTENSION = ".seg"

_OPENED: WeakValueDictionary[tuple[int, int, int, int], Segment] = WeakValueDictionary()  # a map keeps its inode


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """What Whoosh reads our segments with. Whoosh writes none: segments are written whole, by `writing.py`."""

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> Documents:
        return Documents(segment.open_in(storage))

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> Terms:
        return Terms(segment.open_in(storage), segment.documents)

    def new_segment(self, storage: Any, indexname: str) -> ColumnarSegment:
        return ColumnarSegment(indexname)


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """A segment as Whoosh's table of contents lists it: its id, its size, its deleted documents."""

    def __init__(self, indexname: str, size: int = 0, deleted: tuple[int, ...] = ()) -> None:
        super().__init__(indexname)
        self._size = size
        self._deleted = frozenset(deleted)

    @property
    def file_name(self) -> str:
        """The one file of the segment."""
        return str(self.make_filename(EXTENSION))

    @property
    def documents(self) -> DocumentKind:
        """The kind of its documents."""
        return next(kind for kind, name in NAMES.items() if name == self.indexname)

    def codec(self) -> ColumnarCodec:
        return ColumnarCodec()

    def open_in(self, storage: Any) -> Segment:
        """The segment's arrays, from one of Whoosh's storages, which must be a folder."""
        return self.open(Path(storage.folder), self.documents)

    def with_size(self, size: int, deleted: BitMap) -> ColumnarSegment:
        """This segment with its size and these documents deleted."""
        changed = ColumnarSegment(self.indexname, size, tuple(deleted))
        changed.segid = self.segid
        return changed

    def doc_count_all(self) -> int:
        return self._size

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def open(self, folder: Path, documents: DocumentKind) -> Segment:
        """The segment's arrays. Raises DamagedIndex."""
        segment = _opened(folder / self.file_name, documents, BitMap(self._deleted))
        if segment.size != self._size:
            raise DamagedIndex(f"{self.file_name} has {segment.size} documents instead of {self._size}.")
        return segment


def _opened(path: Path, documents: DocumentKind, deleted: BitMap) -> Segment:
    """A segment, mapped once for all generations that have its file: they share what is derived from it too."""
    try:
        found = path.stat()
    except OSError as error:
        raise DamagedIndex(f"{path.name} can't be read ({error.strerror}); build the index again.") from error
    key = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    known = _OPENED.get(key)
    segment = Segment(path, documents, deleted) if known is None else known.without(deleted)
    _OPENED[key] = segment
    return segment


def segment_of(path: Path, documents: DocumentKind) -> ColumnarSegment:
    """The segment that a file is of."""
    found = ColumnarSegment(NAMES[documents])
    found.segid = path.name.removeprefix(f"{found.indexname}_").removesuffix(EXTENSION)
    return found


def generation_of(folder: Path) -> int:
    """Whoosh's number of the newest table of contents."""
    return int(TOC._latest_generation(FileStorage(str(folder)), NAMES["article"]))


def listed(folder: Path, documents: DocumentKind) -> list[ColumnarSegment]:
    """The segments that the table of contents lists. Raises DamagedIndex."""
    try:
        found = TOC.read(FileStorage(str(folder)), NAMES[documents]).segments
    except Exception as error:  # Whoosh raises whatever it stumbles over
        message = f"Whoosh can't open the {documents} index of generation {folder.name} ({error}); build it again."
        raise DamagedIndex(message) from error
    if not all(isinstance(segment, ColumnarSegment) for segment in found):
        raise DamagedIndex("The index has segments of another codec; build it again.")
    return list(found)


def write_contents(folder: Path, documents: DocumentKind, segments: list[ColumnarSegment], generation: int) -> None:
    """Write the table of contents that lists these segments."""
    TOC(schema(documents), segments, generation).write(FileStorage(str(folder)), NAMES[documents])
