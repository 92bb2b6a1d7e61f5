from __future__ import annotations

from msgspec.structs import replace

from search.articles.model import Article
from search.web.profiles import Role, roles
from tests.archive import HARVEST


def _said(role: str | None, published: str | None, speaker: str = "Ines Calloway") -> Article:
    return replace(HARVEST, published=published, quotes=(replace(HARVEST.quotes[0], role=role, speaker=speaker),))


def _roles(*articles: Article) -> tuple[Role, ...]:
    return roles(articles, {"Ines Calloway", "I. Calloway"})


def test_roles_span_from_the_first_to_the_last_day() -> None:
    found = _roles(_said("minister", "2022-02-04"), _said("mayor", "2021-05-01"), _said("mayor", "2019-01-01"))
    assert found == (
        Role("minister", "2022-02-04", "2022-02-04", 1),
        Role("mayor", "2019-01-01", "2021-05-01", 2),
    )


def test_case_and_article_make_no_other_role() -> None:
    assert [role.quotes for role in _roles(_said("the Mayor", None), _said("mayor", "2020-01-01"))] == [2]


def test_quotes_without_a_role_or_a_date_are_read_all_the_same() -> None:
    assert _roles(_said(None, None), _said("mayor", None)) == (Role("mayor", None, None, 1),)


def test_roles_are_those_of_all_names_of_the_speaker_and_nobody_else_s() -> None:
    found = _roles(_said("mayor", "2020-01-01", "I. Calloway"), _said("judge", "2021-01-01", "Tomas Brandt"))
    assert [role.role for role in found] == ["mayor"]
