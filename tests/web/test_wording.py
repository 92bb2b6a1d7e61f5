from __future__ import annotations

from typing import get_args

import pytest

from search.articles.model import Attribution, PublishedFrom
from search.fields import FACETS
from search.web.wording import ATTRIBUTIONS, FACET_NAMES, PUBLISHED_FROM, counted, file_name, web_address


def test_there_is_a_word_for_everything() -> None:
    assert set(ATTRIBUTIONS) == set(get_args(Attribution))
    assert set(PUBLISHED_FROM) == set(get_args(PublishedFrom))
    assert tuple(FACET_NAMES) == FACETS


@pytest.mark.parametrize(("number", "words"), [(0, "0 matches"), (1, "1 match"), (12345, "12,345 matches")])
def test_things_are_counted(number: int, words: str) -> None:
    assert counted(number, "match", "matches") == words


def test_files_are_named_without_their_folder() -> None:
    assert file_name("/srv/wire/2022/a.txt") == "a.txt"


@pytest.mark.parametrize("url", ["http://a.example/x", "https://a.example"])
def test_addresses_of_the_web_are_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "//a.example", "ftp://a.example", "http://[", "https:"]
)
def test_other_addresses_are_not(url: str | None) -> None:
    assert web_address(url) is None
