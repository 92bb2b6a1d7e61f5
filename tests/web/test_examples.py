from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.fields import QUERY_FIELDS
from search.query.state import SearchState
from search.query.syntax import parse
from search.web.examples import SECTIONS
from tests.web.page import Page

EXAMPLES = [example.q for section in SECTIONS for example in section.examples]


@pytest.mark.parametrize("q", EXAMPLES)
def test_an_example_is_read_without_a_remark(q: str) -> None:
    assert parse(q).diagnostics == ()


@pytest.mark.parametrize("q", EXAMPLES)
def test_an_example_is_a_link_that_works(client: FlaskClient, q: str) -> None:
    page = Page(client.get("/help").text)
    assert page.link(q) == SearchState(q=q).url()
    assert client.get(page.link(q)).status_code == 200


def test_every_field_has_an_example() -> None:
    assert [field for field in QUERY_FIELDS if not any(f"{field}:" in q for q in EXAMPLES)] == []
