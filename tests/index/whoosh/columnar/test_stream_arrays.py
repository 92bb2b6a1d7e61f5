from __future__ import annotations

from pathlib import Path

import pytest

from search.index.whoosh.columnar import encoding, stream_arrays
from search.index.whoosh.columnar.segmentfile import SegmentFile
from search.index.whoosh.columnar.word_keys import WordKeys
from tests.index.making import article
from tests.index.whoosh.columnar.making import built

ARTICLES = [
    article("a", "Boats sail and boats sink.", headline="Boats"),
    article("b", "A boat sailed. It sank.", said={"It sailed well.": "Bo Ray"}),
    article("c", "", headline="Sinking barges sail past boats that sink"),
]


@pytest.mark.parametrize("most_terms", [1 << 16, 1])
def test_words_sorted_a_few_at_a_time_make_the_same_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_terms: int
) -> None:
    whole = SegmentFile(built(tmp_path / "whole", *ARTICLES)).arrays
    for module, name in ((stream_arrays, "_AT_ONCE"), (stream_arrays, "_BLOCK")):
        monkeypatch.setattr(module, name, 3)
    monkeypatch.setattr(WordKeys, "most_terms", most_terms)
    monkeypatch.setattr(encoding.spans, "__defaults__", (2,))
    parted = SegmentFile(built(tmp_path / "parted", *ARTICLES)).arrays
    for name in (name for name in whole if not name.endswith((".table", "weights.run", "weights.run_starts"))):
        assert parted[name].tolist() == whole[name].tolist(), name
