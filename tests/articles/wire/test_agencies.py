"""Agencies by name and by shape."""

from __future__ import annotations

import pytest

from search.articles.wire.agencies import agency_in_brackets, known_agency


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("REUTER", "Reuters"),
        ("tass", "TASS"),
        ("Xinhuanet", "Xinhua"),
        ("ats afp", "ats afp"),
        ("orva.com", "orva.com"),
    ],
)
def test_known_agencies_have_one_name(written: str, name: str) -> None:
    assert known_agency(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("RADIO ORVA", "Radio Orva"),
        ("ACAN - EFE", "ACAN-EFE"),
        ("Sports Network", "Sports Network"),
        ("EL DIARIO DE ORVA", "El Diario de Orva"),
        ("XKLQ", "XKLQ"),
    ],
)
def test_others_are_known_by_their_shape(written: str, name: str) -> None:
    assert agency_in_brackets(written) == name


@pytest.mark.parametrize("written", ["ISRAEL", "knee", "2nd edition", "a b c d e f g h i", "", "*"])
def test_countries_and_descriptions_are_no_agencies(written: str) -> None:
    assert agency_in_brackets(written) is None


def test_a_common_word_is_no_agency() -> None:
    assert known_agency("Orva") is None
