"""The account of an article: that everything read is told, readably."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from search.articles.account import account
from search.articles.formats.records import Record
from search.articles.model import Article, Source
from search.articles.reading import Reader
from search.articles.topics import TopicTable

STORY = """All news

Orva cuts ferry sailings

Islands fear for their harbour

By Ana Orel

PORT ARELLA, June 4. /TASS/. The ferry company will run four boats, its director Ilva Morn said on Monday, 2018.

"The sea is not the problem," she said. According to the ministry, the ferries were half empty.
"""


@pytest.fixture(scope="module")
def topics() -> TopicTable:
    return TopicTable.load()


@pytest.fixture(scope="module")
def told(topics: TopicTable) -> str:
    article = Reader(topics).read(Record(Source("archive/a.txt"), STORY))
    assert isinstance(article, Article)
    return account(article, topics)


@pytest.mark.parametrize(
    "value",
    [
        *("archive/a.txt", "All news", "Islands fear for their harbour", "Ana Orel", "Port Arella", "2018-06-04"),
        *("“PORT ARELLA, June 4. /TASS/.”", "TASS", "the year inferred from the text", "said on Monday"),
        *("“The sea is not the problem,”", "direct, paragraph 2", "by pronoun", '“"…" she said.”', "Quotes: 3"),
        *("indirect, paragraph 1", "by name", "its director Ilva Morn said on Monday", "Speakers: 1", "by role"),
        *("Ilva Morn, 2 quotes; director", "Sectors: 1", "waterway and maritime transport (medtop:20000343)"),
    ],
)
def test_every_value_is_told_with_the_words_that_led_to_it(told: str, value: str) -> None:
    assert value in " ".join(told.split())


def test_the_words_of_a_sector_are_told_with_their_weight(told: str) -> None:
    assert "ferry +" in told.split("Sectors:")[1]


def test_the_agency_that_the_dateline_leaves_out_is_told_as_stated(topics: TopicTable) -> None:
    record = Record(
        Source("a.jsonl", format="jsonl"), "ORVA, June 4 - All stay in port.", headline="Ferries stop", agency="ONA"
    )
    article = Reader(topics).read(replace(record, date="2018-06-04"))
    assert isinstance(article, Article)
    told = account(article, topics)
    assert "place     Orva\n" in told
    assert "date      2018-06-04, the year is that of publication\n" in told
    assert "agency    ONA, stated with the article\n" in told


def test_somebody_without_a_name_is_known_by_role_alone(told: str) -> None:
    assert "by role alone" in told
    assert "by pronoun" in told


def test_an_article_of_one_line_is_told_too(topics: TopicTable) -> None:
    told = account(Article("a1", "/articles/a1/ferry", Source("a.txt"), "Ferry"), topics)
    assert told.startswith("Ferry\n")
    for value in ("dateline    none", "published   nothing states it", "Quotes: 0", "Topics: 0"):
        assert value in told


def test_no_line_is_wider_than_asked(topics: TopicTable) -> None:
    article = Reader(topics).read(Record(Source("archive/a.txt"), STORY))
    assert isinstance(article, Article)
    assert max(map(len, account(article, topics, 50).splitlines())) <= 50
