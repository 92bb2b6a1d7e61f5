"""Whoosh's own searcher on our segments and on its own: the same documents with the same scores."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex, open_dir
from whoosh.writing import SegmentWriter

from search.articles.model import Article
from search.index.documents import article_document
from search.index.whoosh import WhooshEngine
from search.index.whoosh.schema import schema
from tests.examples import examples
from tests.index.making import LABELS, TRADE, TRANSPORT, article, fill

WORDS = ["boats", "boat", "sail", "sailing", "harbour", "grain", "the", "año", "U.S.", "船は海"]
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
leaves = st.one_of(
    words,
    st.builds(query.Phrase, fields, st.lists(st.sampled_from(STEMS), min_size=2, max_size=3)),
    st.builds(query.Prefix, fields, st.sampled_from(["b", "s", "ha", "x"])),
    values.map(lambda pair: query.Term(*pair)),
    st.just(query.Every()),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(query.And),
        st.lists(inner, min_size=1, max_size=3).map(query.Or),
        st.builds(query.AndNot, inner, inner),
    ),
    max_leaves=5,
)


def stock(articles: list[Article]) -> Any:
    """The same articles in an index that Whoosh wrote itself."""
    index = FileIndex.create(RamStorage(), schema("article"), "MAIN")
    writer = SegmentWriter(index, codec=W3Codec())
    for one in articles:
        writer.add_document(**{name: values for name, values in article_document(one).items() if values})
    writer.commit()
    return index


def found(index: Any, wanted: Any) -> dict[str, float]:
    """Id -> score, best first."""
    with index.searcher() as searcher:
        reader = searcher.reader()
        names = {doc: name.decode() for name in reader.lexicon("id") for doc in reader.postings("id", name).all_ids()}
        return {names[hit.docnum]: hit.score for hit in searcher.search(wanted, limit=None)}


def same(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    ordered = all(a >= b - 1e-5 for a, b in zip([*ours.values()], [*ours.values()][1:], strict=False))
    return ordered and ours == pytest.approx(theirs, rel=1e-5, abs=1e-5)


def answered(index: Any, wanted: Any) -> dict[str, float] | None:
    """What stock Whoosh finds; None where it walks off the end of a list, as it can with an exclusion in an exclusion.

    `AndNotMatcher.skip_to` asks for the document of an exhausted matcher (2.7.5).
    """
    try:
        return found(index, wanted)
    except IndexError:
        return None


def asked_both(articles: list[Article], asked: list[Any]) -> list[tuple[dict[str, float], dict[str, float] | None]]:
    """What our index answers to each query, and what Whoosh's own does."""
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index", label=LABELS.get)
        fill(engine, articles)
        ours, theirs = open_dir(str(Path(folder) / "index" / "current"), readonly=True), stock(articles)
        return [(found(ours, wanted), answered(theirs, wanted)) for wanted in asked]


def headlines(*texts: str) -> list[Article]:
    return [article(f"a{number}", headline=text) for number, text in enumerate(texts)]


BOAT, GRAIN = query.Term("headline", "boat"), query.Term("headline", "grain")
EXCLUSION_IN_EXCLUSION = query.AndNot(BOAT, query.AndNot(query.AndNot(GRAIN, BOAT), BOAT))


@settings(max_examples=examples(30), deadline=None)
@example(headlines("boats", "grain", "boats grain"), [EXCLUSION_IN_EXCLUSION])
@given(archives(), st.lists(queries, min_size=1, max_size=6))
def test_whoosh_finds_the_same_in_our_segments_as_in_its_own(articles: list[Article], asked: list[Any]) -> None:
    for wanted, (ours, theirs) in zip(asked, asked_both(articles, asked), strict=True):
        assert theirs is None or same(ours, theirs), wanted


def test_an_exclusion_in_an_exclusion_is_answered_though_whoosh_fails_at_its_own_segments() -> None:
    [(ours, _)] = asked_both(headlines("boats", "grain", "boats grain"), [EXCLUSION_IN_EXCLUSION])
    assert set(ours) == {"a0", "a2"}
