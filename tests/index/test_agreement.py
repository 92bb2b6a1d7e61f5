"""The embedded engine and the oracle answer alike: random small archives, random questions, random updates."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.articles.model import Article
from search.fields import DEFAULT_FIELDS, FACETS, DocumentKind
from search.index.engine import Engine
from search.index.whoosh import WhooshEngine
from search.query.nodes import And, Character, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.results import Question, Results, Sort
from tests.examples import examples
from tests.index.making import ECONOMY, LABELS, TRADE, TRANSPORT, article, source
from tests.index.naive import NaiveEngine

WORDS = (
    "boat",
    "boats",
    "boating",
    "trade",
    "trader",
    "tariff",
    "Café",
    "cafe",
    "U.S.",
    "oil-rich",
    "北京市",
    "市",
    "市内",
    "京都",
    "2,500",
    "Oslo",
)
NAMES = ("Ada Brandt", "Sergei Ray", "Sergey Ray", "Bo Ray", "Oslo", "Serge-i Ray", "SERGE I. RAY")
PLACES = ("Northport", "New Oslo", "Southby", "NEW OSLO", "南", "…", "?!")
DAYS = ("2021-01-01", "2021-01-31", "2021-02-01", "2022-02-28")
CODES = ((ECONOMY,), (ECONOMY, TRADE), (TRANSPORT,))

word = st.sampled_from(WORDS)
text = st.lists(word, max_size=6).map(" ".join)
some = st.lists(word, min_size=1, max_size=3).map(tuple)

articles = st.builds(
    lambda n, body, headline, lead, said, places, agency, topics, sectors, day, path: article(
        f"a{n}",
        *body,
        headline=headline,
        lead=lead,
        said=said,
        places=tuple(dict.fromkeys(places)),
        agency=agency,
        topics=tuple(topics),
        sectors=tuple(sectors),
        published=day,
        path=path,
    ),
    st.integers(0, 7),
    st.lists(text, max_size=3),
    text,
    st.none() | text,
    st.dictionaries(text, st.sampled_from(("", *NAMES)), max_size=3),
    st.lists(st.sampled_from(PLACES), max_size=2),
    st.sampled_from((None, "Norwire", "Midpress")),
    st.lists(st.sampled_from(CODES), max_size=2, unique=True),
    st.lists(st.sampled_from(CODES), max_size=1),
    st.sampled_from((None, *DAYS)),
    st.sampled_from(("one.txt", "two.txt")),
)
fields = st.sampled_from(
    (None, None, *DEFAULT_FIELDS["article"], "said", "speaker", "place", "topic", "sector", "agency")
)
days = st.sampled_from((None, *DAYS))
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, fields, word),
    st.builds(Phrase, fields, some),
    st.builds(Near, fields, some, st.integers(0, 3)),
    st.builds(
        Character,
        fields,
        st.sampled_from(("北", "京", "市")),
        st.sampled_from(("anywhere", "first", "last")),
    ),
    st.builds(Prefix, fields, st.sampled_from(("b", "bo", "trade", "caf", "os", "u", "北"))),
    st.builds(Fuzzy, fields, word, st.integers(1, 2)),
    st.builds(Range, st.just("date"), days, days),
)
trees = st.recursive(
    leaves,
    lambda children: st.one_of(
        st.builds(Not, children),
        st.lists(children, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(children, max_size=3).map(lambda found: Or(tuple(found))),
    ),
    max_leaves=5,
)
VALUES = {
    "speaker": NAMES,
    "place": PLACES,
    "agency": ("Norwire", "Midpress"),
    "topic": (ECONOMY, TRADE),
    "sector": (TRANSPORT,),
}
filters = st.dictionaries(st.sampled_from(FACETS), st.integers(0, 6), max_size=3).map(
    lambda chosen: {name: VALUES[name][: count + 1] for name, count in chosen.items()}
)
questions = st.builds(
    Question,
    documents=st.sampled_from(("article", "quote")),
    node=trees,
    filters=filters,
    excluded=st.dictionaries(st.sampled_from(("speaker", "place")), st.just(("Sergey Ray", "New Oslo")), max_size=1),
    date_from=days,
    date_to=days,
    sort=st.sampled_from(("relevance", "newest", "oldest")),
    limit=st.just(50),
)


def put(engine: Engine, found: list[Article], *, fresh: bool) -> None:
    with engine.build() if fresh else engine.update() as writer:
        for each in found:
            writer.put(source(each.source.path), [each])
        writer.commit()


def order(results: Results, sort: Sort, documents: DocumentKind) -> object:
    """The hits in order where the order is fixed; by relevance, only which they are."""
    ids = [hit.quote.id if documents == "quote" and hit.quote else hit.article.id for hit in results.hits]
    return sorted(ids) if sort == "relevance" else ids


def counted(results: Results, facet: str) -> set[tuple[str, int, bool, bool]]:
    """The counts of a facet; a label is known only of a code that the archive has."""
    return {(count.value, count.count, count.selected, count.excluded) for count in results.facets[facet]}


@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    st.lists(articles, max_size=8),
    st.lists(articles, max_size=3),
    st.sets(st.integers(0, 7), max_size=2),
    st.lists(questions, min_size=5, max_size=12),
)
def test_both_engines_answer_alike(
    first: list[Article], second: list[Article], gone: set[int], asked: list[Question]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engines: list[Engine] = [NaiveEngine(LABELS.get), WhooshEngine(Path(folder) / "index", label=LABELS.get)]
        for engine in engines:
            put(engine, first, fresh=True)
            put(engine, second, fresh=False)
            with engine.update() as writer:
                writer.remove([f"a{n}" for n in gone])
                writer.commit()
        assert engines[0].status().articles == engines[1].status().articles
        for question in asked:
            expected, found = (engine.search(question) for engine in engines)
            assert found.total == expected.total
            assert order(found, question.sort, question.documents) == order(expected, question.sort, question.documents)
            assert found.histogram == expected.histogram
            assert found.facet_sizes == expected.facet_sizes
            assert {n: counted(found, n) for n in FACETS} == {n: counted(expected, n) for n in FACETS}
        for text in ("b", "bo", "o", "tra", "ca", "u", "bra a", "new os", "boat tr", "北", "2"):
            expected_names, names = (engine.completions(text, 3) for engine in engines)
            assert names == expected_names
        assert list(engines[1].verify()) == []
