from __future__ import annotations

from pathlib import Path

from search.index.whoosh.columnar.inverting import id_arrays
from search.index.whoosh.columnar.streams import TEXT
from tests.index.making import article
from tests.index.whoosh.columnar.making import segment


def test_ids_are_kept_in_order_with_their_documents() -> None:
    assert id_arrays([b"b", b"c", b"a"])["id_docs"].tolist() == [2, 0, 1]


def test_a_term_has_its_documents_and_its_positions(tmp_path: Path) -> None:
    made = segment(tmp_path / "one", article("a", "grain boats", headline="boats"), article("b", "a boat"))
    stream = made.streams[TEXT]
    index = stream.find(made.terms.find(b"boat") or 0)
    assert index is not None
    assert stream.docs.numbers(index).tolist() == [0, 1]
    assert stream.docs_of(stream.places(index)).tolist() == [0, 0, 1]


def test_what_is_stored_comes_back_with_its_owner(tmp_path: Path) -> None:
    made = segment(tmp_path / "one", article("b"), article("a"))
    assert [made.stored(doc) for doc in range(2)] == [b"b", b"a"]
    assert made.owned_by(b"owner of a") == [1]
    assert made.find(b"a") == 1
