"""Static files by a digest of what they hold, so that browsers may keep them for ever.

A script's imports get theirs when it is served: what a script imports is a part of what it holds.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

_IMPORTED = re.compile(rb'(?<= from "\./)[\w-]+\.js(?=")')


def init_app(app: Flask) -> None:
    """Give templates their addresses, and scripts those of what they import."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_with_digests)


def asset(name: str) -> str:
    """The address of a static file."""
    return url_for("static", filename=name, v=_digest(_folder() / name))


def _folder() -> Path:
    return Path(current_app.static_folder or "")


def _with_digests(response: Response) -> Response:
    name = (request.view_args or {}).get("filename", "")
    if request.endpoint == "static" and response.status_code == 200 and name.endswith(".js"):
        response.direct_passthrough = False
        response.set_data(_content(_folder() / name))
    return response


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(_content(path)).hexdigest()[:12]


def _content(path: Path) -> bytes:
    """A file as it is served; scripts that import one another in a circle are none of ours."""
    held = path.read_bytes()
    if path.suffix != ".js":
        return held
    return _IMPORTED.sub(lambda found: found[0] + f"?v={_digest(path.parent / found[0].decode())}".encode(), held)
