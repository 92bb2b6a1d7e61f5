from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from search.index.whoosh.columnar.faceting import Faceting
from search.index.whoosh.columnar.postings import numbers
from search.index.whoosh.columnar.segment import Segment
from tests.examples import examples
from tests.index.making import article
from tests.index.whoosh.columnar.making import segment

PLACES = ["Oslo Bay", "Cape Rye", "Fen"]
chosen = st.lists(st.tuples(st.sampled_from(PLACES), st.booleans(), st.booleans()), min_size=1, max_size=40)


@settings(max_examples=examples(30), deadline=None)
@given(chosen)
def test_counts_are_those_of_the_live_documents_asked_about(documents: list[tuple[str, bool, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        articles = [article(f"a{n}", places=(place,)) for n, (place, _, _) in enumerate(documents)]
        path = segment(Path(folder) / "one", *articles).file.path
        made = Segment(path, "article", BitMap(n for n, (_, _, gone) in enumerate(documents) if gone))
        bits = BitMap(n for n, (_, wanted, gone) in enumerate(documents) if wanted and not gone)
        counts = Faceting(made).counts(bits, numbers(bits))
        expected = Counter(place for place, wanted, gone in documents if wanted and not gone)
        assert {place: counts[made.ordinal("place", place)] for place, _, _ in documents} == {
            place: expected[place] for place, _, _ in documents
        }


def test_months_are_counted_and_the_undated_apart(tmp_path: Path) -> None:
    days = ["2022-02-04", "2022-02-28", "2022-04-01", None]
    made = segment(tmp_path / "one", *(article(f"a{n}", published=day) for n, day in enumerate(days)))
    bits = BitMap(range(4))
    assert Faceting(made).months(bits, numbers(bits)).tolist() == [1, 2, 0, 1]
