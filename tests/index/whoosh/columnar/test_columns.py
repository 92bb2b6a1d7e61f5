from __future__ import annotations

from array import array

from search.fields import FACETS
from search.index.documents import article_document
from search.index.whoosh.columnar.columns import Entry, columns_of
from search.index.whoosh.columnar.days import day_number
from tests.index.making import article


def numbers(column: bytes) -> list[int]:
    found = array("I")
    found.frombytes(column)
    return found.tolist()


def test_texts_follow_one_another_with_their_sizes_in_bytes() -> None:
    made = columns_of("article", [Entry("article", article_document(article("a", "Über", headline="Boats")), b"{}")])
    sizes = numbers(made.text_sizes)
    texts = made.run.decode().split("\n")[:-1]
    assert [len(text.encode()) for text in texts] == sizes
    assert {"Über", "Boats"} <= set(texts)
    assert sum(map(sum, map(numbers, made.field_values))) == len(texts)


def test_facets_days_ids_and_what_is_stored_stand_document_by_document() -> None:
    articles = [
        article("a", said={"We sail.": "Bo Ray", "We do.": "Ann Lee"}, published="2022-02-04"),
        article("b", published=None),
    ]
    made = columns_of("article", [Entry("article", article_document(one), one.id.encode()) for one in articles])
    speakers = FACETS.index("speaker")
    assert made.facets[speakers] == ["Bo Ray", "Ann Lee"]
    assert numbers(made.facet_counts[speakers]) == [2, 0]
    assert numbers(made.days) == [day_number("2022-02-04"), 0]
    assert (made.ids, made.stored, made.owners) == (["a", "b"], [b"a", b"b"], ["", ""])
