"""The field table: what the contracts name exists, and any change of it is noticed."""

from dataclasses import replace

import pytest

from search import fields


def test_the_facets_are_those_of_the_contract() -> None:
    assert fields.FACETS == ("speaker", "topic", "sector", "place", "agency")


def test_every_field_of_the_query_language_is_in_the_table() -> None:
    asked = ["headline", "lead", "body", "said", "speaker", "role", "topic", "sector", "place", "agency", "date"]
    assert set(asked) == set(fields.QUERY_FIELDS)


def test_every_default_field_is_analysed_text() -> None:
    assert all(fields.FIELDS[name].kind == "text" for names in fields.DEFAULT_FIELDS.values() for name in names)


def test_the_fingerprint_changes_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fields.fingerprint()
    monkeypatch.setitem(fields.FIELDS, "lead", replace(fields.FIELDS["lead"], boost=9.0))
    assert fields.fingerprint() != before
