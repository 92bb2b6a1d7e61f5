"""An article goes to JSON and comes back the same; that JSON is the public contract."""

import json

import msgspec
import pytest

from search.articles.model import Article, Dateline, Paragraph, Quote, Source, Speaker, Topic

ARTICLE = Article(
    id="a1",
    url="/articles/a1/harvest-forecast-cut",
    source=Source("2021/harvest.txt", format="text"),
    headline="Harvest forecast cut",
    published="2021-03-14",
    published_from="stated",
    dateline=Dateline("PORT ELSIN, March 14. /MNA/.", "Port Elsin", ("Port Elsin",), "2021-03-14", "MNA"),
    paragraphs=(Paragraph(1, 'He said "no".'), Paragraph(2, "Outlook", heading=True)),
    quotes=(Quote("a1-q1", "no", "Ada Vell", "minister", "said", "mixed", "pronoun", 1, 9, 11),),
    speakers=(Speaker("Ada Vell", ("minister",), 1),),
    topics=(Topic("medtop:04000000", "economy, business and finance", ("medtop:04000000",)),),
)


def test_an_article_survives_json() -> None:
    assert Article.from_json(json.loads(json.dumps(ARTICLE.as_json()))) == ARTICLE


def test_an_article_without_a_dateline_survives_json() -> None:
    bare = Article(id="a2", url="/articles/a2/flash", source=Source("flash.txt"), headline="Flash")
    assert Article.from_json(json.loads(json.dumps(bare.as_json()))) == bare


def test_json_has_the_keys_of_the_contract_in_order() -> None:
    assert list(ARTICLE.as_json()) == [
        *("id", "url", "source", "headline", "lead", "section", "byline", "language", "published", "published_from"),
        *("dateline", "paragraphs", "quotes", "speakers", "topics", "sectors"),
    ]


def test_json_of_another_shape_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        Article.from_json({"id": "a1"})
