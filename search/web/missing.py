"""Nothing of that name: a page that says so and offers what comes near."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, render_template

from search.articles.model import Article
from search.web.directory import Entry, Facet


def missing(
    sentence: str, facet: Facet | None = None, nearest: Sequence[Entry] = (), article: Article | None = None
) -> Response:
    """404, with links to the nearest names of a facet or to the article where it used to be."""
    page = render_template("missing.html", sentence=sentence, facet=facet, nearest=nearest, article=article)
    response = make_response(page, 404)
    response.headers["Cache-Control"] = "no-store"
    return response
