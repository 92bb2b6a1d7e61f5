"""The pages. Each view reads the request, asks, and renders; everything else is in the modules beside it."""

from __future__ import annotations

from functools import cache
from typing import cast
from urllib.parse import unquote

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from search.articles.model import Article
from search.fields import DocumentKind
from search.index.engine import Engine, EngineError
from search.query.results import Question, Results
from search.query.state import BadParameter, SearchState, from_args
from search.web.answers import ask, ways_on
from search.web.articles import reading, trail
from search.web.charts import chart, narrowing
from search.web.citations import citations
from search.web.days import timeline
from search.web.examples import examples, sections
from search.web.facets import chips, panels
from search.web.fragments import Fragments
from search.web.linked_data import linked_data
from search.web.provenance import base_address
from search.web.reasons import MOST_EXPLAINED, reasons_of
from search.web.related import reason, relatives
from search.web.room import MOST_VALUES, Layout, fitting, most_passages
from search.web.wording import web_address

pages = Blueprint("pages", __name__)

_HOME_LIMIT = 10


def engine() -> Engine:
    """The engine that the application was made with."""
    return cast(Engine, current_app.extensions["engine"])


@pages.get("/")
def home() -> str:
    """What the archive holds, and ways into it."""
    status = engine().status()
    results = engine().search(Question(sort="newest", limit=_HOME_LIMIT, facet_limit=_HOME_LIMIT))
    speakers = [count.value.replace('"', "") for count in results.facets.get("speaker", ())]
    return render_template(
        "home.html",
        status=status,
        results=results,
        example=f'speaker:"{speakers[0]}"' if speakers else None,
        chart=chart(results.histogram, narrowing(SearchState())),
        panels=panels(SearchState(), results),
    )


@pages.get("/search")
def search() -> str:
    """Articles that match."""
    return results_page("article")


def results_page(documents: DocumentKind) -> str:
    """Results, with facets, chips and the histogram."""
    state = from_args(request.args.items(multi=True), documents)
    answer = ask(engine(), state, facet_limit=MOST_VALUES, passages=most_passages(state.size))
    results = answer.results
    charted = cache(lambda bars: timeline(engine(), state, results, most=bars) if bars else None)
    shown = {
        "state": state,
        "answer": answer,
        "results": results,
        "fragments": [Fragments(hit.article) for hit in results.hits if len(results.hits) <= MOST_EXPLAINED],
        "told": reasons_of(results.hits, answer.question.node),
        "chips": chips(state, results, current_app.extensions["topics"].label),
        "ways": [] if results.total else ways_on(engine(), state),
    }

    def page(layout: Layout) -> str:
        offered = panels(state, results, layout.values)
        return render_template("search.html", **shown, layout=layout, panels=offered, chart=charted(layout.bars))

    return fitting(state, results, page)


@pages.get("/articles/<id>")
@pages.get("/articles/<id>/<slug>")
def article(id: str, slug: str = "") -> str | BaseResponse:
    """The article; the short form and an outdated slug redirect to its permalink."""
    found = engine().article(id) or abort(404)
    if request.path != unquote(found.url):
        query = request.query_string.decode("ascii", "ignore")
        return redirect(f"{found.url}?{query}" if query else found.url, 301)
    state = from_args(request.args.items(multi=True), "quote" if request.args.get("among") == "quotes" else "article")
    return render_template("article.html", state=state, article=found, **_article(found, state))


@pages.get("/help")
def help_page() -> str:
    """The query language, by examples that are links."""
    try:
        shown = examples(engine())
    except EngineError:  # one may ask how to ask before there is an archive
        shown = sections(Results(total=0))
    return render_template("help.html", sections=shown)


@pages.get("/robots.txt")
def robots() -> Response:
    """Articles may be crawled; the endless combinations of a search may not."""
    rules = [
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /suggest",
        *(f"Disallow: /quotes{more}" for more in ("?", ".", "/matrix", "/facets")),
        "",
    ]
    return Response("\n".join([*rules, f"Sitemap: {base_address()}/sitemap.xml\n"]), mimetype="text/plain")


def _article(article: Article, state: SearchState) -> dict[str, object]:
    """What the article's template shows."""
    question, _ = state.question()
    position = _position(request.args.get("hit"))
    base = base_address()
    site = current_app.config["TITLE"]
    return {
        "reading": reading(article, question.node, article.url if request.query_string else ""),
        "related": [(one.article, reason(one)) for one in relatives(engine(), article)],
        "trail": trail(engine(), state, position, article) if position else None,
        "permalink": base + article.url,
        "address": base + unquote(article.url),  # as browsers show it
        "original": web_address(article.source.url),
        "citations": citations(article, base + article.url, site),
        "linked_data": linked_data(article, base + article.url, site),
        "json_url": url_for("api.article", id=article.id),
        "opening": next((paragraph.n for paragraph in article.paragraphs if not paragraph.heading), None),
    }


def _position(hit: str | None) -> int | None:
    if hit is None:
        return None
    if not (hit.isascii() and hit.isdigit() and 0 < len(hit) < 10 and int(hit)):
        raise BadParameter("hit", hit, "is not the number of a hit.")
    return int(hit)
