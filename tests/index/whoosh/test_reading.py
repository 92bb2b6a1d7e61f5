"""Whoosh's own searcher on our segments and on its own: the same documents with the same scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import create_in, open_dir
from whoosh.matching import ReadTooFar
from whoosh.qparser import QueryParser
from whoosh.query import spans
from whoosh.writing import SegmentWriter

from search.articles.model import Article
from search.index.documents import article_document
from search.index.whoosh import WhooshEngine
from search.index.whoosh.schema import schema
from tests.examples import examples
from tests.index.making import LABELS, TRADE, TRANSPORT, article, fill, source

WORDS = ["boats", "boat", "sail", "sailing", "harbour", "grain", "the", "año", "U.S.", "船は海", "…"]
STEMS = ["boat", "sail", "harbour", "grain", "the", "ano", "us", "船は", "missing"]

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
names = st.lists(st.sampled_from(["Ada Brandt", "Bo Ray", "Cy"]), max_size=2, unique=True)


@st.composite
def archives(draw: st.DrawFn) -> list[Article]:
    return [
        article(
            f"a{number}",
            *draw(st.lists(texts, max_size=3)),
            headline=draw(texts),
            lead=draw(texts),
            said={f"{draw(texts)} {n}": name for n, name in enumerate(draw(names))},
            places=tuple(draw(names)),
            topics=tuple((code,) for code in draw(st.sampled_from([(), (TRADE,), (TRADE, TRANSPORT)]))),
            published=draw(st.sampled_from([None, "2021-02-04", "2022-02-04"])),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


fields = st.sampled_from(["headline", "lead", "body", "said"])
words = st.builds(query.Term, fields, st.sampled_from(STEMS))
values = st.sampled_from([("speaker", "Ada Brandt"), ("place", "Cy"), ("topic", TRADE), ("date", "2022-02-04")])


@st.composite
def spanning(draw: st.DrawFn) -> Any:
    """Spans of words of one field, in one another."""
    word = st.builds(query.Term, st.just(draw(fields)), st.sampled_from(STEMS[:4]))
    near = {"slop": st.integers(1, 4), "ordered": st.booleans(), "mindist": st.integers(1, 2)}
    return draw(
        st.recursive(
            word,
            lambda inner: st.one_of(
                st.builds(spans.SpanFirst, inner, st.integers(0, 4)),
                st.builds(spans.SpanNear, inner, inner, **near),
                st.builds(spans.SpanNear2, st.lists(inner, min_size=2, max_size=3), **near),
                st.lists(inner, min_size=1, max_size=3).map(spans.SpanOr),
                *(st.builds(kind, inner, inner) for kind in PAIRS),
            ),
            max_leaves=4,
        )
    )


PAIRS = (spans.SpanNot, spans.SpanContains, spans.SpanBefore, spans.SpanCondition)
phrased = st.lists(st.sampled_from(STEMS), min_size=2, max_size=3)
leaves = st.one_of(
    words,
    st.builds(query.Phrase, fields, phrased, st.integers(1, 4)),
    st.builds(query.Prefix, fields, st.sampled_from(["b", "s", "ha", "x"])),
    st.builds(query.Wildcard, fields, st.sampled_from(["*a*", "b?at", "x*"])),
    st.builds(query.FuzzyTerm, fields, st.sampled_from(["boxt", "graim"])),
    st.builds(query.TermRange, fields, st.just("b"), st.sampled_from(["grain", "h"])),
    fields.map(query.Every),
    values.map(lambda pair: query.Term(*pair)),
    st.just(query.Every()),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(query.And),
        st.lists(inner, min_size=1, max_size=3).map(query.Or),
        st.lists(inner, min_size=1, max_size=3).map(query.DisjunctionMax),
        *(st.builds(kind, inner, inner) for kind in (query.AndNot, query.AndMaybe, query.Require, query.Otherwise)),
    ),
    max_leaves=5,
)


Answer = dict[str, float] | None


def halves(articles: list[Article]) -> tuple[list[Article], list[Article], list[str]]:
    """What is written first, what then, and what of the first is deleted then: not all of it."""
    first, second = articles[: len(articles) // 2], articles[len(articles) // 2 :]
    return first, second, [article.id for article in first[1::2]]


@contextmanager
def stock(articles: list[Article]) -> Iterator[Any]:
    """The same articles in an index that Whoosh wrote itself."""
    with tempfile.TemporaryDirectory() as folder:  # in memory, it would write to a folder that all processes share
        index = create_in(folder, schema("article"))
        first, second, gone = halves(articles)
        for half, deleted in ((first, []), (second, gone)):
            writer = SegmentWriter(index, codec=W3Codec())
            for name in deleted:
                writer.delete_by_term("id", name)
            for one in half:
                writer.add_document(**{name: values for name, values in article_document(one).items() if values})
            writer.commit(merge=False)
        yield index


@contextmanager
def ours(articles: list[Article]) -> Iterator[Any]:
    """Our index of them, opened by Whoosh."""
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index", label=LABELS.get)
        first, second, gone = halves(articles)
        fill(engine, first)
        with engine.update() as writer:
            writer.remove(gone)
            writer.put(source("more.txt"), second)
            writer.commit()
        yield open_dir(str(Path(folder) / "index" / "current"), readonly=True)


def found(index: Any, wanted: Any) -> dict[str, float]:
    """Id -> score, best first."""
    with index.searcher() as searcher:
        reader = searcher.reader()
        names = {doc: name.decode() for name in reader.lexicon("id") for doc in reader.postings("id", name).all_ids()}
        return {names[hit.docnum]: hit.score for hit in searcher.search(wanted, limit=None)}


def same(our: Answer, theirs: Answer) -> bool:
    """Whether our answer is theirs, in order, where there are any."""
    if our is None or theirs is None:
        return theirs is None
    ordered = all(a >= b - 1e-5 for a, b in zip([*our.values()], [*our.values()][1:], strict=False))
    return ordered and our == pytest.approx(theirs, rel=1e-5, abs=1e-5)


def answered(index: Any, wanted: Any) -> Answer:
    """What Whoosh finds; None where it asks for the document or the spans of a list that has none, or none any more.

    `AndNotMatcher.skip_to` does so at the end of a list, `SpanNot` there and for a word that no document has (2.7.5).
    """
    try:
        return found(index, wanted)
    except (IndexError, NotImplementedError, ReadTooFar, TypeError):
        return None


def asked_both(articles: list[Article], asked: list[Any]) -> list[tuple[Answer, Answer]]:
    """What our index answers to each query, and what Whoosh's own does."""
    with ours(articles) as index, stock(articles) as theirs:
        return [(answered(index, wanted), answered(theirs, wanted)) for wanted in asked]


