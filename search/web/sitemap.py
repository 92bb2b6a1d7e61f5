"""What search engines and browsers ask for before anything else: the sitemap, and how to search from the address bar.

Sitemaps 0.9 (sitemaps.org): an index of parts with 50,000 articles each, oldest first, so that a part that is full
changes only when old articles do; OpenSearch 1.1's description.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flask import Blueprint, Response, abort, render_template
from markupsafe import escape

from search.articles.model import Article
from search.query.dates import is_date
from search.query.results import Hit, Question
from search.web.exports import streamed
from search.web.feeds import xml
from search.web.provenance import base_address
from search.web.views import engine

sitemap = Blueprint("sitemap", __name__)

PART = 50_000  # addresses: the most that the protocol allows in one file

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@sitemap.get("/sitemap.xml")
def index() -> Response:
    """The parts, each as old as the index generation."""
    status, base = engine().status(), base_address()
    made = f"<lastmod>{status.made:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if status.made else ""
    parts = range(1, max(1, -(-status.articles // PART)) + 1)
    lines = (f"<sitemap><loc>{escape(base)}/sitemap-{n}.xml</loc>{made}</sitemap>\n" for n in parts)
    return xml(_HEAD.format("sitemapindex") + "".join(lines) + "</sitemapindex>\n", "application/xml")


@sitemap.get("/sitemap-<int(min=1, max=1000000):n>.xml")
def part(n: int) -> Response:
    """The addresses of one part."""
    whole = engine().every(Question(sort="oldest", offset=(n - 1) * PART, facets=()))
    if n > max(1, -(-whole.total // PART)):
        abort(404)
    return streamed(_part(base_address(), islice(whole.hits, PART)), "application/xml; charset=utf-8")


@sitemap.get("/opensearch.xml")
def description() -> Response:
    """How browsers and others search here."""
    text = render_template("opensearch.xml", base=base_address())
    return xml(text, "application/opensearchdescription+xml")


def _part(base: str, hits: Iterator[Hit]) -> Iterator[str]:
    yield _HEAD.format("urlset")
    for hit in hits:
        yield f"<url><loc>{escape(base + hit.article.url)}</loc>{_changed(hit.article)}</url>\n"
    yield "</urlset>\n"


def _changed(article: Article) -> str:
    """The date of an article; W3C dates may be days, months or years."""
    return f"<lastmod>{article.published}</lastmod>" if article.published and is_date(article.published) else ""
