"""Conditional requests: what has not changed since a client last asked is answered 304 before anything is searched.

Every answer depends on its address, on the index generation, and on the program and its settings: its ETag is a digest
of these, weak because a page also tells how long it took. RFC 9110, sections 8.8 and 13. A generation's name alone
would not do: an index made anew from nothing begins with the same names, so the moment it was made counts too.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import ETags

from search.index.engine import EngineError
from search.web.views import engine

_PROGRAM = ("*.py", "search/**/*.py", "search/**/*.toml", "templates/*", "static/*")


def init_app(app: Flask) -> None:
    """Take the digest of the program, answer what has not changed, and mark what is answered."""
    app.extensions["edition"] = _edition(app)
    app.before_request(_unchanged)
    app.after_request(_mark)


def _edition(app: Flask) -> tuple[str, float]:
    """A digest of the program's files and settings, and when the newest of them was changed."""
    root = Path(app.root_path)
    files = sorted({path for pattern in _PROGRAM for path in root.glob(pattern) if path.is_file()})
    digest = hashlib.sha256(repr(app.config.get("BACKFILE")).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest(), max((path.stat().st_mtime for path in files), default=0.0)


def _unchanged() -> Response | None:
    """304 where the client holds what it would get. What an index can't tell is left to the view."""
    g.validators = None
    if request.method not in ("GET", "HEAD") or not request.blueprint:
        return None
    try:
        status = engine().status()
    except EngineError:
        return None
    if status.made is None:
        return None
    edition, changed = current_app.extensions["edition"]
    parts = (edition, status.generation, status.made.isoformat(), request.url)
    etag = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    modified = max(status.made, datetime.fromtimestamp(changed, UTC)).replace(microsecond=0)
    g.validators = etag, modified
    return _marked(Response(status=304)) if _held(etag, modified) else None


def _held(etag: str, modified: datetime) -> bool:
    """Whether the client named this version: by its tag, or by its very date where it knows no tag.

    A later date proves nothing: an older index may have been put back.
    """
    asked: ETags = request.if_none_match
    if "If-None-Match" in request.headers:
        return etag in asked.as_set(include_weak=True)
    return request.if_modified_since == modified


def _mark(response: Response) -> Response:
    """Tell the version with every answer that may be kept."""
    fresh = response.status_code == 200 and not response.cache_control.no_store
    return _marked(response) if fresh and g.get("validators") else response


def _marked(response: Response) -> Response:
    etag, modified = g.validators
    response.set_etag(etag, weak=True)
    response.last_modified = modified
    return response
