"""What every engine does, asked of each in turn: the oracle in memory and the embedded one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from search.articles.model import Article, SourceFile
from search.fields import DocumentKind
from search.index.engine import Engine, IndexLocked, NoIndex
from search.index.whoosh import WhooshEngine
from search.query.nodes import And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.results import Hit, MonthCount, Question, Results, Sort
from tests.index.making import ECONOMY, LABELS, TRADE, TRANSPORT, article, source
from tests.index.naive import NaiveEngine

ARCHIVE = (
    article(
        "ferry",
        "NORTHPORT, May 2 - The island's ferries will run again.",
        "The harbour master expects U.S.-built engines.",
        headline="Ferry service resumes",
        lead="Islanders get their boats back.",
        said={"The boats are safe": "Ada Brandt", "we waited a year": ""},
        roles={"Ada Brandt": "transport minister"},
        places=("Northport",),
        agency="Norwire",
        sectors=((TRANSPORT,),),
        published="2021-05-02",
    ),
    article(
        "tariff",
        "Ministers agreed on tariffs for grain and ferries.",
        "Café owners were relieved; the boat builders less so.",
        headline="Tariff talks end",
        said={"Trade is safe in our hands": "Bo Ray", "Tariffs help nobody": "Ada Brandt"},
        roles={"Bo Ray": "trade envoy"},
        places=("Southby", "Northport"),
        agency="Norwire",
        topics=((ECONOMY, TRADE), (ECONOMY,)),
        published="2022-02-04",
    ),
    article("weather", "Rain, and more rain.", headline="Weather", places=("Southby",)),
    article("strike", "Dockers strike as boats wait.", headline="Strike", agency="Midpress", published="2022-02-28"),
)

Make = Callable[[Iterable[Article]], Engine]


@pytest.fixture(params=["naive", "whoosh"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "naive":
        return NaiveEngine(LABELS.get)
    return WhooshEngine(tmp_path / "index", label=LABELS.get)


@pytest.fixture
def engine(empty: Engine) -> Engine:
    with empty.build() as writer:
        writer.put(source(), ARCHIVE)
        writer.commit()
    return empty


def identity(hit: Hit) -> str:
    return hit.quote.id if hit.quote else hit.article.id


def ids(results: Results) -> set[str]:
    return {identity(hit) for hit in results.hits}


def matching(engine: Engine, node: Node) -> set[str]:
    results = engine.search(Question(node=node, limit=100))
    assert results.total == len(results.hits)
    return ids(results)


def counts(results: Results, facet: str) -> dict[str, int]:
    return {count.value: count.count for count in results.facets[facet]}


def test_without_an_index_there_is_nothing_to_search(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.search(Question())


def test_without_an_index_there_is_nothing_to_update(empty: Engine) -> None:
    with pytest.raises(NoIndex), empty.update():
        pass


def test_an_archive_of_nothing_answers(empty: Engine) -> None:
    with empty.build() as writer:
        writer.commit()
    results = empty.search(Question())
    assert (results.total, results.hits, results.histogram) == (0, (), ())
    assert empty.search(Question(documents="quote", node=Term(None, "x"))).total == 0


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (And(()), {"ferry", "tariff", "weather", "strike"}),
        (Or(()), set()),
        (Term(None, "ferries"), {"ferry", "tariff"}),
        (Term(None, "FERRY"), {"ferry", "tariff"}),
        (Term(None, "cafe"), {"tariff"}),
        (Term(None, "U.S.-built"), {"ferry"}),
        (Term(None, "built-engines"), {"ferry"}),
        (Term(None, "engines-built"), set()),
        (Term(None, "…"), set()),
        (Term("headline", "ferry"), {"ferry"}),
        (Term("lead", "boats"), {"ferry"}),
        (Term("body", "boat"), {"tariff", "strike"}),
        (Term("said", "safe"), {"ferry", "tariff"}),
        (Term("said", "rain"), set()),
        (Term("speaker", "brandt"), {"ferry", "tariff"}),
        (Phrase("speaker", ("bo", "ray")), {"tariff"}),
        (Phrase("speaker", ("ray", "ada")), set()),
        (Term("role", "envoy"), {"tariff"}),
        (Term("place", "northport"), {"ferry", "tariff"}),
        (Term("agency", "midpress"), {"strike"}),
        (Term("topic", "business"), {"tariff"}),
        (Term("topic", TRADE), {"tariff"}),
        (Term("topic", ECONOMY), {"tariff"}),
        (Term("sector", "transport"), {"ferry"}),
        (Term("topic", "transport"), set()),
        (Phrase(None, ("run", "again")), {"ferry"}),
        (Phrase(None, ("again", "the")), set()),
        (Phrase(None, ("boat", "builder")), {"tariff"}),
        (Near(None, ("relieved", "owners"), 1), {"tariff"}),
        (Near(None, ("relieved", "owners"), 0), set()),
        (Near(None, ("rain", "rain"), 1), set()),
        (Near(None, ("rain", "rain"), 2), {"weather"}),
        (Prefix(None, "tari"), {"tariff"}),
        (Prefix(None, "Ferri"), {"ferry", "tariff"}),
        (Prefix("speaker", "br"), {"ferry", "tariff"}),
        (Prefix("body", "resum"), set()),
        (Fuzzy(None, "tarif", 1), {"tariff"}),
        (Fuzzy(None, "wether", 1), {"weather"}),
        (Fuzzy(None, "wehter", 1), set()),
        (Range("date", "2022-01-01", None), {"tariff", "strike"}),
        (Range("date", None, "2022-02-04"), {"ferry", "tariff"}),
        (Range("date", "2022-02-04", "2022-02-04"), {"tariff"}),
        (Not(Term(None, "boats")), {"weather"}),
        (Not(Range("date", "2000-01-01", None)), {"weather"}),
        (And((Term(None, "boats"), Not(Term(None, "ferry")))), {"strike"}),
        (Or((Term(None, "rain"), Term(None, "dockers"))), {"weather", "strike"}),
        (Not(Not(Term(None, "rain"))), {"weather"}),
    ],
)
def test_a_query_finds_exactly_what_it_asks_for(engine: Engine, node: Node, expected: set[str]) -> None:
    assert matching(engine, node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (And(()), {"ferry-q0", "ferry-q1", "tariff-q0", "tariff-q1"}),
        (Term(None, "safe"), {"ferry-q0", "tariff-q0"}),
        (Term(None, "dockers"), set()),
        (Term("body", "ferries"), set()),
        (Term("headline", "tariff"), {"tariff-q0", "tariff-q1"}),
        (Term("speaker", "brandt"), {"ferry-q0", "tariff-q1"}),
        (Term("role", "minister"), {"ferry-q0"}),
        (Term("topic", TRADE), {"tariff-q0", "tariff-q1"}),
        (Phrase(None, ("safe", "we")), set()),
    ],
)
def test_a_quote_is_found_by_its_own_words(engine: Engine, node: Node, expected: set[str]) -> None:
    results = engine.search(Question(documents="quote", node=node, limit=100))
    assert ids(results) == expected
    assert results.total == len(expected)


def test_a_quote_comes_with_the_article_it_stands_in(engine: Engine) -> None:
    (hit,) = engine.search(Question(documents="quote", node=Term(None, "waited"))).hits
    assert hit.article == ARCHIVE[0]
    assert hit.quote == ARCHIVE[0].quotes[1]


def test_an_article_comes_back_as_it_was_put(engine: Engine) -> None:
    assert engine.article("tariff") == ARCHIVE[1]
    assert engine.article("nothing") is None


@pytest.mark.parametrize("strange", ["", "\x00", "weather\x00", "\ud800", "é" * 100])
def test_no_id_of_a_stranger_is_an_article_or_an_error(engine: Engine, strange: str) -> None:
    assert engine.article(strange) is None


def test_the_counts_of_a_facet_ignore_its_own_filter_and_obey_all_others(engine: Engine) -> None:
    results = engine.search(Question(filters={"speaker": ("Bo Ray",), "agency": ("Norwire",)}))
    assert ids(results) == {"tariff"}
    assert counts(results, "speaker") == {"Ada Brandt": 2, "Bo Ray": 1}
    assert counts(results, "agency") == {"Norwire": 1}
    assert counts(results, "place") == {"Northport": 1, "Southby": 1}


def test_the_counts_obey_the_dates(engine: Engine) -> None:
    results = engine.search(Question(date_from="2022-01-01", filters={"speaker": ("Bo Ray",)}))
    assert counts(results, "speaker") == {"Ada Brandt": 1, "Bo Ray": 1}
    assert counts(results, "agency") == {"Norwire": 1}


def test_values_of_one_facet_are_alternatives(engine: Engine) -> None:
    assert ids(engine.search(Question(filters={"agency": ("Norwire", "Midpress")}))) == {"ferry", "tariff", "strike"}


def test_filters_of_two_facets_must_both_match(engine: Engine) -> None:
    assert ids(engine.search(Question(filters={"agency": ("Norwire",), "place": ("Southby",)}))) == {"tariff"}


def test_an_excluded_value_is_absent_from_the_results_and_every_count(engine: Engine) -> None:
    results = engine.search(Question(excluded={"speaker": ("Bo Ray",)}, limit=100))
    assert ids(results) == {"ferry", "weather", "strike"}
    assert counts(results, "speaker") == {"Ada Brandt": 1, "Bo Ray": 0}
    (excluded,) = [count for count in results.facets["speaker"] if count.excluded]
    assert excluded.value == "Bo Ray"


def test_a_chosen_value_is_listed_even_where_nothing_has_it(engine: Engine) -> None:
    results = engine.search(Question(filters={"place": ("Atlantis",)}, facet_limit=1))
    assert results.total == 0
    assert [(c.value, c.count) for c in results.facets["place"] if c.selected] == [("Atlantis", 0)]
    assert len(results.facets["place"]) == 2
    assert results.facet_sizes["place"] == 2


def test_values_come_most_frequent_first_and_codes_with_their_labels(engine: Engine) -> None:
    results = engine.search(Question())
    assert [(c.value, c.count) for c in results.facets["speaker"]] == [("Ada Brandt", 2), ("Bo Ray", 1)]
    assert {c.value: c.label for c in results.facets["topic"]} == {ECONOMY: LABELS[ECONOMY], TRADE: LABELS[TRADE]}


def test_only_the_facets_asked_for_are_counted(engine: Engine) -> None:
    assert set(engine.search(Question(facets=("place",))).facets) == {"place"}


def test_the_histogram_counts_every_dated_result_by_month(engine: Engine) -> None:
    assert engine.search(Question(limit=0)).histogram == (MonthCount("2021-05", 1), MonthCount("2022-02", 2))
    assert engine.search(Question(node=Term(None, "rain"))).histogram == ()


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


def test_the_status_counts_what_is_served(engine: Engine) -> None:
    status = engine.status()
    assert (status.articles, status.quotes) == (4, 4)
    assert engine.search(Question()).generation == status.generation


def test_nothing_is_wrong_with_what_was_just_written(engine: Engine) -> None:
    assert list(engine.verify()) == []


def test_what_is_not_committed_is_not_served(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source("b.jsonl"), [article("new")])
        writer.remove(["ferry"])
    assert engine.status().articles == 4
    assert engine.article("new") is None


def test_an_update_keeps_what_it_does_not_touch(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source("b.jsonl"), [article("new", "Fresh words", said={"brand new": "Cy Dow"})])
        writer.commit()
    assert matching(engine, Term(None, "fresh")) == {"new"}
    assert matching(engine, Term(None, "rain")) == {"weather"}
    assert engine.status().quotes == 5
    assert list(engine.verify()) == []


def test_an_article_put_again_replaces_the_former_one_with_its_quotes(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source(), [article("ferry", "Quite other words", published="2021-05-02")])
        writer.commit()
    assert matching(engine, Term(None, "ferries")) == {"tariff"}
    assert matching(engine, Term(None, "quite")) == {"ferry"}
    assert (engine.status().articles, engine.status().quotes) == (4, 2)
    assert list(engine.verify()) == []


def test_an_article_put_twice_before_the_commit_is_there_once(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source("b.jsonl"), [article("new", "first", said={"one": ""})])
        writer.put(source("b.jsonl"), [article("new", "second", said={"two": ""})])
        writer.commit()
    assert matching(engine, Term(None, "first")) == set()
    assert matching(engine, Term(None, "second")) == {"new"}
    assert engine.status().quotes == 5
    assert list(engine.verify()) == []


def test_of_two_versions_in_two_files_the_newer_is_shown(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source("old.txt"), [article("ferry", "older", published="2020-01-01")])
        writer.put(source("new.txt"), [article("strike", "newer", published="2023-01-01")])
        writer.commit()
    assert matching(engine, Term(None, "older")) == set()
    assert matching(engine, Term(None, "newer")) == {"strike"}


def test_a_removed_article_is_gone_with_its_quotes(engine: Engine) -> None:
    with engine.update() as writer:
        writer.remove(["ferry", "unknown"])
        writer.commit()
    assert matching(engine, Term(None, "ferries")) == {"tariff"}
    assert engine.article("ferry") is None
    assert engine.status().quotes == 2
    assert counts(engine.search(Question()), "sector") == {}


def test_a_source_keeps_the_path_that_readers_see(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(SourceFile("/srv/b.jsonl", 1, 1, "wire/b.jsonl"), [article("only here")])
        writer.commit()
    with engine.update() as writer:
        assert {found.path: found.name for found in writer.sources()}["/srv/b.jsonl"] == "wire/b.jsonl"


def test_a_forgotten_file_leaves_what_another_holds(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source("b.jsonl"), [ARCHIVE[0], article("only here")])
        writer.commit()
    with engine.update() as writer:
        assert [found.path for found in writer.sources()] == ["archive.jsonl", "b.jsonl"]
        assert set(writer.articles_of("b.jsonl")) == {"ferry", "only here"}
        assert writer.forget("b.jsonl") == 1
        writer.commit()
    assert matching(engine, And(())) == {"ferry", "tariff", "weather", "strike"}


def test_a_put_says_what_it_did(engine: Engine) -> None:
    with engine.update() as writer:
        nothing = writer.put(source(), ARCHIVE)
        some = writer.put(source("b.jsonl"), [article("new"), article("weather", "Sun", published="2024-01-01")])
    assert (nothing.added, nothing.changed, nothing.differs) == (0, 0, False)
    assert (some.added, some.changed, some.differs) == (1, 1, True)


def test_an_article_that_no_index_could_keep_is_refused_and_harms_nothing(engine: Engine) -> None:
    with engine.update() as writer:
        for bad in (article("half", "a \ud800 b"), article("late", published="2022-02-31"), article("")):
            with pytest.raises(ValueError, match="it"):
                writer.put(source("b.jsonl"), [bad])
        writer.put(source("b.jsonl"), [article("good", "sound words")])
        writer.commit()
    assert matching(engine, Term(None, "sound")) == {"good"}
    assert list(engine.verify()) == []


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


def test_a_generation_is_read_to_its_end_whatever_is_published_meanwhile(engine: Engine) -> None:
    whole = engine.every(Question(sort="newest"))
    read = [next(whole.hits).article.id]
    for _ in range(4):
        with engine.build() as writer:
            writer.put(source("c.jsonl"), [article("alone")])
            writer.commit()
    read += [hit.article.id for hit in whole.hits]
    assert read == ["strike", "tariff", "ferry", "weather"]


def test_without_an_index_there_is_nothing_to_list(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.every(Question())


def test_the_status_tells_when_the_generation_was_made(engine: Engine) -> None:
    first = engine.status().made
    with engine.build() as writer:
        writer.commit()
    second = engine.status().made
    assert first is not None
    assert second is not None
    assert first.tzinfo is not None
    assert first <= second


def completed(engine: Engine, text: str, limit: int = 5) -> list[tuple[str, str, int]]:
    return [(one.kind, one.label, one.count) for one in engine.completions(text, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bra", [("speaker", "Ada Brandt", 2)]),
        ("B", [("speaker", "Ada Brandt", 2), ("speaker", "Bo Ray", 1), ("topic", LABELS[ECONOMY], 1)]),
        ("bo b", []),
        ("da", []),
        ("ra bo", [("speaker", "Bo Ray", 1)]),
        ("north", [("place", "Northport", 2)]),
        ("fin econ", [("topic", LABELS[ECONOMY], 1)]),
        ("intern", [("topic", LABELS[TRADE], 1)]),
        ("transp", [("sector", LABELS[TRANSPORT], 1)]),
        ("ferr", [("headline", "Ferry service resumes", 1)]),
        ("serviced re", [("headline", "Ferry service resumes", 1)]),
        ("ferr service", []),
        ("boats", []),
        ("midpr", []),
        ("", []),
        ("…", []),
        ("w " * 9, []),
        ("w" * 201, []),
    ],
)
def test_what_is_typed_is_completed(engine: Engine, text: str, expected: list[tuple[str, str, int]]) -> None:
    assert completed(engine, text) == expected


def test_completions_are_at_most_so_many_of_each_kind_the_newest_headlines_first(engine: Engine) -> None:
    assert completed(engine, "south") == [("place", "Southby", 2)]
    with engine.update() as writer:
        more = [article(f"s{n}", headline=f"Southby day {n}", published=f"2022-03-0{n}") for n in range(1, 6)]
        writer.put(source("more.txt"), [*more, article("s6", headline="Southby undated", places=("South Isle",))])
        writer.commit()
    found = completed(engine, "south", 2)
    assert found[:2] == [("place", "Southby", 2), ("place", "South Isle", 1)]
    assert [label for kind, label, _ in found[2:]] == ["Southby day 5", "Southby day 4"]
    assert [one.value for one in engine.completions("south", 1)] == ["Southby", "s5"]
    assert [label for kind, label, _ in completed(engine, "southby", 9) if kind == "headline"][-1] == "Southby undated"


def test_what_is_gone_is_not_completed(engine: Engine) -> None:
    with engine.update() as writer:
        writer.remove(["ferry"])
        writer.commit()
    assert completed(engine, "ferry") == []
    assert completed(engine, "ada") == [("speaker", "Ada Brandt", 1)]


def test_accents_and_case_make_no_difference_to_completions(engine: Engine) -> None:
    with engine.update() as writer:
        writer.put(source("more.txt"), [article("z", headline="Çelik wins", said={"Yes": "Zoë Łukasz"})])
        writer.commit()
    assert completed(engine, "LUK ZOE") == [("speaker", "Zoë Łukasz", 1)]
    assert completed(engine, "celik w") == [("headline", "Çelik wins", 1)]


def test_the_frequency_of_a_word_counts_articles_that_have_any_form_of_it(engine: Engine) -> None:
    words = ("boat", "boats", "ferry", "U.S.-built", "brandt", "unheard", "", "Café")
    assert engine.frequencies(words) == (3, 3, 2, 1, 0, 0, 0, 1)
    with engine.update() as writer:
        writer.remove(["ferry"])
        writer.commit()
    assert engine.frequencies(words) == (2, 2, 1, 0, 0, 0, 0, 1)
    assert engine.frequencies(()) == ()


def test_without_an_index_nothing_is_completed(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.completions("a", 5)


def test_a_second_writer_is_refused_while_the_first_one_writes(engine: Engine) -> None:
    with engine.update():
        with pytest.raises(IndexLocked), engine.update():
            pass
        with pytest.raises(IndexLocked), engine.build():
            pass
    with engine.build() as writer:
        assert list(writer.sources()) == []


def test_a_build_starts_from_nothing(engine: Engine) -> None:
    with engine.build() as writer:
        writer.put(source("c.jsonl"), [article("alone")])
        writer.commit()
    assert engine.status().articles == 1
