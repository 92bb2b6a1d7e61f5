"""The same answers as JSON, in the shapes that DESIGN.md's HTTP contract fixes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from search.articles.model import Article, Quote, Topic
from search.index.relating import related
from search.query.nodes import Node
from search.query.results import Hit, Results, Sort
from search.query.state import SearchState, from_args
from search.web import reasons
from search.web.answers import Answer, ask, ways_on
from search.web.provenance import quote_path
from search.web.quotes import article_and_quote
from search.web.related import as_json as relation_json
from search.web.views import engine

api = Blueprint("api", __name__)


@api.get("/search.json")
def search() -> Response:
    """One page of results."""
    return jsonify(as_json(ask(engine(), from_args(request.args.items(multi=True)))))


@api.get("/quotes.json")
def quotes() -> Response:
    """One page of results, which are quotes."""
    return jsonify(as_json(ask(engine(), from_args(request.args.items(multi=True), "quote"))))


@api.get("/articles/<id>.json")
def article(id: str) -> Response:
    """The whole article as it was read."""
    found = engine().article(id) or abort(404)
    return jsonify(found.as_json())


@api.get("/articles/<id>/related.json")
def related_articles(id: str) -> Response:
    """The articles that belong with one, nearest first; other versions of it before all."""
    found = engine().article(id) or abort(404)
    return jsonify(id=id, url=found.url, related=[relation_json(one) for one in related(engine(), found)])


@api.get("/quotes/<id>.json")
def quote(id: str) -> Response:
    """One quote with the article it stands in."""
    return jsonify(quote_json(*article_and_quote(id)))


@api.get("/healthz")
def health() -> Response:
    """What is being served; 503 where nothing is."""
    status = engine().status()
    response = jsonify(
        status="ok",
        engine=status.engine,
        generation=status.generation,
        articles=status.articles,
        quotes=status.quotes,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer in the shape of `/search.json` or `/quotes.json`."""
    state, results = answer.state, answer.results
    return {
        "query": asked_for(state, answer.question.sort),
        "diagnostics": [asdict(remark) for remark in answer.diagnostics],
        "total": results.total,
        "page": state.page,
        "size": state.size,
        "took_ms": answer.took_ms,
        "hits": [_hit(hit, answer.question.node) for hit in results.hits],
        "facets": facets_json(results),
        "facet_sizes": dict(results.facet_sizes),
        "histogram": histogram_json(results),
        "suggestion": {"q": results.suggestion} if results.suggestion else None,
        "ways": [] if results.total else [asdict(way) for way in ways_on(engine(), state)],
    }


def asked_for(state: SearchState, sort: Sort) -> dict[str, Any]:
    """What was asked, but for the page."""
    return {"q": state.q, "match": state.match, "filters": _filters(state), "sort": sort}


def quote_json(article: Article, quote: Quote) -> dict[str, Any]:
    """A quote with the article it stands in."""
    return {
        "id": quote.id,
        "url": quote_path(article, quote),
        "text": quote.text,
        "speaker": quote.speaker,
        "role": quote.role,
        "cue": quote.cue,
        "kind": quote.kind,
        "attribution": quote.attribution,
        "paragraph": quote.paragraph,
        "start": quote.start,
        "end": quote.end,
        "published": article.published,
        "article": {"id": article.id, "url": article.url, "headline": article.headline},
    }


def _filters(state: SearchState) -> dict[str, list[str] | str]:
    """The filters under the names of their parameters."""
    filters: dict[str, list[str] | str] = {facet: list(values) for facet, values in state.filters.items()}
    filters |= {f"not_{facet}": list(values) for facet, values in state.excluded.items()}
    dates = {"from": state.date_from, "to": state.date_to}
    return filters | {name: day for name, day in dates.items() if day}


def _hit(hit: Hit, node: Node) -> dict[str, Any]:
    """An article or a quote that was found, and why."""
    matched = reasons.as_json(reasons.why(hit, node))
    if hit.quote is None:
        return hit_json(hit, matched)
    marks = [[mark.start, mark.end] for mark in hit.marks]
    return {**quote_json(hit.article, hit.quote), "marks": marks, "matched": matched}


def hit_json(hit: Hit, matched: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """An article that was found; `matched` says why, where words were asked for."""
    article, dateline = hit.article, hit.article.dateline
    return {
        "id": article.id,
        "url": article.url,
        "headline": article.headline,
        "lead": article.lead,
        "published": article.published,
        "dateline": dateline and {"place": dateline.place, "date": dateline.date, "agency": dateline.agency},
        "speakers": [speaker.name for speaker in article.speakers],
        "topics": _labels(article.topics),
        "sectors": _labels(article.sectors),
        "snippets": [
            {"text": s.text, "marks": [[m.start, m.end] for m in s.marks], "paragraph": s.paragraph}
            for s in hit.snippets
        ],
        "matched": list(matched),
        "score": hit.score,
        "source": {"path": article.source.path, "id": article.source.id},
    }


def facets_json(results: Results) -> dict[str, list[dict[str, Any]]]:
    """The values of each facet with their counts."""
    return {
        facet: [{"value": c.value, "label": c.label, "count": c.count, "selected": c.selected} for c in counts]
        for facet, counts in results.facets.items()
    }


def histogram_json(results: Results) -> list[dict[str, Any]]:
    """How many results each month has."""
    return [asdict(entry) for entry in results.histogram]


def _labels(topics: tuple[Topic, ...]) -> list[dict[str, str]]:
    return [{"code": topic.code, "label": topic.label} for topic in topics]
