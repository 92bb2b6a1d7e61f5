"""One spelling for one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.naming import spelled

SPELLINGS = {
    "Dorn O’Hale": "Dorn O'Hale",
    "Ilva Morn‑Brask": "Ilva Morn-Brask",
    "Ilva Morn–Brask": "Ilva Morn-Brask",
    "Ilva\u00a0 Morn": "Ilva Morn",
    "Il\u00adva Mo\u200brn": "Ilva Morn",
    "Rene\u0301 Arlo": "René Arlo",
    "J. K. Marrow": "J.K. Marrow",
    "J.K. Marrow": "J.K. Marrow",
    "J. R. R. Marrow": "J.R.R. Marrow",
    "H.W.U.": "HWU",
    "H.W.U": "HWU",
    "Carl Benn, Jr": "Carl Benn Jr.",
    "Carl Benn Jr.": "Carl Benn Jr.",
    "CARL BENN JR": "Carl Benn Jr.",
    "ILVA MORN": "Ilva Morn",
    "INGRID VAN DER AALST": "Ingrid van der Aalst",
    "J.R. CASTELLANE": "J.R. Castellane",
    "JOSÉ ALMERA-O'DONN": "José Almera-O'Donn",
}
LEFT = [
    *("Ilva Morn", "Ilva T. Morn", "Dmitri Arlov", "Dmitry Arlov", "Morn", "MORN", "HWU", "U.K. Dockers", "Jr."),
    *("BFM TV", "HWU COUNCIL", "NORTHPORT HARBOUR AUTHORITY", "Ilva MORN", "KIM JAE UN", "NORTHPORT 2030 PLAN", ""),
]


@pytest.mark.parametrize(("written", "name"), SPELLINGS.items())
def test_what_is_set_in_type_in_several_ways_has_one_spelling(written: str, name: str) -> None:
    assert spelled(written) == name


@pytest.mark.parametrize("name", LEFT)
def test_what_may_be_another_name_is_left(name: str) -> None:
    assert spelled(name) == name


@given(st.text(max_size=60) | st.text(alphabet="AB ab.-'’,JR", max_size=30))
def test_a_spelling_is_its_own_spelling(name: str) -> None:
    assert spelled(spelled(name)) == spelled(name)
