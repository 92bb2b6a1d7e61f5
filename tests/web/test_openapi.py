"""The description of the API is true of the site: every route that answers JSON is in it, and answers as it says."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.routing import Rule

from search.fields import FACETS
from search.query.state import from_args
from search.web.exports import FORMATS
from search.web.openapi import templates
from search.web.operations import MEDIA_TYPES, OPERATIONS
from tests.archive import HARVEST, OIL
from tests.web.page import Page

SLUGS = {"/speakers": "ines-calloway", "/places": "port-velden", "/agencies": "nora"}
DATE = {"year": "2022", "month": "02", "day": "04"}
SEARCHES = (
    "?q=silos",
    "?q=silo+%28",
    "?q=unheardof",
    "?q=whaet",
    "?speaker=Ines+Calloway&not_place=Lorne&from=2022-02&to=2022&sort=oldest&size=3",
)


@pytest.fixture(scope="module")
def api(site: Flask) -> dict[str, Any]:
    found: dict[str, Any] = site.test_client().get("/api/openapi.json").get_json()
    return found


def example(path: str) -> str:
    """An address that the test site has."""
    values = {
        "facet": FACETS[0],
        "code": OIL.code,
        "slug": SLUGS.get(path.rpartition("/")[0], HARVEST.url.rpartition("/")[2]),
        **DATE,
    }
    values["id"] = HARVEST.quotes[0].id if path.startswith("/quotes") else HARVEST.id
    return re.sub(r"\{(\w+)\}", lambda name: values[name[1]], path)


def readable(rule: Rule) -> bool:
    return "GET" in (rule.methods or ()) and rule.endpoint != "static" and not rule.rule.startswith("/sitemap-")


def read(client: FlaskClient, url: str) -> tuple[int, str | None]:
    """Status and media type of an answer, which is read to its end, so that no export is left under way."""
    with client.get(url) as answer:
        return answer.status_code, answer.mimetype


def described(api: dict[str, Any], path: str) -> dict[str, Any]:
    """The schema of an answer, so that it allows nothing that it does not name."""
    ((_, answer),) = api["paths"][path]["get"]["responses"]["200"]["content"].items()
    closed: dict[str, Any] = closed_schema({**answer["schema"], "components": api["components"]})
    return closed


def closed_schema(schema: Any) -> Any:
    if isinstance(schema, list):
        return [closed_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: closed_schema(value) for name, value in schema.items()}
    return {**closed, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else closed


def shape(api: dict[str, Any], name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": api["components"]}
    return Draft202012Validator(closed_schema(schema))


def test_every_route_that_answers_json_is_described(site: Flask, api: dict[str, Any]) -> None:
    client = site.test_client()
    found = {path for rule in site.url_map.iter_rules() if readable(rule) for path in templates(rule)}
    answers = {path: read(client, example(path)) for path in found}
    as_json = {path for path, (_, kind) in answers.items() if kind in ("application/json", "application/feed+json")}
    assert {path: answers[path] for path in as_json if answers[path][0] != 200} == {}
    assert as_json - api["paths"].keys() == set()


def test_everything_described_is_there_and_answers_as_it_says(client: FlaskClient, api: dict[str, Any]) -> None:
    for path, methods in api["paths"].items():
        answer = client.get(example(path))
        answer.close()
        assert answer.status_code == 200, path
        assert list(methods["get"]["responses"]["200"]["content"]) == [answer.mimetype], path
        if answer.is_json:
            Draft202012Validator(described(api, path)).validate(answer.get_json())


def test_no_operation_is_left_over(site: Flask, api: dict[str, Any]) -> None:
    assert OPERATIONS.keys() <= {rule.endpoint for rule in site.url_map.iter_rules()}
    names = [methods["get"]["operationId"] for methods in api["paths"].values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("query", SEARCHES)
@pytest.mark.parametrize("path", ["/search.json", "/quotes.json", "/search.feed.json", "/search/matrix.json"])
def test_every_search_answers_as_described(client: FlaskClient, api: dict[str, Any], path: str, query: str) -> None:
    Draft202012Validator(described(api, path)).validate(client.get(path + query).get_json())


@pytest.mark.parametrize(
    "path", ["/search.json", "/speakers.json", "/places.json", "/agencies.json", "/topics.json", "/browse.json"]
)
def test_all_that_lists_name_answers_as_described(client: FlaskClient, api: dict[str, Any], path: str) -> None:
    listed = json.dumps(client.get(f"{path}?size=100").get_json())
    addresses = set(re.findall(r'"url": "(/[^"?#]+)', listed))
    assert addresses
    for address in sorted(addresses):
        stem = "/".join(address.split("/")[:3]) if address.startswith("/articles/") else address
        template = next(
            known for known in api["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), f"{stem}.json")
        )
        Draft202012Validator(described(api, template)).validate(client.get(f"{stem}.json").get_json())


@pytest.mark.parametrize(("path", "name"), [("/search.jsonl", "Article"), ("/quotes.jsonl", "ArticleQuote")])
def test_json_lines_are_a_head_and_what_was_found(
    client: FlaskClient, api: dict[str, Any], path: str, name: str
) -> None:
    head, *lines = [json.loads(line) for line in client.get(f"{path}?q=silos").text.splitlines()]
    shape(api, "ExportHead").validate(head)
    assert len(lines) == head["total"] > 0
    for line in lines:
        shape(api, name).validate(line)


@pytest.mark.parametrize("url", ["/search.json?sort=up", "/articles/none.json", "/speakers/none.json", "/api/none"])
def test_errors_are_as_described(client: FlaskClient, api: dict[str, Any], url: str) -> None:
    shape(api, "Error").validate(client.get(url).get_json())


def test_every_schema_is_one(api: dict[str, Any]) -> None:
    assert api["openapi"].startswith("3.1")
    for schema in api["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(api)))
    assert named <= api["components"]["schemas"].keys()


def test_the_parameters_are_those_that_a_search_knows(api: dict[str, Any]) -> None:
    parameters = {one["name"]: one["schema"] for one in api["paths"]["/search.json"]["get"]["parameters"]}
    assert set(parameters) >= {*FACETS, *(f"not_{facet}" for facet in FACETS)}
    for name, schema in parameters.items():
        for value in schema.get("enum", [schema.get("maximum", "2022")]):
            state = from_args([(name, str(value))])
            assert (name, str(value)) in state.params() or value == schema.get("default")


def test_every_format_of_an_export_is_described(api: dict[str, Any]) -> None:
    for suffix in FORMATS:
        for path in (f"/search.{suffix}", f"/quotes.{suffix}"):
            assert list(api["paths"][path]["get"]["responses"]["200"]["content"]) == [MEDIA_TYPES[suffix]]


def test_the_description_for_people_names_every_address_and_parameter(client: FlaskClient, api: dict[str, Any]) -> None:
    text = client.get("/api").text
    Page(text)
    for path, methods in api["paths"].items():
        assert f"<code>{path}</code>" in text
        assert all(
            f"<code>{one['name']}</code>" in text for one in methods["get"]["parameters"] if one["in"] == "query"
        )
        assert all(one["description"] in unescape(text) for one in methods["get"]["parameters"] if one["in"] == "query")
    assert len(text.encode()) < 60_000
    assert 'href="/api"' in client.get("/help").text
