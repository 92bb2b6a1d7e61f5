"""What was said: quotes as results, and the lasting address of each."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

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
    article = engine().article(id.rpartition("-")[0]) or abort(404)
    found = next((quote for quote in article.quotes if quote.id == id), None)
    if found is None:
        return missing("The article does not have this quote any more: its text was corrected.", article=article)
    return redirect(quote_path(article, found))
