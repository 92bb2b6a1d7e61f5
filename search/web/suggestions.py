"""Suggestions while typing: names and headlines that begin as what is typed does, each with where it leads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, get_args

from flask import Blueprint, Response, jsonify, request

from search.articles.identity import permalink
from search.index.completing import LONGEST, typed
from search.query.results import Completion, CompletionKind
from search.query.state import SearchState
from search.web.directory import folded
from search.web.keeping import recent
from search.web.links import value_url
from search.web.provenance import base_address
from search.web.views import engine
from search.web.wording import FACET_NAMES, counted

suggesting = Blueprint("suggestions", __name__)

#: How many of each kind; all together must fit under the box of a phone.
MOST: dict[CompletionKind, int] = {"speaker": 4, "topic": 2, "sector": 1, "place": 2, "agency": 1, "headline": 3}
MOST_OF_ONE_KIND = 8

_KEPT = 2_000  # beginnings: most people begin alike
_FIELD = re.compile(rf"\s*({'|'.join(get_args(CompletionKind))}):")


@suggesting.get("/suggest.json")
def as_json() -> Response:
    """What may be meant, for the search box."""
    q = request.args.get("q", "")
    return _kept_for_a_while(jsonify(q=q, suggestions=[_suggestion(one) for one in suggested(q)]))


@suggesting.get("/suggest.opensearch.json")
def as_opensearch() -> Response:
    """The same as browsers want it under the address bar (OpenSearch Suggestions 1.0)."""
    q = request.args.get("q", "")
    found = list(suggested(q))
    addresses = [base_address() + _url(one) for one in found]
    response = jsonify([q, [one.label for one in found], [_told(one) for one in found], addresses])
    response.mimetype = "application/x-suggestions+json"
    return _kept_for_a_while(response)


def suggested(q: str) -> Iterator[Completion]:
    """A few of each kind, or more of the one that `speaker:` or another field asks for; the most fitting first."""
    asked = _FIELD.match(q)
    most = dict.fromkeys(MOST, 0) | {asked[1]: MOST_OF_ONE_KIND} if asked else MOST
    taken: defaultdict[str, int] = defaultdict(int)
    words = " ".join((q[asked.end() :] if asked else q).split())[: LONGEST + 1]
    for one in recent(engine(), "completions", words, _KEPT, lambda: _fitting(words)):
        taken[one.kind] += 1
        if taken[one.kind] <= most[one.kind]:
            yield one


def _fitting(words: str) -> list[Completion]:
    """Names that are what was typed, then those that begin with it, then others, the most frequent first; headlines."""
    wanted = typed(words)

    def unfitness(one: Completion) -> tuple[bool, bool, bool, int]:
        own = folded(one.label)
        return one.kind == "headline", own != wanted, not " ".join(own).startswith(" ".join(wanted)), -one.count

    return sorted(engine().completions(words, MOST_OF_ONE_KIND), key=unfitness)


def _suggestion(one: Completion) -> dict[str, Any]:
    state = SearchState().with_value(one.kind, one.value) if one.kind in FACET_NAMES else None
    return {
        "kind": one.kind,
        "value": one.value,
        "label": one.label,
        "count": one.count,
        "told": _told(one),
        "url": _url(one),
        "search_url": state and state.url(),
    }


def _told(one: Completion) -> str:
    """What it is, in words."""
    kind = FACET_NAMES[one.kind][0] if one.kind in FACET_NAMES else "Headline"
    return kind if one.kind == "headline" else f"{kind}, {counted(one.count, 'article')}"


def _url(one: Completion) -> str:
    """The page of a name, or the article."""
    return permalink(one.value, one.label) if one.kind == "headline" else value_url(one.kind, one.value) or ""


def _kept_for_a_while(response: Response) -> Response:
    """Whoever deletes a letter gets the last answer again."""
    response.headers["Cache-Control"] = "max-age=60"
    return response