def headlines(*texts: str) -> list[Article]:
    return [article(f"a{number}", headline=text) for number, text in enumerate(texts)]


FIRST = spans.SpanFirst(query.Term("body", "boat"))
BOAT, GRAIN = query.Term("headline", "boat"), query.Term("headline", "grain")
EXCLUSION_IN_EXCLUSION = query.AndNot(BOAT, query.AndNot(query.AndNot(GRAIN, BOAT), BOAT))


@settings(max_examples=examples(30), deadline=None)
@example([article("a", "Boats sail.", headline="Grain", lead="The harbour")], [FIRST])
@given(archives(), st.lists(spanning(), min_size=1, max_size=6))
def test_whoosh_finds_the_same_spans_in_our_segments_as_in_its_own(articles: list[Article], asked: list[Any]) -> None:
    for wanted, (our, theirs) in zip(asked, asked_both(articles, asked), strict=True):
        assert same(our, theirs), wanted


@settings(max_examples=examples(30), deadline=None)
@example(headlines("boats", "grain", "boats grain"), [EXCLUSION_IN_EXCLUSION])
@given(archives(), st.lists(queries, min_size=1, max_size=6))
def test_whoosh_finds_the_same_in_our_segments_as_in_its_own(articles: list[Article], asked: list[Any]) -> None:
    for wanted, (our, theirs) in zip(asked, asked_both(articles, asked), strict=True):
        assert same(our, theirs), wanted


def test_an_exclusion_in_an_exclusion_is_answered_though_whoosh_fails_at_its_own_segments() -> None:
    [(our, _)] = asked_both(headlines("boats", "grain", "boats grain"), [EXCLUSION_IN_EXCLUSION])
    assert our is not None
    assert set(our) == {"a0", "a2"}


def told(index: Any) -> dict[tuple[str, bytes], tuple[float, ...]]:
    """What a reader tells of each of its terms."""
    with index.reader() as reader:
        terms = {term: reader.term_info(*term) for term in reader.all_terms()}
    return {
        term: (info.doc_frequency(), info.weight(), info.max_weight(), info.min_length(), info.max_length())
        for term, info in terms.items()
    }


@settings(max_examples=examples(10), deadline=None)
@given(archives())
def test_whoosh_is_told_the_same_of_every_term(articles: list[Article]) -> None:
    with ours(articles) as index, stock(articles) as theirs:
        assert told(index) == told(theirs)


def test_what_can_be_among_the_best_is_found_though_blocks_are_skipped() -> None:
    articles = headlines(*("boats " * (1 + number % 7) + "grain " * (number % 5) for number in range(600)))
    with ours(articles) as index, index.searcher() as searcher:
        best, every = (searcher.search(query.Or([BOAT, GRAIN]), limit=limit) for limit in (10, None))
        assert [hit.score for hit in best] == pytest.approx([hit.score for hit in every][:10])


def test_whoosh_parses_words_as_they_are_indexed_and_names_as_they_are() -> None:
    articles = [article("a", "The boats sail.", said={"Grain": "Ada Brandt"}), article("b", "No ferries.")]
    with ours(articles) as index:
        parser = QueryParser("body", index.schema)
        assert found(index, parser.parse("Boat")).keys() == {"a"}
        assert found(index, parser.parse('speaker:"Ada Brandt" SAILING')).keys() == {"a"}
        assert found(index, parser.parse("speaker:Brandt")) == {}
