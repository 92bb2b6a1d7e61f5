from __future__ import annotations

import pytest
from flask import Flask

from search.index.engine import Engine, QueryTimeout
from search.query.results import Question, Results
from search.query.state import BadParameter, SearchState
from search.web.answers import ask, ways_on
from search.web.articles import trail
from tests.archive import HARVEST
from tests.index.naive import NaiveEngine


class Slow(NaiveEngine):
    """An engine that never finishes in time."""

    def search(self, question: Question) -> Results:
        raise QueryTimeout("too slow")


@pytest.fixture
def engine(site: Flask) -> Engine:
    found: Engine = site.extensions["engine"]
    return found


def test_an_answer_holds_the_remarks_of_the_parser(engine: Engine) -> None:
    answer = ask(engine, SearchState(q="(wheat"))
    assert answer.results.total == 4
    assert answer.diagnostics


def test_an_answer_lists_no_more_values_than_asked_for(engine: Engine) -> None:
    answer = ask(engine, SearchState(), facet_limit=1)
    assert len(answer.results.facets["place"]) == 1
    assert answer.results.facet_sizes["place"] == 3


def test_the_last_page_is_answered_and_the_next_refused(engine: Engine) -> None:
    assert ask(engine, SearchState(page=5)).pages.last == 5
    with pytest.raises(BadParameter, match="page=6"):
        ask(engine, SearchState(page=6))


def test_only_ways_that_find_something_are_offered(engine: Engine) -> None:
    state = SearchState(q="wheat pipeline", filters={"place": ("Lorne",)}, date_from="2021")
    assert [(way.label, way.count) for way in ways_on(engine, state)] == [("Any of the words", 1)]


def test_a_way_leads_to_what_it_promises(engine: Engine) -> None:
    (way,) = ways_on(engine, SearchState(q="pipeline", date_from="2022"))
    assert (way.label, way.url, way.count) == ("Any date", "/search?q=pipeline", 1)


def test_ways_that_take_too_long_are_left_out() -> None:
    assert ways_on(Slow(str), SearchState(q="a b", date_from="2022")) == []


def test_an_article_can_be_read_while_its_search_takes_too_long() -> None:
    assert trail(Slow(str), SearchState(q="wheat"), 1, HARVEST) is None
