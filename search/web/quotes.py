"""What was said: quotes as results, and the lasting address of each."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from search.query.results import Hit, Snippet, Span
from search.web.missing import missing
from search.web.provenance import quote_path
from search.web.views import engine, results_page

quotes = Blueprint("quotes", __name__)

_LONGEST = 600  # characters of a quote on a page of results
_BEFORE = 120  # of them before the first match


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


def shown(hit: Hit) -> Snippet:
    """The quoted words with their marks; of very long ones the part around the first match."""
    text = hit.quote.text if hit.quote else ""
    if len(text) <= _LONGEST:
        return Snippet(text, hit.marks)
    start = max(0, hit.marks[0].start - _BEFORE) if hit.marks else 0
    start = text.rfind(" ", 0, start) + 1
    end = start + _LONGEST
    end = text.rfind(" ", start, end) if end < len(text) and " " in text[start:end] else end
    inside = (replace(mark, start=mark.start - start, end=mark.end - start) for mark in hit.marks)
    marks = tuple(Span(max(m.start, 0), m.end) for m in inside if m.end > 0 and m.start < end - start)
    return Snippet(f"{text[start:end]}{' …' if end < len(text) else ''}", marks, start=start)
