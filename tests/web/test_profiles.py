from __future__ import annotations

from dataclasses import replace

from search.query.results import Hit
from search.web.profiles import Role, roles
from tests.archive import HARVEST


def _said(role: str | None, published: str | None) -> Hit:
    return Hit(replace(HARVEST, published=published), 1.0, quote=replace(HARVEST.quotes[0], role=role))


def test_roles_span_from_the_first_to_the_last_day() -> None:
    found = roles([_said("mayor", "2021-05-01"), _said("mayor", "2019-01-01"), _said("minister", "2022-02-04")])
    assert found.roles == (
        Role("minister", "2022-02-04", "2022-02-04", 1),
        Role("mayor", "2019-01-01", "2021-05-01", 2),
    )
    assert found.read == 3


def test_case_and_article_make_no_other_role() -> None:
    assert [role.quotes for role in roles([_said("the Mayor", None), _said("mayor", "2020-01-01")]).roles] == [2]


def test_quotes_without_a_role_or_a_date_are_read_all_the_same() -> None:
    found = roles([_said(None, None), _said("mayor", None)])
    assert found.roles == (Role("mayor", None, None, 1),)
    assert found.read == 2
