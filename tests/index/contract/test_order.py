"""The hits in order, by the page and as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.fields import DocumentKind
from search.index.engine import Engine, NoIndex
from search.query.nodes import And, Or, Term
from search.query.results import Question, Sort
from tests.index.contract.archive import identity, ids
from tests.index.making import article, source


def test_the_dates_include_both_ends(engine: Engine) -> None:
    assert ids(engine.search(Question(date_from="2021-05-02", date_to="2022-02-04"))) == {"ferry", "tariff"}


def test_newest_first_leaves_undated_articles_for_the_end(engine: Engine) -> None:
    hits = engine.search(Question(sort="newest")).hits
    assert [hit.article.id for hit in hits] == ["strike", "tariff", "ferry", "weather"]


def test_oldest_first_leaves_undated_articles_for_the_end(engine: Engine) -> None:
    hits = engine.search(Question(sort="oldest")).hits
    assert [hit.article.id for hit in hits] == ["ferry", "tariff", "strike", "weather"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_put_together_are_the_whole(engine: Engine, sort: str) -> None:
    whole = engine.search(Question(sort=sort, limit=10)).hits  # type: ignore[arg-type]
    pages = [engine.search(Question(sort=sort, offset=n, limit=1)).hits for n in range(5)]  # type: ignore[arg-type]
    assert [page[0].article.id for page in pages[:4]] == [hit.article.id for hit in whole]
    assert pages[4] == ()


def test_a_limit_of_nothing_gives_the_counts_alone(engine: Engine) -> None:
    results = engine.search(Question(limit=0))
    assert (results.total, results.hits) == (4, ())


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("documents", ["article", "quote"])
def test_every_hit_comes_in_the_order_of_the_pages(engine: Engine, documents: DocumentKind, sort: Sort) -> None:
    for node in (And(()), Or((Term(None, "safe"), Term(None, "boat")))):
        asked = Question(documents=documents, node=node, sort=sort)
        page = engine.search(replace(asked, limit=100))
        whole = engine.every(replace(asked, limit=1))
        assert (whole.total, whole.generation) == (page.total, page.generation)
        assert [identity(hit) for hit in whole.hits] == [identity(hit) for hit in page.hits]


def test_every_hit_obeys_filters_and_starts_at_the_offset(engine: Engine) -> None:
    question = Question(filters={"place": ("Northport",)}, sort="newest", date_from="2021-01-01")
    assert [hit.article.id for hit in engine.every(question).hits] == ["tariff", "ferry"]
    rest = engine.every(replace(question, offset=1))
    assert rest.total == 2
    assert [hit.article.id for hit in rest.hits] == ["ferry"]
    assert list(engine.every(replace(question, offset=5)).hits) == []


def test_a_generation_is_read_to_its_end_whatever_is_published_meanwhile(fresh: Engine) -> None:
    whole = fresh.every(Question(sort="newest"))
    read = [next(whole.hits).article.id]
    for _ in range(4):
        with fresh.build() as writer:
            writer.put(source("c.jsonl"), [article("alone")])
            writer.commit()
    read += [hit.article.id for hit in whole.hits]
    assert read == ["strike", "tariff", "ferry", "weather"]


def test_without_an_index_there_is_nothing_to_list(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.every(Question())
