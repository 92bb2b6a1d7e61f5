"""Where the news comes from: places and agencies, each as a list from A to Z and with a page of its own."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request

from search.web.directory import LISTS, Facet, directory, list_path
from search.web.listing import Listed, listed, listing
from search.web.missing import missing
from search.web.subjects import entry_json, listed_json, subject, subject_json
from search.web.views import engine

_MISSING = {
    "place": "No article is dated from a place of this name.",
    "agency": "No article comes from an agency of this name.",
}


def _pages(facet: Facet) -> Blueprint:
    """The list, a page for each name, and the same as JSON."""
    blueprint = Blueprint(LISTS[facet], __name__)
    for suffix, index, one in (("", _index, _one), (".json", _index_json, _one_json)):
        ending = suffix.replace(".", "_")
        for path, name, view in ((list_path(facet), "index", index), (f"{list_path(facet)}/<slug>", facet, one)):
            blueprint.add_url_rule(path + suffix, name + ending, view, defaults={"facet": facet})
    return blueprint


def _index(facet: Facet) -> str:
    letters = directory(engine(), facet).letters
    return render_template("names.html", facet=facet, listed=_listed(facet), letters=letters)


def _index_json(facet: Facet) -> Response:
    return jsonify(listed_json(facet, _listed(facet)))


def _one(facet: Facet, slug: str) -> str | Response:
    """An unknown name leads to those that are nearly it."""
    found = directory(engine(), facet)
    entry = found.by_slug.get(slug)
    if entry is None:
        return missing(_MISSING[facet], facet, found.nearest(slug))
    about = subject(engine(), facet, entry.name, entry.name)
    return render_template("place.html", facet=facet, subject=about, entry=entry, alike=found.alike(entry))


def _one_json(facet: Facet, slug: str) -> Response:
    found = directory(engine(), facet)
    entry = found.by_slug.get(slug) or abort(404)
    about = subject_json(subject(engine(), facet, entry.name, entry.name))
    return jsonify({**entry_json(facet, entry), "alike": [entry_json(facet, e) for e in found.alike(entry)], **about})


def _listed(facet: Facet) -> Listed:
    return listed(directory(engine(), facet), listing(list_path(facet), request.args.items(multi=True)))


places, agencies = _pages("place"), _pages("agency")
