"""Errors, said plainly: a page for people, an object for programs, never a traceback or a path of the machine."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from search.index.engine import EngineError, IndexLocked, NoIndex, QueryTimeout
from search.query.state import BadParameter, SearchState
from search.query.syntax import TooLarge

_SENTENCES = {
    400: "The request can't be understood.",
    404: "There is nothing at this address.",
    405: "This address can only be read.",
    414: "The address is too long.",
    500: "Something went wrong on our side. The error has been logged.",
}
_log = logging.getLogger("search.web")


def init_app(app: Flask) -> None:
    """Answer every error in the form that was asked for."""
    app.before_request(_misaddressed)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(BadParameter, _of_request)
    app.register_error_handler(TooLarge, _of_request)
    app.register_error_handler(EngineError, _of_engine)


def _misaddressed() -> Response | None:
    """Refuses a request whose Host is the name of none (RFC 9110, 7.2): the site's full addresses are made of it."""
    return None if request.host else answer(400, "The request does not say which host it is for.")


def answer(status: int, sentence: str) -> Response:
    """An error as JSON where JSON was asked for, else as a page."""
    if request.path.endswith((".json", ".jsonl")) or request.path.startswith("/api/") or request.path == "/healthz":
        body = jsonify(error={"status": status, "message": sentence})
    else:
        name = HTTPStatus(status).phrase
        asked = SearchState(q=request.args.get("q", ""))
        body = make_response(render_template("error.html", status=status, name=name, sentence=sentence, state=asked))
    body.status_code = status
    body.headers["Cache-Control"] = "no-store"
    return body


def _of_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    status = error.code or 500
    response = answer(status, _SENTENCES.get(status, f"{HTTPStatus(status).phrase}."))
    response.headers.extend((k, v) for k, v in error.get_headers() if k not in ("Content-Type", "Content-Length"))
    return response


def _of_request(error: BadParameter | TooLarge) -> Response:
    return answer(400, str(error))


def _of_engine(error: EngineError) -> Response:
    if isinstance(error, QueryTimeout):
        return answer(503, "This search took too long and was given up. Try fewer or longer words, or a filter.")
    if isinstance(error, NoIndex):
        return answer(503, "The archive has no index yet. Its keeper makes one with: flask index build SOURCE")
    if not isinstance(error, IndexLocked):
        _log.error("the index can't be served: %s", error)
    return answer(503, "The archive's index can't be read just now. Its keeper can look into it: flask index verify")
