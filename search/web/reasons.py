"""Why each hit matched, for pages and JSON alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from flask import Flask, current_app

from search.index.explaining import Found, Reason, reasons
from search.query.nodes import Node
from search.query.results import Hit

#: A page with more hits leaves the reasons to its JSON, to stay under 60 KB; so with more parts of a query.
MOST_EXPLAINED = 25
MOST_PARTS = 6

_WORDS = 4  # of a field on a page
_LONGEST = 40  # characters of a part or a word on a page
_FIELD_NAMES = {"body": "text", "said": "what is said"}


def init_app(app: Flask) -> None:
    """Give templates the words for reasons."""
    app.jinja_env.filters["worded"] = worded


def why(hit: Hit, node: Node) -> tuple[Reason, ...]:
    """The parts of a query with where the hit has them."""
    return reasons(node, hit.article, hit.quote, current_app.extensions["topics"].label)


def reasons_of(hits: Sequence[Hit], node: Node) -> list[tuple[Reason, ...]]:
    """The reasons of each hit of a page, none where they are too many."""
    return [why(hit, node) if len(hits) <= MOST_EXPLAINED else () for hit in hits]


def as_json(told: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """The shape of `matched` in JSON."""
    return [asdict(reason) for reason in told]


def worded(told: tuple[Reason, ...]) -> Iterator[tuple[str, str]]:
    """Each part of the query and where it is, in words; those that the hit does without come last."""
    in_order = sorted(told, key=lambda reason: not reason.found)
    for reason in in_order[:MOST_PARTS]:
        yield _short(reason.asked), _places(reason)
    if len(told) > MOST_PARTS:
        yield f"{len(told) - MOST_PARTS} more", "are told in the JSON"


def _places(reason: Reason) -> str:
    if not reason.found:
        return "is not in it"
    return "in " + "; ".join(_place(reason.asked, found) for found in reason.found)


def _place(asked: str, found: Found) -> str:
    """The field's name, with the words that it has in other forms than they were asked for."""
    name = _FIELD_NAMES.get(found.field, found.field)
    if [word.casefold() for word in found.words] == [asked.strip('"').casefold()]:
        return name
    more = f" and {len(found.words) - _WORDS} more" if len(found.words) > _WORDS else ""
    return f"{name} {', '.join(f'“{_short(word)}”' for word in found.words[:_WORDS])}{more}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
