"""Where the news comes from: the list of places from A to Z, and a page for each."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from search.web.directory import directory
from search.web.listing import Listed, listed, listing
from search.web.missing import missing
from search.web.subjects import entry_json, listed_json, subject, subject_json
from search.web.views import engine

places = Blueprint("places", __name__)


@places.get("/places")
def index() -> str:
    """All places, a page at a time."""
    found = directory(engine(), "place")
    return render_template("names.html", facet="place", listed=_listed(), letters=found.letters)


@places.get("/places.json")
def index_json() -> Response:
    """The same as JSON."""
    return jsonify(listed_json("place", _listed()))


@places.get("/places/<slug>")
def place(slug: str) -> str | Response:
    """One place; an unknown one leads to those with nearly that name."""
    found = directory(engine(), "place")
    entry = found.by_slug.get(slug)
    if entry is None:
        return missing("No article is dated from a place of this name.", "place", found.nearest(slug))
    about = subject(engine(), "place", entry.names, entry.name)
    return render_template("place.html", subject=about, entry=entry, alike=found.alike(entry))


@places.get("/places/<slug>.json")
def place_json(slug: str) -> Response:
    """The same as JSON."""
    found = directory(engine(), "place")
    entry = found.by_slug.get(slug) or abort(404)
    about = subject_json(subject(engine(), "place", entry.names, entry.name))
    return jsonify(
        {**entry_json("place", entry), "alike": [entry_json("place", e) for e in found.alike(entry)], **about}
    )


def _listed() -> Listed:
    asked = listing(url_for("places.index"), request.args.items())
    return listed(directory(engine(), "place"), asked)
