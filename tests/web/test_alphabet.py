from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.query.results import FacetCount
from search.web.alphabet import Alphabet
from search.web.directory import folded

NAMES = st.lists(st.text("aBé -ø.", max_size=8), unique=True)


def counts(*names: str) -> list[FacetCount]:
    return [FacetCount(name, name, 1) for name in names]


def test_values_stand_in_the_order_of_the_words_of_their_names() -> None:
    ranks = Alphabet(counts("van Oort", "Ähre", "Abel", "Van Oort Line")).ranks
    assert sorted(ranks, key=lambda value: ranks[value]) == ["Abel", "Ähre", "van Oort", "Van Oort Line"]


def test_codes_stand_and_are_found_by_their_labels() -> None:
    topics = [FacetCount("t:1", "sport", 1), FacetCount("t:2", "economy", 1)]
    assert Alphabet(topics).ranks == {"t:2": 0, "t:1": 1}
    assert Alphabet(topics).having(topics, "spo") == [topics[0]]


def test_a_name_is_found_by_the_beginnings_of_its_words_in_any_order() -> None:
    names = counts("Jon Berg", "Ada Ström", "Bergen")
    found = Alphabet(names)
    assert found.having(names, "ström a") == found.having(names, "STROM") == [names[1]]
    assert found.having(names, "ber") == [names[0], names[2]]
    assert found.having(names, "erg") == found.having(names, "ber ber x") == []


def test_of_counted_values_only_those_are_found() -> None:
    names = counts("Jon Berg", "Bergen")
    assert Alphabet(names).having(names[1:], "berg") == names[1:]


def test_a_value_that_the_archive_does_not_have_is_found_by_its_name_too() -> None:
    chosen = FacetCount("Berg, Jon", "Berg, Jon", 0, selected=True)
    assert Alphabet(counts("Bergen")).having([chosen], "jon") == [chosen]
    assert Alphabet(counts("Bergen")).having([chosen], "jona") == []


@given(NAMES, st.text("ab ", max_size=4))
def test_the_same_are_found_as_by_looking_at_each(names: list[str], words: str) -> None:
    wanted = folded(words)
    each = [
        one for one in counts(*names) if all(any(own.startswith(word) for own in folded(one.label)) for word in wanted)
    ]
    assert Alphabet(counts(*names)).having(counts(*names), words) == each
