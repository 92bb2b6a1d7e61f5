from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.articles.classification.weighing import (
    ENOUGH,
    MOST,
    SATURATION,
    Choice,
    Scale,
    Tree,
    evidence,
    most_fitting,
    saturation,
    weigh,
)

PATHS = {
    "sport": ("sport",),
    "football": ("sport", "football"),
    "tennis": ("sport", "tennis"),
    "politics": ("politics",),
}
ALWAYS = Scale(ENOUGH, ENOUGH)
ALL = Choice(enough=ALWAYS, share=Scale(0.25, 0.25), branch=0.0)


def chosen(own: Mapping[str, float], choice: Choice = ALL, least: float = 0.0, length: int = 350) -> list[str]:
    return most_fitting(weigh(own, PATHS), Tree(PATHS), choice, length, least)


def test_one_mention_in_a_usual_article_counts_its_weight() -> None:
    assert round(evidence(10, 1.0, saturation(350)), 9) == 10


def test_a_mention_counts_more_in_a_short_article_and_less_in_a_long_one() -> None:
    assert evidence(10, 1.0, saturation(50)) > 10 > evidence(10, 1.0, saturation(3000))


@given(st.integers(1, 20), st.floats(0.1, 1e6), st.integers(0, 10**7))
def test_no_word_counts_more_than_its_share_however_often_it_is_said(weight: int, frequency: float, n: int) -> None:
    assert evidence(weight, frequency, saturation(n)) <= weight * (SATURATION + 1)


def test_a_child_stands_for_its_parent() -> None:
    assert chosen({"sport": 50, "football": 20}) == ["football"]


def test_children_that_have_too_little_add_up_to_their_parent() -> None:
    assert chosen({"football": 7, "tennis": 6}) == ["sport"]


def test_words_scattered_over_many_topics_are_about_none_of_them() -> None:
    assert chosen({"football": 6, "tennis": 6, "sport": 6}) == []


def test_a_child_with_most_of_what_its_parent_has_is_given_for_it() -> None:
    choice = replace(ALL, enough=Scale(20, 20))
    assert chosen({"football": 15, "tennis": 9}, choice) == ["football"]
    assert chosen({"sport": 16, "football": 15}, choice) == ["sport"]


def test_more_is_asked_for_in_a_longer_article() -> None:
    choice = replace(ALL, enough=Scale(10, 20))
    assert chosen({"politics": 14}, choice, length=100) == ["politics"]
    assert chosen({"politics": 14}, choice, length=300) == []
    assert chosen({"politics": 20}, choice, length=300_000) == ["politics"]


def test_what_is_far_behind_the_best_is_left_out() -> None:
    assert chosen({"football": 100, "politics": 20}) == ["football"]


def test_nothing_is_found_where_there_is_too_little() -> None:
    assert chosen({"politics": ENOUGH - 0.1}) == []


def test_more_can_be_asked_for() -> None:
    assert chosen({"politics": 20}, least=21) == []


def test_the_branch_can_decide_the_order() -> None:
    own = {"sport": 40, "football": 20, "politics": 30}
    assert chosen(own) == ["politics", "football"]
    assert chosen(own, replace(ALL, branch=1.0)) == ["football", "politics"]


def test_evidence_against_a_topic_does_not_count_against_its_parent() -> None:
    assert weigh({"football": -20, "sport": 15}, PATHS).total == {"sport": 15}


def test_topics_of_another_kind_are_passed_over() -> None:
    assert weigh({"oil": 20}, PATHS).total == {}


@given(st.dictionaries(st.integers(0, 30).map(str), st.integers(-50, 200), max_size=30))
def test_never_more_than_five_are_chosen(own: dict[str, int]) -> None:
    paths = {code: (code,) for code in own}
    got = most_fitting(weigh(own, paths), Tree(paths), ALL, 350)
    assert len(got) <= MOST
    assert [own[code] for code in got] == sorted((own[code] for code in got), reverse=True)


@given(st.permutations([("sport", 0.1), ("football", 0.2), ("tennis", 9.7)]))
def test_the_order_in_which_evidence_comes_decides_nothing(own: list[tuple[str, float]]) -> None:
    assert chosen(dict(own), replace(ALL, enough=Scale(10, 10))) == ["sport"]


@given(st.permutations([("sport", 0.2), ("football", 16.2), ("tennis", 16.0)]))
def test_nor_does_it_where_a_child_has_just_enough_to_be_given(own: list[tuple[str, float]]) -> None:
    assert chosen(dict(own), replace(ALL, enough=Scale(20, 20))) == ["football"]
