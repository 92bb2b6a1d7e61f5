"""The server's worker: gunicorn's threads, whose own errors carry the site's headers too, and one that keeps warm.

A request that is no HTTP, or has a line or header beyond the server's limits, never reaches the application; gunicorn
answers it alone, with a page of its own.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from search.web.security import SECURITY_HEADERS
from search.web.warming import keep_warm

_HEADERS = "".join(f"{name}: {value}\r\n" for name, value in SECURITY_HEADERS.items()).encode("ascii")


class _Headed:
    """A connection that puts the site's headers below the status line of the one answer written to it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, answer: bytes) -> None:
        status, end, rest = answer.partition(b"\r\n")
        self._connection.sendall(status + end + _HEADERS + rest)


class Worker(ThreadWorker):  # type: ignore[misc]
    """`gunicorn --worker-class search.web.worker.Worker`."""

    def load_wsgi(self) -> None:
        super().load_wsgi()
        Thread(target=keep_warm, args=(self.wsgi, Event()), daemon=True).start()

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        super().handle_error(req, _Headed(client), addr, exc)
