"""Answers -> pages for people and JSON for machines. Views are thin: modules beside them hold what pages show.

views.py       the pages                     api.py         the same answers as JSON
answers.py     a search put to the engine    errors.py      what went wrong, said plainly
facets.py      panels and chips              charts.py      months -> bars
pages.py       page numbers                  articles.py    one article, ready to be read
citations.py   how to cite                   examples.py    the query language, as help shows it
markup.py      text and spans -> HTML        wording.py     names, figures and dates in words
exports.py     result sets as files          provenance.py  what an export begins with
tables.py      CSV for spreadsheets          references.py  RIS and BibTeX
feeds.py       Atom and JSON Feed            sitemap.py     for search engines and browsers
freshness.py   what has not changed         quotes.py       what was said
directory.py   names by their slugs         listing.py      a part of such a list
speakers.py    who speaks                   profiles.py     roles, times and words of one speaker
topics.py      the tree of topics           branches.py     counts along that tree
places.py      places and agencies          subjects.py     all about one topic, sector or place
browse.py      years, months, days          matrix.py       who speaks on what
days.py        counts by day                whole_facets.py every value of a facet
missing.py     what comes near instead      links.py        where templates link to
keeping.py     made once a generation       openapi.py      the API described
operations.py  what it can be asked         schemas.py      what it answers
shapes.py      how schemas are written      security.py     headers of every response
worker.py      the server's own errors     dates.py        days as people write them
reasons.py     why a hit matched            room.py         what a page can carry
compression.py answers as gzip              suggestions.py  names and headlines while typing
related.py     what belongs with an article respelling.py   filters as they were meant
fragments.py   links to passages            weights.py      what it would weigh
warming.py     what a new generation needs   alphabet.py    a facet's names in order
linked_data.py an article as JSON-LD         assets.py      static files by their digests
"""

from __future__ import annotations

from flask import Flask, Response, request


def init_app(app: Flask) -> None:
    """Register the routes, the errors, what templates may use, and how long answers may be kept."""
    from search.web import (
        api,
        assets,
        browse,
        compression,
        errors,
        exports,
        feeds,
        freshness,
        links,
        matrix,
        openapi,
        places,
        quotes,
        reasons,
        sitemap,
        speakers,
        suggestions,
        topics,
        views,
        whole_facets,
        wording,
    )

    compression.init_app(app)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the contract's order
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for blueprint in (
        *(views.pages, api.api, exports.exports, feeds.feeds, sitemap.sitemap, openapi.openapi),
        *(quotes.quotes, speakers.speakers, topics.topics, places.places, places.agencies),
        *(browse.browsing, matrix.matrices, whole_facets.facets, suggestions.suggesting),
    ):
        app.register_blueprint(blueprint)
    for module in (errors, wording, assets, links, reasons, freshness):
        module.init_app(app)
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    """Static files are named by their content and may be kept for ever; an answer is asked for again each time."""
    if request.endpoint == "static" and "v" in request.args and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    return response
