"""The state of a search and its address."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fields import FACETS
from search.query.nodes import Term
from search.query.results import Question
from search.query.state import BadParameter, SearchState, from_args
from search.query.syntax import TooLarge

EMPTY = SearchState()


def test_parameters_are_written_in_one_order_with_defaults_left_out() -> None:
    state = from_args(
        [
            ("size", "10"),
            ("page", "2"),
            ("not_place", "Vellmar"),
            ("topic", "medtop:1"),
            ("speaker", "Dana Ruhl"),
            ("speaker", "Ola Brant"),
            ("match", "all"),
            ("from", "2022"),
            ("q", "grain prices"),
        ]
    )
    assert state.url(".json") == (
        "/search.json?q=grain+prices&speaker=Dana+Ruhl&speaker=Ola+Brant&topic=medtop%3A1"
        "&not_place=Vellmar&from=2022&page=2"
    )


def test_the_address_of_an_empty_search_has_no_parameters() -> None:
    assert (EMPTY.url(), SearchState("quote").url(".csv")) == ("/search", "/quotes.csv")


def test_unknown_and_empty_parameters_are_ignored() -> None:
    assert from_args([("colour", "red"), ("q", ""), ("from", " "), ("speaker", ""), ("sort", "")]) == EMPTY


def test_the_last_of_repeated_single_values_counts_and_repeated_filters_count_once() -> None:
    state = from_args([("q", "a"), ("q", "b"), ("place", "X"), ("place", "Y"), ("place", "X")])
    assert (state.q, state.filters) == ("b", {"place": ("X", "Y")})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "from",
            "2022-13",
            "from=2022-13 is not a date: give a year, a month or a day, such as 2022, 2022-02 or 2022-02-04.",
        ),
        (
            "to",
            "soon",
            "to=soon is not a date: give a year, a month or a day, such as 2022, 2022-02 or 2022-02-04.",
        ),
        ("page", "0", "page=0 is not a whole number from 1 to 1,000,000."),
        ("page", "٣", "page=٣ is not a whole number from 1 to 1,000,000."),
        ("page", "9" * 100, f"page={'9' * 60}… is not a whole number from 1 to 1,000,000."),
        ("size", "101", "size=101 is not a whole number from 1 to 100."),
        ("sort", "best", "sort=best is not one of relevance, newest, oldest."),
        ("match", "some", "match=some is not one of all, any."),
    ],
)
def test_a_bad_value_is_named_in_a_sentence(name: str, value: str, message: str) -> None:
    with pytest.raises(BadParameter) as raised:
        from_args([(name, value)])
    assert (raised.value.name, raised.value.value, raised.value.message) == (name, value, message)


def test_dates_in_the_wrong_order_are_named() -> None:
    with pytest.raises(BadParameter, match="from=2022-02 is after to=2021"):
        from_args([("from", "2022-02"), ("to", "2021")])


def test_dates_of_which_one_holds_the_other_are_in_order() -> None:
    assert from_args([("from", "2022-02"), ("to", "2022")]).question()[0].date_to == "2022-12-31"


def test_a_facet_has_at_most_fifty_values() -> None:
    with pytest.raises(BadParameter, match="not_speaker=Speaker 50 is one value too many"):
        from_args(("not_speaker", f"Speaker {n}") for n in range(51))


def test_the_question_has_whole_days_and_the_slice_of_the_page() -> None:
    question, remarks = from_args(
        [("q", "grain"), ("from", "2021"), ("to", "2022-02"), ("place", "X"), ("not_agency", "Y"), ("page", "3")]
    ).question()
    assert remarks == ()
    assert question == Question(
        node=Term(None, "grain"),
        filters={"place": ("X",)},
        excluded={"agency": ("Y",)},
        date_from="2021-01-01",
        date_to="2022-02-28",
        offset=20,
    )


@pytest.mark.parametrize(
    ("args", "sort"),
    [
        ([("q", "grain")], "relevance"),
        ([("q", "grain"), ("sort", "oldest")], "oldest"),
        ([], "newest"),
        ([("q", "-grain")], "newest"),
        ([("q", "date:2022")], "newest"),
    ],
)
def test_results_come_by_relevance_where_there_are_words_else_newest_first(
    args: list[tuple[str, str]], sort: str
) -> None:
    assert from_args(args).question()[0].sort == sort


def test_remarks_on_the_query_come_with_the_question() -> None:
    (remark,) = from_args([("q", '"grain')]).question()[1]
    assert (remark.start, remark.end) == (0, 1)


def test_a_query_beyond_the_limits_has_no_question() -> None:
    with pytest.raises(TooLarge):
        from_args([("q", "a" * 2_001)]).question()


def test_an_article_is_linked_with_the_search_and_its_place_in_the_results() -> None:
    state = from_args([("q", "grain"), ("page", "2")])
    assert state.article_url("/articles/abc/grain-rises", 12) == "/articles/abc/grain-rises?q=grain&page=2&hit=12"


def test_an_excluded_value_can_be_asked_for_and_the_other_way_round() -> None:
    excluded = EMPTY.excluding("place", "X")
    assert (excluded.filters, excluded.excluded) == ({}, {"place": ("X",)})
    assert excluded.with_value("place", "X") == EMPTY.with_value("place", "X")
    assert EMPTY.with_value("place", "X").excluding("place", "X") == excluded


def test_a_facet_can_be_left_and_everything_but_the_words_cleared() -> None:
    state = from_args([("q", "a"), ("place", "X"), ("not_place", "Y"), ("agency", "Z"), ("from", "2022")])
    assert state.without_facet("place").params() == [("q", "a"), ("agency", "Z"), ("from", "2022")]
    assert state.cleared().params() == [("q", "a")]


NAMES = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)
VALUES = st.dictionaries(st.sampled_from(FACETS), st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple))
STATES = st.builds(
    SearchState,
    documents=st.sampled_from(["article", "quote"]),
    q=st.text(max_size=20).map(str.strip),
    match=st.sampled_from(["all", "any"]),
    filters=VALUES,
    excluded=VALUES,
    date_from=st.sampled_from([None, "2020", "2020-02", "2020-02-29"]),
    date_to=st.sampled_from([None, "2021", "2021-06", "2021-06-30"]),
    sort=st.sampled_from([None, "relevance", "newest", "oldest"]),
    page=st.integers(1, 1_000),
    size=st.integers(1, 100),
)


@given(STATES)
def test_a_state_is_read_back_from_its_parameters_and_its_address(state: SearchState) -> None:
    assert from_args(state.params(), state.documents) == state
    assert from_args(parse_qsl(urlsplit(state.url()).query), state.documents) == state


@given(STATES, st.sampled_from(FACETS), NAMES)
def test_adding_a_value_and_removing_it_changes_nothing_but_the_page(state: SearchState, facet: str, name: str) -> None:
    before = state.without_value(facet, name)
    for changed in (before.with_value(facet, name), before.excluding(facet, name)):
        assert changed != before
        assert changed.without_value(facet, name) == before


@given(STATES, st.sampled_from(FACETS), NAMES)
def test_adding_a_value_twice_is_adding_it_once(state: SearchState, facet: str, name: str) -> None:
    once = state.with_value(facet, name)
    assert once.with_value(facet, name) == once


@given(STATES)
def test_every_change_but_that_of_the_page_goes_to_the_first(state: SearchState) -> None:
    changes = [
        state.with_query("a"),
        state.with_value("place", "X"),
        state.without_value("place", "X"),
        state.excluding("place", "X"),
        state.without_facet("place"),
        state.cleared(),
        state.with_dates("2022", None),
        state.with_sort("oldest"),
        state.with_size(20),
    ]
    assert {change.page for change in changes} == {1}
    assert state.with_page(7).page == 7


@given(st.lists(st.tuples(st.sampled_from(["q", "page", "size", "from", "to", "sort", "place", "x"]), st.text())))
def test_any_parameters_are_a_state_or_a_bad_parameter(args: list[tuple[str, str]]) -> None:
    with suppress(BadParameter):
        state = from_args(args)
        assert from_args(state.params()) == state


def test_the_same_search_can_be_asked_of_quotes() -> None:
    state = SearchState(q="wheat", filters={"place": ("Lorne",)}, sort="oldest", page=3)
    assert state.among("quote").url() == "/quotes?q=wheat&place=Lorne&sort=oldest"
    assert state.among("quote").path == "/quotes"
    assert state.among("quote").among("article") == state.with_page(1)


def test_a_quote_is_reached_at_its_place_with_the_search_that_found_it() -> None:
    url = SearchState(documents="quote", q="wheat").quote_url("/articles/1/a", "1-2", 7)
    assert url == "/articles/1/a?q=wheat&among=quotes&hit=7#q-1-2"


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ([("place", f"P{n}") for n in range(51)], "place=P50 is one value too many: at most 50 are possible."),
        (
            [(facet, f"V{n}") for facet in ("place", "not_speaker", "topic") for n in range(40)],
            "topic=V20 is one filter too many: at most 100 are possible.",
        ),
        ([("place", "x" * 5_001)], f"place={'x' * 60}… is too much: all filters may have 5,000 characters."),
    ],
)
def test_filters_have_limits(args: list[tuple[str, str]], problem: str) -> None:
    with pytest.raises(BadParameter) as raised:
        from_args(args)
    assert raised.value.message == problem
