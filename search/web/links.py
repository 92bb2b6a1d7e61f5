"""What templates may use to link to speakers, topics, places, days and quotes."""

from __future__ import annotations

from flask import Flask, url_for

from search.articles.identity import name_slug
from search.web.browse import browse_url
from search.web.matrix import matrix_url
from search.web.provenance import quote_path
from search.web.room import HEADLINE, passages


def init_app(app: Flask) -> None:
    """Give templates their links."""
    app.jinja_env.globals.update(
        value_url=value_url, index_url=index_url, browse_url=browse_url, matrix_url=matrix_url, quote_path=quote_path
    )
    app.jinja_env.globals.update(room_for_headline=HEADLINE)
    app.jinja_env.filters.update(passages=passages)


def value_url(facet: str, value: str) -> str | None:
    """The page of a facet's value; None for agencies, which have none."""
    if facet in ("speaker", "place"):
        return url_for(f"{facet}s.{facet}", slug=name_slug(value))
    return url_for("topics.topic", code=value) if facet in ("topic", "sector") else None


def index_url(facet: str) -> str | None:
    """The list of all values of a facet; None for agencies, which have none."""
    if facet in ("speaker", "place"):
        return url_for(f"{facet}s.index")
    return url_for("topics.index", _anchor=f"{facet}s") if facet in ("topic", "sector") else None
