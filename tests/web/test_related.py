"""Related articles: on the page of an article and as JSON, each with its reason."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.articles.model import Topic
from search.index.engine import QueryTimeout
from search.index.relating import Related
from search.web import related
from tests.archive import HARVEST, HOSTILE_ARTICLE, SERIES, TRADE, article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json

MORE = article(
    "Silos of Velden overflow",
    "The silos on the southern plain are full of wheat, Ines Calloway said.",
    said=(("Ines Calloway", "The silos on the southern plain are full of wheat"),),
    topics=(TRADE,),
    published="2022-02-06",
)
AGAIN = article(
    "Velden expects best harvest",
    *(paragraph.text for paragraph in HARVEST.paragraphs),
    published="2022-02-05",
)


@pytest.fixture(scope="module")
def client(site_of: SiteOf) -> FlaskClient:
    return site_of([HARVEST, MORE, AGAIN, HOSTILE_ARTICLE, *SERIES]).test_client()


def test_the_page_lists_related_articles_with_their_reasons(client: FlaskClient) -> None:
    page = Page(client.get(HARVEST.url).text)
    assert page.one("aside", class_="related").text.startswith("Related articles")
    listed = [item.text for item in page.all("li") if "aside" in item.inside]
    assert listed[0].startswith("Velden expects best harvest")
    assert listed[0].endswith("Nearly the same text: another version")
    assert "Also quotes Ines Calloway; also about international trade" in listed[1]
    assert page.link("Silos of Velden overflow") == MORE.url


def test_programs_get_the_same_with_all_that_is_shared(client: FlaskClient) -> None:
    found = read_json(client, f"/articles/{HARVEST.id}/related.json")
    assert (found["id"], found["url"]) == (HARVEST.id, HARVEST.url)
    version, more = found["related"][:2]
    assert (version["id"], version["version"]) == (AGAIN.id, True)
    assert (more["id"], more["url"], more["published"], more["version"]) == (MORE.id, MORE.url, "2022-02-06", False)
    assert more["speakers"] == ["Ines Calloway"]
    assert more["subjects"] == [{"code": TRADE.code, "label": TRADE.label}]
    assert more["places"] == ["Port Velden"]
    assert more["words"] == ["Velden"]
    assert HARVEST.id not in {one["id"] for one in found["related"]}


def test_an_article_that_stands_alone_has_no_such_list(site_of: SiteOf) -> None:
    alone = article("Nothing like it", "No words in common.")
    client = site_of([alone]).test_client()
    assert "Related articles" not in client.get(alone.url).text
    assert read_json(client, f"/articles/{alone.id}/related.json")["related"] == []


def test_an_unknown_article_has_no_relatives(client: FlaskClient) -> None:
    assert client.get("/articles/unknown/related.json").status_code == 404


def test_headlines_of_relatives_are_text(client: FlaskClient) -> None:
    assert "<script>alert" not in client.get(HARVEST.url).text


@pytest.mark.parametrize(
    ("speakers", "subjects", "places", "words", "expected"),
    [
        (("A B", "C D", "E F"), 0, (), (), "Also quotes A B, C D and 1 more"),
        ((), 1, ("Lorne",), ("oil",), "Also about international trade; also from Lorne"),
        ((), 0, ("Lorne",), ("oil", "gas"), "Also from Lorne; shares the words oil, gas"),
        ((), 0, (), tuple("abcdef"), "Shares the words a, b, c, d and 2 more"),
        ((), 0, (), (), ""),
    ],
)
def test_the_two_best_reasons_are_told(
    speakers: tuple[str, ...], subjects: int, places: tuple[str, ...], words: tuple[str, ...], expected: str
) -> None:
    shared: tuple[Topic, ...] = (TRADE,) * subjects
    assert related.reason(Related(HARVEST, False, speakers, shared, places, words)) == expected


def test_an_article_can_be_read_where_its_relatives_take_too_long(
    site_of: SiteOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object) -> tuple[Related, ...]:
        raise QueryTimeout("too long")

    monkeypatch.setattr(related, "related", too_long)
    page = site_of([HARVEST, MORE]).test_client().get(HARVEST.url)
    assert page.status_code == 200
    assert "Related articles" not in page.text
