from __future__ import annotations

from dataclasses import dataclass

import pytest

from search.articles.topics import TopicTable
from search.index.engine import Engine
from search.query.results import FacetCount, Question, Results
from search.web.branches import parents, tree
from tests.archive import OIL


@dataclass
class _Counts:
    """An engine that knows counts alone."""

    facets: dict[str, tuple[FacetCount, ...]]

    def search(self, question: Question) -> Results:
        return Results(0, facets=self.facets)


@pytest.fixture(scope="module")
def table() -> TopicTable:
    return TopicTable.load()


def _engine(topics: list[FacetCount], sectors: list[FacetCount]) -> Engine:
    return _Counts({"topic": tuple(topics), "sector": tuple(sectors)})  # type: ignore[return-value]


def test_a_code_that_the_table_does_not_know_stands_at_the_top(table: TopicTable) -> None:
    found = tree(_engine([FacetCount("own:1", "harbour gossip", 3)], []), table)
    assert [(branch.code, branch.label, branch.count) for branch in found.topics] == [("own:1", "harbour gossip", 3)]


def test_branches_are_found_by_code_at_any_depth(table: TopicTable) -> None:
    found = tree(_engine([], [FacetCount("medtop:20000256", "", 2), FacetCount(OIL.code, "", 1)]), table)
    assert len(found.sectors) == 1
    branch = found.find(OIL.code)
    assert branch
    assert (branch.label, branch.count, branch.kind) == ("oil and gas", 1, "sector")
    assert found.find("medtop:15000000") is None


def test_parents_of_sectors_are_sectors(table: TopicTable) -> None:
    assert [topic.code for topic in parents(OIL.code, "sector", table)] == ["medtop:20000256"]
    assert parents("own:1", "topic", table) == ()
