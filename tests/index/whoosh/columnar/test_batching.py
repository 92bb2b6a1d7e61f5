from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from search.fields import DocumentKind
from search.index.documents import article_document
from search.index.whoosh.columnar.batching import Batches, largest_batch
from search.index.whoosh.columnar.columns import Entry
from search.index.whoosh.columnar.segment import Segment
from tests.index.making import article

_SMALL = 60_000  # bytes of memory: a few articles a batch
_LARGE = 1 << 30


def batches(folder: Path, memory: int) -> Batches:
    names = map(str, count())

    def name(kind: DocumentKind) -> str:
        return next(names)

    return Batches(folder, name, {}, memory)


def entries(identity: str) -> list[Entry]:
    return [Entry("article", article_document(article(identity, "Boats sail.")), b"x" * 500)]


@pytest.mark.parametrize("memory", [_SMALL, _LARGE], ids=["sent to others", "inverted here"])
def test_all_that_was_added_is_written_but_what_was_taken_back(tmp_path: Path, memory: int) -> None:
    made = batches(tmp_path, memory)
    for number in range(60):
        made.add(f"a{number}", entries(f"a{number}"))
    made.take_back("a3")
    made.take_back("a59")
    made.add("a3", entries("a3"))
    made.take_back("never added")
    found = []
    for batch in made.finish():
        segment = Segment(batch.paths["article"], "article")
        gone = [
            doc
            for taken, sizes in batch.taken_back.items()
            for doc in segment.with_id(taken.encode())
            if doc < sizes["article"]
        ]
        found += [segment.id_of(doc).decode() for doc in range(segment.size) if doc not in gone]
    assert sorted(found) == sorted(f"a{number}" for number in range(59))


def test_much_is_written_in_several_segments(tmp_path: Path) -> None:
    made = batches(tmp_path, _SMALL)
    for number in range(60):
        made.add(f"a{number}", entries(f"a{number}"))
    assert len(made.finish()) > 2


def test_batches_are_smaller_where_more_processes_share_the_memory() -> None:
    assert largest_batch(_LARGE, 8) < largest_batch(_LARGE, 2) < _LARGE
