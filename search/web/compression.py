"""Answers compressed with gzip on their way out, for clients that accept it (RFC 9110, sections 8.4 and 12.5.3).

Pages and JSON shrink to a fifth. Done here, not by a library: Python has all it takes, and what an answer already is
decides how. Exports stay streams: each piece goes out as soon as it is made, and one that breaks off still breaks the
connection. ETags of answers are weak and name the same answer in either coding; the strong ones of files become weak,
as RFC 9110 asks of codings made on the way. Files are compressed once. Answers hold no secrets next to what a client
sent, so that their length tells none (BREACH).
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

_GZIP = 31  # zlib's name for deflate of the largest window in a gzip frame
_LEVEL = 6  # under a millisecond for a page
_SMALLEST = 860  # bytes; what fits into one packet gains nothing
_FILES = 32  # that are kept compressed
_TYPES = ("text/", "application/json", "application/feed+json", "application/xml", "application/javascript")
_SUFFIXES = ("+json", "+xml", "/jsonl", "/x-bibtex", "/x-research-info-systems")


def init_app(app: Flask) -> None:
    """Compress what is answered; call first, so that it comes last."""
    app.extensions["compressed"] = OrderedDict[str, bytes]()
    app.after_request(lambda response: _compressed(app, response))


def _compressed(app: Flask, response: Response) -> Response:
    if response.status_code == 304 or _compressible(response):
        response.vary.add("Accept-Encoding")
    if not _wanted(response):
        return response
    if response.is_streamed and not response.direct_passthrough:
        response.response = _pieces(response.response)  # type: ignore[arg-type]  # bytes, as the server takes them
    elif not _whole(app.extensions["compressed"], response):
        return response
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _compressible(response: Response) -> bool:
    kind = response.mimetype or ""
    return kind.startswith(_TYPES) or kind.endswith(_SUFFIXES)


def _wanted(response: Response) -> bool:
    """Whole answers alone, and only where the client says that it takes them so; a part of a file stays as it is."""
    if response.status_code < 200 or response.status_code in (204, 206, 304) or "Content-Encoding" in response.headers:
        return False
    return _compressible(response) and "Content-Range" not in response.headers and _accepted()


def _accepted() -> bool:
    """Whether gzip is taken and not liked less than none."""
    accepted = request.accept_encodings
    named = {coding.lower() for coding, _ in accepted}
    plain = accepted.quality("identity") if "identity" in named else 0.0
    return 0 < accepted.quality("gzip") >= plain


def _whole(files: OrderedDict[str, bytes], response: Response) -> bool:
    """Compress an answer that is there as a whole; False for one that is too small."""
    length = response.content_length
    if length is not None and length < _SMALLEST:
        return False
    is_file = response.direct_passthrough
    etag, _ = response.get_etag() if is_file else (None, None)
    key = f"{request.path} {etag}"
    found = files.get(key) if etag else None
    if found is None:
        response.direct_passthrough = False
        plain = response.get_data()
        if len(plain) < _SMALLEST:
            return False
        found = zlib.compress(plain, _LEVEL, _GZIP)
        if etag:
            files[key] = found
            while len(files) > _FILES:
                files.popitem(last=False)
    else:
        response.close()
        response.direct_passthrough = False
    response.set_data(found)
    return True


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Each part compressed and sent at once; closing this closes what makes the parts."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    try:
        for part in parts:
            yield packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH)
        yield packer.flush()
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
