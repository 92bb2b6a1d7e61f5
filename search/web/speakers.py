"""Who speaks in the archive: the list from A to Z, and a page for each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from search.web.api import facets_json, histogram_json, quote_json
from search.web.charts import chart, narrowing
from search.web.directory import directory, entry_path, list_path
from search.web.facets import panels
from search.web.listing import Listed, listed, listing
from search.web.missing import missing
from search.web.profiles import Profile, profile
from search.web.subjects import entry_json, listed_json
from search.web.views import engine

speakers = Blueprint("speakers", __name__)


@speakers.get("/speakers")
def index() -> str:
    """All speakers, a page at a time."""
    found = directory(engine(), "speaker")
    return render_template("names.html", facet="speaker", listed=_listed(), letters=found.letters)


@speakers.get("/speakers.json")
def index_json() -> Response:
    """The same as JSON."""
    return jsonify(listed_json("speaker", _listed()))


@speakers.get("/speakers/<slug>")
def speaker(slug: str) -> str | BaseResponse:
    """One speaker; another of their names leads to it, and an unknown one to those with nearly that name."""
    found = directory(engine(), "speaker")
    if slug not in found.by_slug:
        return missing("Nobody of this name is quoted in the archive.", "speaker", found.nearest(slug))
    if (entry := found.by_slug[slug]).slug != slug:
        return redirect(entry_path("speaker", entry.slug))
    told = _profile(slug)
    return render_template(
        "speaker.html",
        profile=told,
        panels=panels(told.state, told.results),
        chart=chart(told.results.histogram, narrowing(told.state)),
    )


@speakers.get("/speakers/<slug>.json")
def speaker_json(slug: str) -> Response:
    """The same as JSON."""
    return jsonify(_as_json(_profile(slug)))


def _listed() -> Listed:
    asked = listing(list_path("speaker"), request.args.items(multi=True))
    return listed(directory(engine(), "speaker"), asked)


def _profile(slug: str) -> Profile:
    found = directory(engine(), "speaker")
    entry = found.by_slug.get(slug) or abort(404)
    return profile(engine(), entry, found.alike(entry))


def _as_json(told: Profile) -> dict[str, Any]:
    return {
        **entry_json("speaker", told.entry),
        "roles": [asdict(role) for role in told.roles],
        "alike": [entry_json("speaker", entry) for entry in told.alike],
        "facets": facets_json(told.results),
        "histogram": histogram_json(told.results),
        "latest": [quote_json(hit.article, hit.quote) for hit in told.results.hits if hit.quote],
        "quotes_url": told.state.url(".json"),
        "articles_url": told.state.among("article").url(".json"),
        "mentions": told.mentions,
        "mentions_url": told.about.url(".json"),
    }
