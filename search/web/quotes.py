"""What was said: quotes as results, and the lasting address of each."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from search.articles.model import Article, Quote
from search.web.missing import missing
from search.web.provenance import quote_path
from search.web.views import engine, results_page

quotes = Blueprint("quotes", __name__)


@quotes.get("/quotes")
def index() -> str:
    """Quotes that match."""
    return results_page("quote")


@quotes.get("/quotes/<id>")
def quote(id: str) -> BaseResponse:
    """To the quote's place in its article, whatever became of the rest of the text since."""
    article, found = looked_up(id)
    if found is None:
        return missing("The article does not have this quote any more: its text was corrected.", article=article)
    return redirect(quote_path(article, found))


def looked_up(id: str) -> tuple[Article, Quote | None]:
    """The article that a quote's id names, and the quote, if it has it still; 404 where there is no such article."""
    article = engine().article(id.rpartition("-")[0]) or abort(404)
    return article, next((quote for quote in article.quotes if quote.id == id), None)


def article_and_quote(id: str) -> tuple[Article, Quote]:
    """Where a quote stands, and the quote; 404 where there is none."""
    article, found = looked_up(id)
    return article, found or abort(404)
