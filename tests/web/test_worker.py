"""What the server answers alone, before the application sees a request, carries the site's headers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from app import ROOT
from search.web.security import SECURITY_HEADERS


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real server, started as `make serve` does."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    command = [*(sys.executable, "-m", "gunicorn", "app:create_app()", "--bind", f"127.0.0.1:{number}")]
    command += [*("--threads", "2", "--worker-class", "search.web.worker.Worker", "--limit-request-line", "0")]
    place = f"whoosh:{tmp_path_factory.mktemp('none') / 'index'}"
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "BACKFILE_ENGINE": place}) as server:
        try:
            _wait_for(number)
            yield number
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def ask(port: int, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    return answer.decode()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GARBAGE\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", 431),
        (b"GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404),
    ],
)
def test_every_answer_carries_the_headers(port: int, request_: bytes, status: int) -> None:
    head = ask(port, request_).partition("\r\n\r\n")[0]
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert all(f"{name}: {value}" in head for name, value in SECURITY_HEADERS.items())


def test_a_query_as_long_as_allowed_gets_through_in_any_script(port: int) -> None:
    query = "%D0%B3" * 2_000
    answer = ask(port, f"GET /search?q={query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith("HTTP/1.1 503 ")  # there is no index: the application answered
