"""One speaker or place, one name across the archive: asked of the oracle and of the embedded engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.articles.model import Article
from search.index.engine import Engine
from search.index.whoosh import WhooshEngine
from search.query.results import FacetCount, Question
from tests.index.making import LABELS, article, fill, source
from tests.index.naive import NaiveEngine

ARCHIVE = (
    article("a", "Grain.", said={"We sell grain": "Dmitry Arlov"}, published="2021-01-01"),
    article("b", "Ships.", said={"We build ships": "Dmitri Arlov", "So do we": "Bo Ray"}, published="2021-02-01"),
    article("c", "Rails.", said={"We lay rails": "Dmitry Arlov"}, published="2021-03-01"),
)


@pytest.fixture(params=["naive", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "naive":
        return NaiveEngine(LABELS.get)
    return WhooshEngine(tmp_path / "index", label=LABELS.get)


def update(engine: Engine, *articles: Article) -> None:
    with engine.update() as writer:
        writer.put(source("more.jsonl"), articles)
        writer.commit()


def speakers(engine: Engine, question: Question) -> list[FacetCount]:
    return list(engine.search(question).facets["speaker"])


def test_one_speaker_under_two_names_is_one_value_of_the_facet(engine: Engine) -> None:
    fill(engine, ARCHIVE)
    question = Question(facets=("speaker",))
    assert speakers(engine, question) == [
        FacetCount("Dmitry Arlov", "Dmitry Arlov", 3, others=("Dmitri Arlov",)),
        FacetCount("Bo Ray", "Bo Ray", 1),
    ]
    assert engine.search(question).facet_sizes == {"speaker": 2}


@pytest.mark.parametrize("name", ["Dmitry Arlov", "Dmitri Arlov"])
def test_either_name_finds_what_is_said_under_both(engine: Engine, name: str) -> None:
    fill(engine, ARCHIVE)
    results = engine.search(Question(documents="quote", filters={"speaker": (name,)}, facets=("speaker",)))
    assert {hit.quote.text for hit in results.hits if hit.quote} == {"We sell grain", "We build ships", "We lay rails"}
    other = "Dmitri Arlov" if name == "Dmitry Arlov" else "Dmitry Arlov"
    assert results.facets["speaker"][0] == FacetCount(name, "Dmitry Arlov", 3, selected=True, others=(other,))
    assert len(results.facets["speaker"]) == 2


def test_both_names_of_a_speaker_may_be_chosen_and_are_one_speaker(engine: Engine) -> None:
    fill(engine, ARCHIVE)
    results = engine.search(Question(filters={"speaker": ("Dmitry Arlov", "Dmitri Arlov")}, facets=("speaker",)))
    found = {count.value: (count.count, count.selected) for count in results.facets["speaker"]}
    assert found == {"Dmitry Arlov": (3, True), "Dmitri Arlov": (3, True), "Bo Ray": (1, False)}
    assert (results.total, results.facet_sizes) == (3, {"speaker": 2})


def test_a_speaker_who_is_excluded_is_excluded_under_every_name(engine: Engine) -> None:
    fill(engine, ARCHIVE)
    results = engine.search(Question(documents="quote", excluded={"speaker": ("Dmitri Arlov",)}, facets=("speaker",)))
    assert [hit.quote.speaker for hit in results.hits if hit.quote] == ["Bo Ray"]
    found = {count.value: (count.count, count.excluded) for count in results.facets["speaker"]}
    assert found == {"Bo Ray": (1, False), "Dmitri Arlov": (0, True)}


def test_an_article_that_tells_two_names_apart_keeps_them_apart_everywhere(engine: Engine) -> None:
    fill(engine, ARCHIVE)
    update(engine, article("d", "Both.", said={"I am one": "Dmitry Arlov", "I am another": "Dmitri Arlov"}))
    found = {count.value: count.count for count in speakers(engine, Question(facets=("speaker",)))}
    assert found == {"Dmitry Arlov": 3, "Dmitri Arlov": 2, "Bo Ray": 1}


def test_an_update_brings_a_new_name_to_those_that_are_there(engine: Engine) -> None:
    fill(engine, ARCHIVE[:1])
    roles = {"D. Arlov": "trade minister", "Dmitry Arlov": "trade minister"}
    update(engine, article("e", "Trade.", said={"We trade": "D. Arlov"}, roles=roles))
    assert len(speakers(engine, Question(facets=("speaker",)))) == 2
    update(
        engine,
        article("e", "Trade.", said={"We trade": "D. Arlov"}, roles=roles),
        article("f", "More.", said={"We trade more": "Dmitry Arlov"}, roles=roles),
    )
    assert speakers(engine, Question(facets=("speaker",))) == [
        FacetCount("Dmitry Arlov", "Dmitry Arlov", 3, others=("D. Arlov",))
    ]


def test_names_that_the_aliases_settle_are_left_alone(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index", label=LABELS.get, settled="Dmitri Arlov".__eq__)
    fill(engine, ARCHIVE)
    found = {count.value: count.count for count in speakers(engine, Question(facets=("speaker",)))}
    assert found == {"Dmitry Arlov": 2, "Dmitri Arlov": 1, "Bo Ray": 1}


SPELT = (
    article("a", "One.", places=("St. Aldry",), said={"Yes": "IG Dockers"}),
    article("b", "Two.", places=("St. Aldry", "Port Elsin"), said={"No": "IG-Dockers"}),
    article("c", "Three.", places=("ST ALDRY",), said={"Yes": "Bo Ray"}),
)


def test_names_that_differ_in_case_accents_or_punctuation_alone_are_one_value(engine: Engine) -> None:
    fill(engine, SPELT)
    results = engine.search(Question(facets=("place", "speaker")))
    assert results.facets["place"] == (
        FacetCount("St. Aldry", "St. Aldry", 3, others=("ST ALDRY",)),
        FacetCount("Port Elsin", "Port Elsin", 1),
    )
    assert {count.value: count.count for count in results.facets["speaker"]} == {"IG Dockers": 2, "Bo Ray": 1}
    assert results.facet_sizes == {"place": 2, "speaker": 2}


def test_any_spelling_finds_all_of_them(engine: Engine) -> None:
    fill(engine, SPELT)
    for place in ("St. Aldry", "ST ALDRY"):
        assert engine.search(Question(filters={"place": (place,)})).total == 3


def test_an_article_with_two_spellings_counts_once(engine: Engine) -> None:
    fill(engine, SPELT)
    update(engine, article("d", "Four.", places=("St Aldry", "ST ALDRY", "St. Aldry")))
    (place, *_) = engine.search(Question(facets=("place",))).facets["place"]
    assert (place.count, len(place.others)) == (4, 2)


def test_a_spelling_that_no_article_has_any_more_is_told_no_more(engine: Engine) -> None:
    fill(engine, SPELT)
    update(engine, article("c", "Three.", places=("Port Elsin",)))
    (place, *_) = engine.search(Question(facets=("place",))).facets["place"]
    assert place == FacetCount("Port Elsin", "Port Elsin", 2)
    with engine.update() as writer:
        writer.remove(["b"])
        writer.commit()
    counts = engine.search(Question(facets=("place",))).facets["place"]
    assert {count.value: count.others for count in counts} == {"Port Elsin": (), "St. Aldry": ()}


def test_signs_that_leave_nothing_to_compare_stay_apart(engine: Engine) -> None:
    fill(engine, [article("a", "One.", places=("?!",)), article("b", "Two.", places=("…",))])
    assert engine.search(Question(facets=("place",))).facet_sizes == {"place": 2}


def test_quotes_are_counted_under_the_spelling_that_articles_show_most(engine: Engine) -> None:
    told = [article(f"a{n}", "One.", places=("Port Elsin",)) for n in range(2)]
    fill(engine, [*told, article("b", "Two.", places=("PORT ELSIN",), said={"Yes": "Bo Ray"})])
    (place,) = engine.search(Question(documents="quote", facets=("place",))).facets["place"]
    assert place == FacetCount("Port Elsin", "Port Elsin", 1, others=("PORT ELSIN",))
