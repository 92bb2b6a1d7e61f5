"""Every search as a feed, newest first whatever the page's order is: a reader that follows it is the alert.

Atom (RFC 4287) with pages (RFC 5005) and counts (OpenSearch 1.1) at `.atom`, JSON Feed 1.1 at `.feed.json`. Entries
have tag: URIs (RFC 4151) for ids, which stay when the slug of an article changes. What has no date stands last, dated
1970: a feed must name a date, and one that moved would make old entries new again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from markupsafe import Markup

from search.articles.model import Topic
from search.fields import DocumentKind
from search.query.dates import first_day, is_date
from search.query.nodes import And
from search.query.results import Hit
from search.query.snippets import snippets
from search.query.state import DEFAULT_SIZE, SearchState, from_args
from search.web.citations import authors
from search.web.markup import marked
from search.web.pages import Pages, pages
from search.web.provenance import base_address, quote_path
from search.web.quotes import article_and_quote
from search.web.views import engine

feeds = Blueprint("feeds", __name__)

ENTRIES = 50  # on a page of a feed, where the address names no size

_NAMED_SINCE = "2026"  # of tag: URIs; a year that never changes
_UNDATED = "1970-01-01"
_LONGEST_TITLE = 160  # characters of a quote
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article or quote. Addresses are full ones; `updated` is a moment (RFC 3339)."""

    id: str
    url: str
    json_url: str
    title: str
    updated: str
    published: str | None
    authors: tuple[str, ...]
    language: str | None
    summary: str
    html: Markup
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a search as a feed; `links` maps relations of RFC 5005 to pages."""

    id: str
    title: str
    url: str
    self_url: str
    updated: str
    links: dict[str, str]
    pages: Pages
    size: int
    total: int
    entries: tuple[Entry, ...]


@feeds.get("/search.atom", defaults={"documents": "article"})
@feeds.get("/quotes.atom", defaults={"documents": "quote"})
def atom(documents: DocumentKind) -> Response:
    """A search as an Atom feed."""
    found = feed(from_args(request.args.items(multi=True), documents), ".atom")
    return xml(render_template("feed.xml", feed=found), "application/atom+xml")


@feeds.get("/search.feed.json", defaults={"documents": "article"})
@feeds.get("/quotes.feed.json", defaults={"documents": "quote"})
def json_feed(documents: DocumentKind) -> Response:
    """A search as a JSON Feed."""
    found = feed(from_args(request.args.items(multi=True), documents), ".feed.json")
    values = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.title,
        "home_page_url": found.url,
        "feed_url": found.self_url,
        "next_url": found.links.get("next"),
        "items": [_item(entry) for entry in found.entries],
    }
    response = jsonify({name: value for name, value in values.items() if value is not None})
    response.content_type = "application/feed+json; charset=utf-8"
    return response


@feeds.get("/articles/<id>.atom")
def article(id: str) -> Response:
    """One article as a feed of one entry."""
    found = engine().article(id) or abort(404)
    return _feed_of_one(Hit(found, 0.0, snippets(And(()), found)), f"/articles/{id}.atom")


@feeds.get("/quotes/<id>.atom")
def quote(id: str) -> Response:
    """One quote as a feed of one entry."""
    found, said = article_and_quote(id)
    return _feed_of_one(Hit(found, 0.0, quote=said), f"/quotes/{id}.atom")


def _feed_of_one(hit: Hit, path: str) -> Response:
    base, made = base_address(), engine().status().made
    entry = _entry(base, hit)
    found = Feed(
        id=_tag(base, f"feed/{path}"),
        title=f"{entry.title} – {current_app.config['TITLE']}",
        url=entry.url,
        self_url=base + path,
        updated=_second(made) if made else entry.updated,
        links={},
        pages=pages(1, 1, 1),
        size=1,
        total=1,
        entries=(entry,),
    )
    return xml(render_template("feed.xml", feed=found), "application/atom+xml")


def feed(state: SearchState, suffix: str) -> Feed:
    """A page of the search. Raises BadParameter for a page beyond the results."""
    made = engine().status().made
    state = replace(state, sort=None)
    size = ENTRIES if state.size == DEFAULT_SIZE else state.size
    question = replace(state.question()[0], sort="newest", facets=(), offset=(state.page - 1) * size, limit=size)
    results = engine().search(question)
    found = pages(results.total, state.page, size, of="feed")
    base = base_address()
    entries = tuple(_entry(base, hit) for hit in results.hits)
    around = {"first": 1, "previous": found.previous, "next": found.next, "last": found.last}
    return Feed(
        id=_tag(base, urlencode([("feed", state.documents), *replace(state, page=1, size=DEFAULT_SIZE).params()])),
        title=_title(state),
        url=base + replace(state, page=1, size=DEFAULT_SIZE, sort="newest").url(),
        self_url=base + state.url(suffix),
        updated=_second(made) if made else max((entry.updated for entry in entries), default=_moment(None)),
        links={name: base + state.with_page(page).url(suffix) for name, page in around.items() if page},
        pages=found,
        size=size,
        total=results.total,
        entries=entries,
    )


def xml(text: str, media_type: str) -> Response:
    """XML 1.0 as a response, without the characters that no XML may hold, not even escaped."""
    return Response(_NOT_XML.sub("", text), content_type=f"{media_type}; charset=utf-8")


def _title(state: SearchState) -> str:
    """What is searched for, in the words of its own address, and where."""
    label = current_app.extensions["topics"].label
    params = replace(state, q="", page=1, size=DEFAULT_SIZE).params()
    chosen = [f"{name.replace('_', ' ')} {label(value) or value}" for name, value in params]
    asked = ", ".join([state.q, *chosen] if state.q else chosen)
    everything = "All articles" if state.documents == "article" else "All quotes"
    return f"{asked or everything} – {current_app.config['TITLE']}"


def _entry(base: str, hit: Hit) -> Entry:
    article, quote = hit.article, hit.quote
    published = _moment(article.published)
    title, summary, html, path, json_path = _told(hit)
    return Entry(
        id=_tag(base, f"quote/{quote.id}" if quote else f"article/{article.id}"),
        url=base + path,
        json_url=base + json_path,
        title=title,
        updated=published,
        published=published if article.published else None,
        authors=authors(article),
        language=article.language,
        summary=summary,
        html=html,
        topics=article.topics + article.sectors,
    )


def _told(hit: Hit) -> tuple[str, str, Markup, str, str]:
    """Title, summary and HTML of an entry, its path and that of its JSON."""
    article, quote = hit.article, hit.quote
    if not quote:
        passages = [Markup("<p>{}</p>").format(marked(snippet.text, snippet.marks)) for snippet in hit.snippets]
        summary = article.lead or " … ".join(snippet.text for snippet in hit.snippets)
        html = Markup("").join(passages) or Markup("<p>{}</p>").format(summary or article.headline)
        return article.headline, summary, html, article.url, f"/articles/{article.id}.json"
    words = quote.text if len(quote.text) <= _LONGEST_TITLE else f"{quote.text[:_LONGEST_TITLE]}…"
    who = ", ".join(name for name in (quote.speaker, quote.role) if name)
    title = f"{quote.speaker}: “{words}”" if quote.speaker else f"“{words}”"
    said = Markup("<blockquote>{}</blockquote><p>{} – {}</p>")
    html = said.format(marked(quote.text, hit.marks), who or "Speaker unknown", article.headline)
    return title, f"“{quote.text}”", html, quote_path(article, quote), f"/quotes/{quote.id}.json"


def _item(entry: Entry) -> dict[str, object]:
    """An entry as JSON Feed has it, what is not known left out."""
    values = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": str(entry.html),
        "date_published": entry.published,
        "authors": [{"name": name} for name in entry.authors] or None,
        "tags": [topic.label for topic in entry.topics] or None,
        "language": entry.language,
    }
    return {name: value for name, value in values.items() if value is not None}


def _tag(base: str, name: str) -> str:
    """A tag: URI; the site's own name is its authority, so set BACKFILE_BASE_URL where it has several."""
    host = urlsplit(base).hostname or ""
    return f"tag:{host if re.fullmatch(r'[a-z0-9.-]+', host) else 'localhost'},{_NAMED_SINCE}:{name}"


def _moment(published: str | None) -> str:
    """The first moment of a day, month or year, in UTC."""
    day = published[:10] if published else ""
    return f"{first_day(day) if is_date(day) else _UNDATED}T00:00:00Z"


def _second(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
