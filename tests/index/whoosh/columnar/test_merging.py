"""Segments merged are the segment that would have been built of what is left of them."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from search.articles.model import Article
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.merging import merged
from search.index.whoosh.columnar.searching import Searcher
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.compacting import MOST, chosen
from search.query.nodes import And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Term
from search.query.results import Question
from tests.examples import examples
from tests.index.making import LABELS, TRADE, TRANSPORT, article
from tests.index.whoosh.columnar.making import built, segment

WORDS = ["boats", "boat", "boating", "sail", "sailing", "harbour", "grain", "the"]
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
names = st.lists(st.sampled_from(["Ada Brandt", "Bo Ray", "Cy"]), max_size=3, unique=True)
numbers = itertools.count()

QUERIES: list[Node] = [
    And(()),
    Term(None, "boat"),
    Term("headline", "sail"),
    Term("lead", "boat"),
    Term("body", "grain"),
    Term("said", "boat"),
    Term("speaker", "ray"),
    Term("topic", "trade"),
    Phrase(None, ("the", "boat")),
    Phrase("body", ("sail", "boat")),
    Near(None, ("harbour", "grain"), 3),
    Near("body", ("boat", "boat"), 4),
    Prefix(None, "boati"),
    Prefix("headline", "sai"),
    Prefix("body", "boats"),
    Fuzzy(None, "boatz", 1),
    Fuzzy("lead", "sailin", 1),
    Or((Term(None, "grain"), Not(Term(None, "the")))),
]


@st.composite
def some_articles(draw: st.DrawFn) -> Article:
    return article(
        f"a{next(numbers)}",
        *draw(st.lists(texts, max_size=3)),
        headline=draw(texts),
        lead=draw(texts),
        said={draw(texts): "Bo Ray"},
        places=tuple(draw(names)),
        topics=tuple((code,) for code in draw(st.sampled_from([(), (TRADE,), (TRADE, TRANSPORT)]))),
        published=draw(st.sampled_from([None, "2021-02-04", "2022-02-04"])),
    )


batches = st.lists(st.lists(st.tuples(some_articles(), st.booleans()), min_size=1, max_size=6), min_size=1, max_size=4)


def seen(segments: list[Segment]) -> list[object]:
    """All that can be asked of segments."""
    searcher = Searcher("article", segments)
    found: list[object] = []
    for node in QUERIES:
        answer = searcher.answer(Question(node=node, limit=50), lambda: None)
        places = [(place.segment.stored(place.doc), round(place.score, 4)) for place in answer.places]
        found.append((node, answer.total, places, answer.facets, answer.facet_sizes, answer.histogram))
    owned = {place.segment.id_of(place.doc): place for place in searcher.everything()}
    found.append({name for name, place in owned.items() if place.segment.owned_by(b"owner of " + name) == [place.doc]})
    return found


@settings(max_examples=examples(40), deadline=None)
@given(batches)
def test_merged_segments_answer_as_one_built_of_what_is_left(batches: list[list[tuple[Article, bool]]]) -> None:
    left = [one for batch in batches for one, deleted in batch if not deleted]
    with tempfile.TemporaryDirectory() as folder:
        apart = [
            Segment(
                built(Path(folder) / str(n), *(one for one, _ in batch)),
                "article",
                BitMap(doc for doc, (_, deleted) in enumerate(batch) if deleted),
            )
            for n, batch in enumerate(batches)
        ]
        segmentfile.write(Path(folder) / "merged", merged(apart, lambda code: LABELS.get(code)), {})
        together = Segment(Path(folder) / "merged", "article")
        fresh = segment(Path(folder) / "fresh", *left)
        assert list(together.file.damages()) == []
        assert seen([together]) == seen([fresh])
        assert seen(apart) == seen([fresh])


def test_words_that_stand_everywhere_are_merged_too(tmp_path: Path) -> None:
    texts = ["the boats " * 90, "sail the boat " * 70, "grain"]
    every = [article(f"b{number}", texts[number % 3], headline="the harbour") for number in range(12)]
    apart = [segment(tmp_path / str(n), *every[n : n + 4]) for n in (0, 4, 8)]
    segmentfile.write(tmp_path / "merged", merged(apart, LABELS.get), {})
    together = Segment(tmp_path / "merged", "article")
    stream = together.streams["text"]
    assert any(stream.positions.are_long(0, len(stream.terms)))
    assert seen([together]) == seen([segment(tmp_path / "fresh", *every)])


@pytest.mark.parametrize("sizes", [[], [5], [1] * MOST, [100_000] * 20])
def test_few_segments_and_large_ones_are_left_alone(sizes: list[int]) -> None:
    assert chosen(sizes, 100_000) == []


def test_small_segments_are_merged_with_small_ones() -> None:
    assert chosen([90_000, 1, 1, 1, 1, 1, 1, 1, 50_000], 100_000) == [[1, 2, 3, 4, 5, 6, 7]]


def test_no_merged_segment_is_larger_than_the_largest() -> None:
    groups = chosen([15_000] * 12, 40_000)
    assert [len(group) for group in groups] == [2] * 6
