"""What is typed, completed; and how frequent words are."""

from __future__ import annotations

import pytest

from search.index.engine import Engine, NoIndex
from tests.index.contract.archive import completed
from tests.index.making import ECONOMY, LABELS, TRADE, TRANSPORT, article, source


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
        ("midpr", [("agency", "Midpress", 1)]),
        ("", []),
        ("…", []),
        ("w " * 9, []),
        ("w" * 201, []),
    ],
)
def test_what_is_typed_is_completed(engine: Engine, text: str, expected: list[tuple[str, str, int]]) -> None:
    assert completed(engine, text) == expected


def test_completions_are_at_most_so_many_of_each_kind_the_newest_headlines_first(fresh: Engine) -> None:
    assert completed(fresh, "south") == [("place", "Southby", 2)]
    with fresh.update() as writer:
        more = [article(f"s{n}", headline=f"Southby day {n}", published=f"2022-03-0{n}") for n in range(1, 6)]
        writer.put(source("more.txt"), [*more, article("s6", headline="Southby undated", places=("South Isle",))])
        writer.commit()
    found = completed(fresh, "south", 2)
    assert found[:2] == [("place", "Southby", 2), ("place", "South Isle", 1)]
    assert [label for kind, label, _ in found[2:]] == ["Southby day 5", "Southby day 4"]
    assert [one.value for one in fresh.completions("south", 1)] == ["Southby", "s5"]
    assert [label for kind, label, _ in completed(fresh, "southby", 9) if kind == "headline"][-1] == "Southby undated"


def test_what_is_gone_is_not_completed(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.remove(["ferry"])
        writer.commit()
    assert completed(fresh, "ferry") == []
    assert completed(fresh, "ada") == [("speaker", "Ada Brandt", 1)]


def test_accents_and_case_make_no_difference_to_completions(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source("more.txt"), [article("z", headline="Çelik wins", said={"Yes": "Zoë Łukasz"})])
        writer.commit()
    assert completed(fresh, "LUK ZOE") == [("speaker", "Zoë Łukasz", 1)]
    assert completed(fresh, "celik w") == [("headline", "Çelik wins", 1)]


def test_the_frequency_of_a_word_counts_articles_that_have_any_form_of_it(fresh: Engine) -> None:
    words = ("boat", "boats", "ferry", "U.S.-built", "brandt", "unheard", "", "Café")
    assert fresh.frequencies(words) == (3, 3, 2, 1, 0, 0, 0, 1)
    with fresh.update() as writer:
        writer.remove(["ferry"])
        writer.commit()
    assert fresh.frequencies(words) == (2, 2, 1, 0, 0, 0, 0, 1)
    assert fresh.frequencies(()) == ()


def test_without_an_index_nothing_is_completed(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.completions("a", 5)
