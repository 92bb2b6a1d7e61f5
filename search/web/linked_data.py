"""An article as linked data for machines: schema.org's NewsArticle, its quotes as Quotation, written as JSON-LD.

It stands in the page, which has all of the text already: of very many quotes only the first are said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from search.articles.bodies import Kind, kind_of
from search.articles.model import Article, Quote
from search.web.citations import authors, byline
from search.web.wording import web_address

_MOST = 12_000  # characters of quotes
_AROUND = 150  # around each
_TYPES: dict[Kind, str] = {"person": "Person", "body": "Organization"}


def linked_data(article: Article, url: str, site: str) -> dict[str, Any]:
    """The article as a schema.org NewsArticle, what it leaves open left out."""
    agency = article.dateline.agency if article.dateline else None
    place = article.dateline.place if article.dateline else None
    kinds = {speaker.name: kind_of(speaker.name, speaker.roles) for speaker in article.speakers}
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": article.headline,
        "description": article.lead,
        "datePublished": article.published,
        "inLanguage": article.language,
        "articleSection": article.section,
        "author": _authors(article),
        "sourceOrganization": _agent(agency, "body"),
        "locationCreated": {"@type": "Place", "name": place} if place else None,
        "isPartOf": {"@type": "Collection", "name": site},
        "sameAs": web_address(article.source.url),
        "about": [{"@type": "Thing", "name": t.label, "identifier": t.code} for t in article.topics + article.sectors],
        "hasPart": [_quotation(quote, url, kinds.get(quote.speaker or "")) for quote in _first(article.quotes)],
    }
    return {name: value for name, value in values.items() if value}


def _authors(article: Article) -> list[dict[str, str]] | dict[str, str] | None:
    found = [{"@type": _TYPES[_author_kind(article, name)], "name": name} for name in authors(article)]
    return found if len(found) > 1 else next(iter(found), None)


def _author_kind(article: Article, name: str) -> Kind:
    return kind_of(name) or "person" if byline(article) else "body"


def _first(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """As many of the quotes as have room."""
    left = _MOST
    for quote in quotes:
        left -= len(quote.text) + _AROUND
        if left < 0:
            return
        yield quote


def _quotation(quote: Quote, url: str, kind: Kind | None) -> dict[str, Any]:
    values = {"@type": "Quotation", "@id": f"{url}#q-{quote.id}", "text": quote.text}
    return {**values, "creator": _agent(quote.speaker, kind)} if quote.speaker else values


def _agent(name: str | None, kind: Kind | None) -> dict[str, str] | None:
    """A person or an organization; of no type where the name can be either's."""
    if not name:
        return None
    return {"@type": _TYPES[kind], "name": name} if kind else {"name": name}
