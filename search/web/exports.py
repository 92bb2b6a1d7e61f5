"""Whole result sets, and single articles and quotes, as files to take along.

A result set is matched before anything is sent, so that errors still get their page; then it is streamed from one
index generation, article by article, whatever its size. Something that breaks off midway breaks the connection (no
last chunk), and what an export begins with says how many there must be.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from threading import BoundedSemaphore
from typing import Any

from flask import Blueprint, Response, abort, request

from search.articles.model import Article, Quote
from search.fields import DocumentKind
from search.query.results import Hit
from search.query.state import from_args
from search.web import errors
from search.web.api import asked_for, quote_json
from search.web.provenance import Provenance, provenance, provenance_of_one
from search.web.quotes import article_and_quote
from search.web.references import bibtex_entries, ris_records
from search.web.tables import table
from search.web.views import engine

exports = Blueprint("exports", __name__)

AT_ONCE = 2  # of a worker's threads: slow readers of exports must not keep everybody from searching

_CHUNK = 64 << 10  # characters
_RETRY = 15  # seconds
_places = BoundedSemaphore(AT_ONCE)


def json_lines(asked: Provenance, hits: Iterable[Hit]) -> Iterator[str]:
    """What was asked as an object on the first line, then an object a hit: the whole article, or the quote."""
    yield _line(_head(asked))
    for hit in hits:
        yield _line(quote_json(hit.article, hit.quote) if hit.quote else hit.article.as_json())


@dataclass(frozen=True, slots=True)
class Format:
    """A media type, and what writes it."""

    media_type: str
    write: Callable[[Provenance, Iterable[Hit]], Iterator[str]]


FORMATS = {
    "jsonl": Format("application/jsonl; charset=utf-8", json_lines),
    "csv": Format("text/csv; charset=utf-8; header=present", table),
    "ris": Format("application/x-research-info-systems; charset=utf-8", ris_records),
    "bib": Format("application/x-bibtex; charset=utf-8", bibtex_entries),
}
_ANY = "any(" + ",".join(FORMATS) + ")"


@exports.get(f"/search.<{_ANY}:suffix>")
def articles(suffix: str) -> Response:
    """All articles of a search."""
    return _export("article", suffix)


@exports.get(f"/quotes.<{_ANY}:suffix>")
def quotes(suffix: str) -> Response:
    """All quotes of a search."""
    return _export("quote", suffix)


@exports.get(f"/articles/<id>.<{_ANY}:suffix>")
def article(id: str, suffix: str) -> Response:
    """One article as a file."""
    return _one(engine().article(id) or abort(404), None, suffix)


@exports.get(f"/quotes/<id>.<{_ANY}:suffix>")
def quote(id: str, suffix: str) -> Response:
    """One quote as a file."""
    return _one(*article_and_quote(id), suffix)


def streamed(lines: Iterator[str], media_type: str) -> Response:
    """A response that sends the lines as they are made; 503 where too many are being sent already."""
    if not _places.acquire(blocking=False):
        busy = errors.answer(503, "Too many exports are under way. Try again in a moment.")
        busy.headers["Retry-After"] = str(_RETRY)
        return busy
    body = _chunks(lines)
    weakref.finalize(body, _places.release)  # however the response ends, even if none of it is ever asked for
    return Response(body, content_type=media_type)


def _export(documents: DocumentKind, suffix: str) -> Response:
    state = from_args(request.args.items(multi=True), documents)
    question, remarks = state.with_page(1).question()
    whole = engine().every(question)
    asked = provenance(state, question.sort, whole, remarks)
    response = streamed(FORMATS[suffix].write(asked, whole.hits), FORMATS[suffix].media_type)
    return _named(response, asked, suffix) if response.status_code == 200 else response


def _one(article: Article, quote: Quote | None, suffix: str) -> Response:
    asked = provenance_of_one(article, quote, engine().status().generation)
    text = "".join(FORMATS[suffix].write(asked, [Hit(article, 0.0, quote=quote)]))
    content = text.encode("utf-8", "replace")
    return _named(Response(content, content_type=FORMATS[suffix].media_type), asked, suffix)


def _named(response: Response, asked: Provenance, suffix: str) -> Response:
    response.headers["Backfile-Total"] = str(asked.total)
    response.headers["Backfile-Generation"] = asked.generation
    response.headers["Content-Disposition"] = f'attachment; filename="{asked.name}.{suffix}"'
    return response


def _head(asked: Provenance) -> dict[str, Any]:
    return {
        **({} if asked.path else {"query": asked_for(asked.state, asked.sort)}),
        "url": asked.url,
        "site": asked.base,
        "diagnostics": [asdict(remark) for remark in asked.remarks],
        "total": asked.total,
        "generation": asked.generation,
        "exported": asked.exported,
    }


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def _chunks(lines: Iterator[str]) -> Iterator[bytes]:
    """The lines in UTF-8, in pieces worth sending. What can't be encoded (half a surrogate pair) becomes "?"."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting).encode("utf-8", "replace")
