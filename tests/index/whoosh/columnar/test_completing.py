"""Names by the beginnings of their words: few lists of names read one by one, many at once."""

from __future__ import annotations

import pytest

from search.index.whoosh import WhooshEngine
from search.index.whoosh.columnar import completing
from tests.index.making import LABELS, article, source

FIRST, LAST = ("Ada", "Bo", "Cem", "Ana"), ("Brandt", "Ray", "Anders", "Bell", "Berg")
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    """Names in several segments; the later in the list, the more frequent."""
    made = WhooshEngine(tmp_path_factory.mktemp("completing") / "index", label=LABELS.get)
    for part in range(3):
        with made.update() if part else made.build() as writer:
            writer.put(
                source(f"{part}.txt"),
                [
                    article(f"{part}-{n}", said={"Yes": name}, headline=f"{name} speaks", path=f"{part}.txt")
                    for n, name in enumerate(NAMES[part:])
                ],
            )
            writer.commit()
    return made


@pytest.mark.parametrize("typed", ["a", "b", "an", "bran", "a b", "b a", "be c", "cem r", "x", "ra"])
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_both_ways_find_the_same(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, typed: str, limit: int) -> None:
    one_by_one = engine.completions(typed, limit)
    monkeypatch.setattr(completing, "_FEW", 0)
    assert engine.completions(typed, limit) == one_by_one
    assert all(one.kind in ("speaker", "headline") for one in one_by_one)


def test_names_are_counted_over_all_segments(engine: WhooshEngine) -> None:
    assert [(one.label, one.count) for one in engine.completions("ada", 5) if one.kind == "speaker"] == [
        ("Ada Anders", 3),
        ("Ada Bell", 3),
        ("Ada Berg", 3),
        ("Ada Ray", 2),
        ("Ada Brandt", 1),
    ]


def test_of_very_many_words_the_most_frequent_stand_for_the_beginning(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completing, "MOST_FORMS", 1)
    headlines = [one.label for one in engine.completions("be", 100) if one.kind == "headline"]
    assert {label.split()[1] for label in headlines} in ({"Bell"}, {"Berg"})
