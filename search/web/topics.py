"""What the articles are about: the tree of topics and sectors, and a page for each."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from search.articles.model import Topic
from search.articles.topics import SECTORS, TopicTable
from search.web.branches import Branch, Tree, parents, tree
from search.web.keeping import kept
from search.web.subjects import subject, subject_json
from search.web.views import engine

topics = Blueprint("topics", __name__)

_MOST_SHOWN = 300  # branches on the page of the trees


@topics.get("/topics")
def index() -> str:
    """The trees of topics and sectors."""
    found = _tree()
    return render_template("topics.html", tree=found, depth=_depth(found))


@topics.get("/topics.json")
def index_json() -> Response:
    """The same as JSON."""
    found = _tree()
    return jsonify(topics=[_branch_json(one) for one in found.topics], sectors=[_branch_json(s) for s in found.sectors])


@topics.get("/topics/<code>")
def topic(code: str) -> str | BaseResponse:
    """One topic or sector. What only holds the sectors leads to their tree."""
    if code == SECTORS:
        return redirect(url_for("topics.index", _anchor="sectors"))
    branch = _branch(code)
    about = subject(engine(), branch.kind, code, branch.label)
    return render_template("topic.html", subject=about, branch=branch, parents=parents(code, branch.kind, _table()))


@topics.get("/topics/<code>.json")
def topic_json(code: str) -> Response:
    """The same as JSON."""
    branch = _branch(code)
    about = subject_json(subject(engine(), branch.kind, code, branch.label))
    above = [_named(one) for one in parents(code, branch.kind, _table())]
    below = [_branch_json(one) for one in branch.branches]
    return jsonify({**_named(branch), "kind": branch.kind, "parents": above, "children": below, **about})


def codes() -> list[str]:
    """All topics and sectors that articles have."""
    found = _tree()
    return list(dict.fromkeys(one.code for top in (*found.topics, *found.sectors) for one in top.walk()))


def _branch(code: str) -> Branch:
    """A topic that no article has is one all the same."""
    found = _tree().find(code)
    if found:
        return found
    known = _table().topics.get(code) or abort(404)
    return Branch(code, known.label, "sector" if SECTORS in known.path else "topic", 0)


def _depth(found: Tree) -> int:
    """How many levels a page can show and stay under 60 KB; what lies deeper is on the pages of those above it."""
    levels = [*found.topics, *found.sectors]
    shown = depth = 0
    while levels and shown + len(levels) <= _MOST_SHOWN:
        shown, depth = shown + len(levels), depth + 1
        levels = [below for branch in levels for below in branch.branches]
    return max(depth, 1)


def _tree() -> Tree:
    return kept(engine(), "tree of topics", lambda: tree(engine(), _table()))


def _table() -> TopicTable:
    return cast(TopicTable, current_app.extensions["topics"])


def _named(topic: Topic | Branch) -> dict[str, Any]:
    return {"code": topic.code, "label": topic.label, "url": url_for("topics.topic", code=topic.code)}


def _branch_json(branch: Branch) -> dict[str, Any]:
    return {**_named(branch), "articles": branch.count, "children": [_branch_json(one) for one in branch.branches]}
