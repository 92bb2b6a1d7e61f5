"""Facets, days, months and ranks as arrays."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from search.index.whoosh.columns import Columns, Facet, day, month_name

FACET = Facet(("x", "y", "z"), np.array([0, 0, 2, 3], np.int32), np.array([0, 1, 1, 2], np.int32))


def dated(*isos: str | None) -> Columns:
    days = np.array([day(iso) if iso else 0 for iso in isos], np.int32)
    return Columns({"days": days, "order": np.arange(len(isos), dtype=np.int32)}, {})


def test_a_facet_counts_the_values_of_the_documents_it_is_given() -> None:
    assert FACET.counts(np.array([True, True, True, False])).tolist() == [1, 2, 0]


def test_a_facet_tells_which_documents_hold_any_of_some_values() -> None:
    assert FACET.holding(("y",), 4).tolist() == [True, False, True, False]
    assert FACET.holding(("x", "z"), 4).tolist() == [True, False, False, True]
    assert FACET.holding(("unknown",), 4).tolist() == [False] * 4


@pytest.mark.parametrize("iso", ["0001-01-01", "1969-12-31", "2024-02-29", "9999-12-31"])
def test_the_month_of_a_day_is_the_calendars(iso: str) -> None:
    (months,) = dated(iso).months
    assert month_name(int(months)) == iso[:7]
    assert datetime.date.fromordinal(day(iso)).isoformat() == iso


def test_undated_documents_have_no_month_and_come_last_either_way() -> None:
    columns = dated("2022-01-01", None, "2023-01-01")
    assert columns.months[1] == -1
    assert np.argsort(columns.newest).tolist() == [2, 0, 1]
    assert np.argsort(columns.oldest).tolist() == [0, 2, 1]
