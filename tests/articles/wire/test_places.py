"""Place names set back from capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.wire.places import is_region, titled, town


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("KING OF PRUSSIA", "King of Prussia"),
        ("TEL AVIV (ISRAEL)", "Tel Aviv"),
        ("SAN SALVADOR", "San Salvador"),
        ("FERGUSON, Mo.", "Ferguson"),
        ("FARMINGTON Conn.", "Farmington"),
        ("WASHINGTON D.C.", "Washington"),
        ("N'DJAMENA", "N'Djamena"),
        ("COEUR D'ALENE", "Coeur d'Alene"),
        ("ST. JOHN'S", "St. John's"),
        ("PORT-AU-PRINCE", "Port-au-Prince"),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("THE HAGUE", "The Hague"),
        ("LA PAZ", "La Paz"),
        ("SAN LUIS DE LA REINA", "San Luis de la Reina"),
        ("EAST LAS VEGAS", "East Las Vegas"),
        ("MCALLEN", "McAllen"),
        ("WALtHAM", "Waltham"),
        ("LaFox", "LaFox"),
        ("sioux city", "Sioux City"),
        ("ABOARD THE USS ORVA", "Aboard the USS Orva"),
    ],
)
def test_a_town_in_ordinary_capitals(written: str, name: str) -> None:
    assert town(written) == name


def test_acronyms_stay_where_they_are_asked_for() -> None:
    assert titled("RADIO CADENA XKL", acronyms=True) == "Radio Cadena XKL"
    assert titled("EFE", acronyms=True) == "EFE"


def test_countries_are_told_from_towns() -> None:
    assert is_region("EL SALVADOR")
    assert not is_region("San Salvador")


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    assert isinstance(town(text), str)
