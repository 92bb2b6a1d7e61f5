"""What templates may use to link to speakers, topics, places, days and quotes."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from flask import Flask, url_for

from search.articles.identity import name_slug
from search.web.browse import browse_url
from search.web.directory import Facet, entry_path, list_path
from search.web.matrix import matrix_url
from search.web.provenance import base_address, quote_path
from search.web.room import passages
from search.web.weights import HEADLINE


def init_app(app: Flask) -> None:
    """Give templates their links."""
    app.jinja_env.globals.update(
        value_url=value_url, index_url=index_url, browse_url=browse_url, matrix_url=matrix_url, quote_path=quote_path
    )
    app.jinja_env.globals.update(entry_path=entry_path, base_address=base_address)
    app.jinja_env.globals.update(room_for_headline=HEADLINE)
    app.jinja_env.filters.update(passages=passages)


def value_url(facet: str, value: str) -> str:
    """The page of a facet's value."""
    if facet in ("topic", "sector"):
        return url_for("topics.topic", code=value)
    return entry_path(cast(Facet, facet), _slug(value))


def index_url(facet: str) -> str:
    """The list of all values of a facet."""
    if facet in ("topic", "sector"):
        return url_for("topics.index", _anchor=f"{facet}s")
    return list_path(cast(Facet, facet))


@lru_cache(maxsize=10_000)
def _slug(name: str) -> str:
    return name_slug(name)
