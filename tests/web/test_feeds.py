from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.archive import ARTICLES, HARVEST, HOSTILE_ARTICLE, PIPELINE, TRADE, UNDATED, article
from tests.conftest import SiteOf
from tests.web.atom import breaches

ATOM = "{http://www.w3.org/2005/Atom}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def _atom(client: FlaskClient, url: str) -> ElementTree.Element:
    response = client.get(url)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.data)


def _json(client: FlaskClient, url: str) -> dict[str, Any]:
    response = client.get(url)
    assert response.content_type == "application/feed+json; charset=utf-8"
    return dict(response.get_json())


def _text(element: ElementTree.Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None, name
    return found.text or ""


def _links(element: ElementTree.Element) -> dict[str, str]:
    """Relation -> address, of the first link of each."""
    links: dict[str, str] = {}
    for link in element.findall(f"{ATOM}link"):
        links.setdefault(link.attrib["rel"], link.attrib["href"])
    return links


def _entries(feed: ElementTree.Element) -> list[ElementTree.Element]:
    return feed.findall(f"{ATOM}entry")


def test_a_feed_tells_what_it_is_and_where_it_is_from(client: FlaskClient) -> None:
    feed = _atom(client, "/search.atom?q=wheat&place=Port+Velden&page=1")
    assert _text(feed, "title") == "wheat, place Port Velden – Backfile"
    assert _text(feed, "id") == "tag:localhost,2026:feed=article&q=wheat&place=Port+Velden"
    assert _links(feed) == {
        "self": "http://localhost/search.atom?q=wheat&place=Port+Velden",
        "alternate": "http://localhost/search?q=wheat&place=Port+Velden&sort=newest",
        "first": "http://localhost/search.atom?q=wheat&place=Port+Velden",
        "last": "http://localhost/search.atom?q=wheat&place=Port+Velden",
    }
    author = feed.find(f"{ATOM}author/{ATOM}name")
    assert author is not None
    assert author.text == "Backfile"


def test_all_that_atom_requires_is_there(client: FlaskClient) -> None:
    feed = _atom(client, "/search.atom")
    for element in (feed, *_entries(feed)):
        assert _text(element, "id").startswith("tag:localhost,2026:")
        assert _text(element, "title")
        assert len(_text(element, "updated")) == len("2026-01-01T00:00:00Z")
    ids = [_text(entry, "id") for entry in _entries(feed)]
    assert len(set(ids)) == len(ids) == len(ARTICLES)


@pytest.mark.parametrize("sort", ["", "&sort=oldest", "&sort=relevance"])
def test_the_newest_come_first_whatever_order_is_asked_for(client: FlaskClient, sort: str) -> None:
    feed = _atom(client, f"/search.atom?q=wheat{sort}")
    ids = [_text(entry, "id").rpartition("/")[2] for entry in _entries(feed)]
    assert (ids[0], ids[-1]) == (HARVEST.id, UNDATED.id)
    assert "sort" not in _links(feed)["self"]


def test_an_entry_tells_its_article(client: FlaskClient) -> None:
    (entry,) = _entries(_atom(client, "/search.atom?q=silos"))
    assert _text(entry, "id") == f"tag:localhost,2026:article/{HARVEST.id}"
    assert _text(entry, "title") == HARVEST.headline
    assert _links(entry)["alternate"] == f"http://localhost{HARVEST.url}"
    assert _text(entry, "published") == _text(entry, "updated") == "2022-02-04T00:00:00Z"
    assert _text(entry, "summary") == HARVEST.lead
    assert "<mark>silos</mark>" in _text(entry, "content")
    (category,) = entry.findall(f"{ATOM}category")
    assert category.attrib == {"term": TRADE.code, "label": TRADE.label}


def test_what_has_no_date_does_not_claim_to_be_published(client: FlaskClient) -> None:
    entry = _entries(_atom(client, "/search.atom?q=wheat"))[-1]
    assert entry.find(f"{ATOM}published") is None
    assert _text(entry, "updated") == "1970-01-01T00:00:00Z"


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    (entry,) = _entries(_atom(client, "/search.atom?q=barley&from=2020&to=2020"))
    assert _text(entry, "title") == HOSTILE_ARTICLE.headline
    assert "<script" not in _text(entry, "content")
    assert "&lt;script&gt;" in _text(entry, "content")


def test_characters_that_no_xml_may_hold_are_left_out(site_of: SiteOf) -> None:
    client = site_of([article("Bell\x07 and \x00nothing\ufffe", "Words.")]).test_client()
    (entry,) = _entries(_atom(client, "/search.atom"))
    assert _text(entry, "title") == "Bell and nothing"


def test_pages_of_a_feed_lead_from_one_to_the_next(client: FlaskClient) -> None:
    url, seen = "/search.atom?size=20", []
    while url:
        feed = _atom(client, url)
        seen += [_text(entry, "id") for entry in _entries(feed)]
        assert feed.findtext(f"{SEARCH}totalResults") == str(len(ARTICLES))
        assert feed.findtext(f"{SEARCH}itemsPerPage") == "20"
        url = _links(feed).get("next", "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == len(ARTICLES)
    assert _links(feed)["previous"] == "http://localhost/search.atom?page=2&size=20"
    assert client.get("/search.atom?size=20&page=4").status_code == 400


def test_quotes_have_feeds_too(client: FlaskClient) -> None:
    (entry,) = _entries(_atom(client, "/quotes.atom?speaker=Tomas+Brandt"))
    (quote,) = PIPELINE.quotes
    assert _text(entry, "id") == f"tag:localhost,2026:quote/{quote.id}"
    assert _text(entry, "title") == "Tomas Brandt: “The gas will flow in April,”"
    assert _links(entry)["alternate"] == f"http://localhost{PIPELINE.url}#q-{quote.id}"


def test_a_json_feed_tells_the_same_as_the_atom_feed(client: FlaskClient) -> None:
    query = "?q=port&size=20"
    feed, found = _atom(client, f"/search.atom{query}"), _json(client, f"/search.feed.json{query}")
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == "http://localhost/search.feed.json?q=port&size=20"
    assert found["next_url"] == "http://localhost/search.feed.json?q=port&page=2&size=20"
    assert found["home_page_url"] == _links(feed)["alternate"]
    assert [item["id"] for item in found["items"]] == [_text(entry, "id") for entry in _entries(feed)]
    assert all({"id", "url", "title", "content_html"} <= item.keys() for item in found["items"])
    assert "date_published" not in _json(client, "/search.feed.json?q=wheat")["items"][-1]


def test_nothing_found_is_a_feed_all_the_same(client: FlaskClient) -> None:
    assert _entries(_atom(client, "/search.atom?q=unheardof")) == []
    assert _json(client, "/quotes.feed.json?q=unheardof")["items"] == []


def test_topics_are_named_in_titles(client: FlaskClient) -> None:
    feed = _atom(client, "/search.atom?not_topic=medtop:04000000")
    assert _text(feed, "title") == "not topic economy, business and finance – Backfile"


def test_ids_are_of_the_site_as_set(site_of: SiteOf) -> None:
    client = site_of([HARVEST], BACKFILE_BASE_URL="https://archive.example:8443").test_client()
    (entry,) = _entries(_atom(client, "/search.atom"))
    assert _text(entry, "id") == f"tag:archive.example,2026:article/{HARVEST.id}"


def test_pages_lead_to_their_feeds(client: FlaskClient) -> None:
    page = client.get("/search?q=wheat&sort=oldest&page=1&size=25").text
    assert '<link rel="alternate" type="application/atom+xml" href="/search.atom?q=wheat"' in page
    for suffix in (".csv", ".jsonl", ".ris", ".bib"):
        assert f'href="/search{suffix}?q=wheat&amp;sort=oldest"' in page


def test_an_article_and_a_quote_are_feeds_of_one_entry(client: FlaskClient) -> None:
    quote = HARVEST.quotes[0]
    for stem, page in (
        (f"/articles/{HARVEST.id}", HARVEST.url),
        (f"/quotes/{quote.id}", f"{HARVEST.url}#q-{quote.id}"),
    ):
        feed = _atom(client, f"{stem}.atom")
        (entry,) = _entries(feed)
        assert _links(feed)["self"] == f"http://localhost{stem}.atom"
        assert _links(entry)["alternate"] in (f"http://localhost{page}", f"http://localhost{stem}.json")
    assert client.get("/articles/none.atom").status_code == 404
    assert client.get(f"/quotes/{HARVEST.id}-000000.atom").status_code == 404


def test_every_item_has_content(site_of: SiteOf) -> None:
    bare = [article("Strike ends"), article("Ships sail", "They left at noon.")]
    items = _json(site_of(bare).test_client(), "/search.feed.json?q=headline:strike OR headline:ships")["items"]
    assert {item["content_html"] for item in items} == {"<p>Strike ends</p>", "<p>They left at noon.</p>"}


HARD = (
    *ARTICLES,
    article("Забастовка", "“Да, мы закрыли порт,” сказал он.", said=(("Анна", "Да, мы закрыли порт,"),)),
    article("Bell\x07 ]]> &amp; <b>", "Words \ufffe.", agency=None, published="2020-01-01"),
    article("", "", published=None, place=None, agency=None),
)


@pytest.mark.parametrize(
    "url",
    [
        "/search.atom",
        "/search.atom?size=20&page=2",
        "/search.atom?q=port&not_topic=medtop:04000000&from=2019",
        "/search.atom?q=%22%3C%26%27%5C%5E%60%7B%7C%7D+%D1%8F",
        "/search.atom?q=unheardof",
        "/search.atom?speaker=%D0%90%D0%BD%D0%BD%D0%B0",
        "/quotes.atom",
        f"/articles/{HARVEST.id}.atom",
        f"/articles/{HARD[-3].id}.atom",
        f"/articles/{HARD[-2].id}.atom",
        f"/quotes/{HARVEST.quotes[0].id}.atom",
    ],
)
def test_every_feed_is_valid_by_the_grammar_of_atom(site_of: SiteOf, url: str) -> None:
    response = site_of(HARD).test_client().get(url)
    assert response.status_code == 200
    assert breaches(response.data) == []


@pytest.mark.parametrize(
    ("before", "after", "breach"),
    [
        ("<updated>", "<updated>x", "updated is"),
        ("<title>", "<title/><title>", "feed holds 2 of title"),
        ('rel="self"', 'rel="alternate"', "feed has 0 links to itself"),
        ("</feed>", "<icon/></feed>", "something follows the entries"),
        ("<author><name>Backfile</name></author>", "", "an entry has no author"),
        ("<generator>", "<b/><generator>", None),
        ('href="', 'href="a b', "a link leads to"),
        ("<name>Backfile</name>", "", "author holds 0 of name"),
        ("<category term=", "<category label=", "category has no term"),
    ],
)
def test_the_grammar_is_broken_by_what_breaks_it(
    client: FlaskClient, before: str, after: str, breach: str | None
) -> None:
    feed = client.get("/search.atom").text
    assert before in feed
    if before == "<category term=":
        feed = feed.replace(' label="', ' scheme="')
    found = breaches(feed.replace(before, after, 1).replace("<b/>", '<b xmlns="urn:x"/>').encode())
    assert any(one.startswith(breach) for one in found) if breach else found == []
