"""The API described: OpenAPI 3.1 for programs, a page for people, both made from the routes and `operations`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from werkzeug.routing import Rule

from search.query.state import LONGEST_FILTERS, MOST_FILTERS
from search.web.operations import MEDIA_TYPES, OPERATIONS, PATH, Operation, Parameter
from search.web.provenance import base_address
from search.web.schemas import schemas
from search.web.shapes import TEXT, Schema, ref

openapi = Blueprint("openapi", __name__)

VERSION = "1.0"

_ANY = re.compile(r"<any\(([^)]*)\):\w+>")
_ARGUMENT = re.compile(r"<(\w+)>")
_SUFFIX = re.compile(r"\.([\w.]+)$")
_ERRORS = {
    "400": "A parameter has a value that can't be used; the sentence names it",
    "404": "There is nothing at this address",
    "503": "The search took too long, the index can't be read, or too many exports are under way",
}


@openapi.get("/api/openapi.json")
def document() -> Response:
    """The description for programs."""
    return jsonify(described())


@openapi.get("/api")
def page() -> str:
    """The description for people."""
    return render_template("api.html", api=described(), parameters=_all_parameters())


def described() -> dict[str, Any]:
    """The whole description. Raises KeyError for an argument of a route that has no description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{current_app.config['TITLE']}: articles and quotes",
            "version": VERSION,
            "description": "Everything that the pages show, as JSON and other formats. It can only be read. "
            f"Unknown parameters are ignored. A search has at most {MOST_FILTERS} filters, {LONGEST_FILTERS:,} "
            "characters together. Each answer has an ETag of the state of the archive; 304 means the same.",
        },
        "servers": [{"url": base_address()}],
        "paths": {path: {"get": _operation(path, one)} for path, one in sorted(_paths())},
        "components": {"schemas": schemas()},
    }


def templates(rule: Rule) -> list[str]:
    """The paths of a route as OpenAPI writes them: one for each suffix that it can have."""
    choices = _ANY.search(rule.rule)
    suffixes = [choice.strip() for choice in choices[1].split(",")] if choices else [""]
    return [_ARGUMENT.sub(r"{\1}", _ANY.sub(suffix, rule.rule)) for suffix in suffixes]


def media_type(path: str) -> str:
    """What an address answers with, by its suffix."""
    suffix = _SUFFIX.search(path.replace("openapi.json", ".json"))
    return MEDIA_TYPES[suffix[1] if suffix else ""]


def _paths() -> Iterator[tuple[str, Operation]]:
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint in OPERATIONS:
            yield from ((path, OPERATIONS[rule.endpoint]) for path in templates(rule))


def _operation(path: str, one: Operation) -> dict[str, Any]:
    return {
        "operationId": "_".join(re.findall(r"\w+", path)),
        "summary": one.summary,
        "tags": [path.strip("/").split("/")[0].split(".")[0]],
        "parameters": [*(PATH[name] for name in re.findall(r"\{(\w+)\}", path)), *one.parameters],
        "responses": _responses(path, one),
    }


def _responses(path: str, one: Operation) -> dict[str, Any]:
    kind = media_type(path)
    answer: dict[str, Any] = {"description": one.summary, "content": {kind: {"schema": _shape(kind, one.schema)}}}
    if one.streamed:
        answer["headers"] = {
            "Backfile-Total": {"description": "How many results there are", "schema": {"type": "integer"}},
            "Backfile-Generation": {"description": "The state of the archive", "schema": TEXT},
        }
    possible = {"200": answer, "304": {"description": "Nothing has changed since the version that was named"}}
    return possible | {status: _error(path, why) for status, why in _ERRORS.items() if _may(status, path, one)}


def _may(status: str, path: str, one: Operation) -> bool:
    return {"400": bool(one.parameters), "404": "{" in path, "503": True}[status]


def _error(path: str, why: str) -> dict[str, Any]:
    """Where JSON was asked for an error is JSON too; elsewhere it is a page."""
    as_json = path.endswith((".json", ".jsonl", "/healthz"))
    content = {"application/json": {"schema": ref("Error")}} if as_json else {"text/html": {"schema": TEXT}}
    return {"description": why, "content": content}


def _shape(media_type: str, schema: Schema) -> Schema:
    return schema if media_type.endswith("json") else TEXT


def _all_parameters() -> list[Parameter]:
    """Each parameter once for the page, under each of its meanings."""
    meant = {one["description"]: one for operation in OPERATIONS.values() for one in operation.parameters}
    return list(meant.values())
