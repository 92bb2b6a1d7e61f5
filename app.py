"""The application: configuration, engine, blueprints, commands and security headers. Nothing else.

`flask` finds `create_app` here, and so does the server: `gunicorn "app:create_app()"`. Settings come from the
environment (`BACKFILE_ENGINE`, …); a bad one refuses to start with a sentence that says how to mend it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask, Response, request

import search.cli
import search.web
from search.articles.aliases import AliasTable
from search.articles.reading import Reader
from search.articles.topics import TopicTable
from search.index.engine import Engine
from search.index.whoosh import WhooshEngine
from search.web.security import SECURITY_HEADERS

ROOT = Path(__file__).resolve().parent


class BadSetting(click.ClickException):
    """A setting that can't be used; the sentence names it, its value and the mend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set, with the defaults. Relative paths start at the project's folder, not where one stands."""

    engine: str = "whoosh:index"
    title: str = "Backfile"
    timeout: float = 1.0
    memory: int = 1024
    topics: Path | None = None
    aliases: Path | None = None
    base_url: str | None = None

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Settings:
        """The settings among `values` (names as in the environment). Raises BadSetting."""
        given = {name: values[f"BACKFILE_{name}"].strip() for name in _READERS if values.get(f"BACKFILE_{name}")}
        return cls(**{name.lower(): _READERS[name](value) for name, value in given.items() if value})


def _engine(value: str) -> str:
    kind, _, place = value.partition(":")
    if kind != "whoosh" or not place:
        raise BadSetting(f"BACKFILE_ENGINE is {value!r}: write whoosh: and a folder, for example whoosh:index.")
    return value


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 600:
        raise BadSetting(f"BACKFILE_TIMEOUT is {value!r}: write a number of seconds above 0, at most 600, as in 1.5.")
    return seconds


def _megabytes(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 128 <= int(value[:9]) <= 1_000_000 or len(value) > 9:
        raise BadSetting(f"BACKFILE_MEMORY is {value!r}: write a whole number of megabytes from 128 on, as in 1024.")
    return int(value)


def _topics(value: str) -> Path:
    return _copy("TOPICS", value, "topics.toml")


def _aliases(value: str) -> Path:
    return _copy("ALIASES", value, "aliases.toml")


def _copy(name: str, value: str, shipped: str) -> Path:
    path = ROOT / value
    if not path.is_file():
        problem = "that is no file" if path.exists() else "there is no such file"
        raise BadSetting(f"BACKFILE_{name} is {value!r}: {problem}. Name a copy of {shipped}.")
    return path


def _base_url(value: str) -> str:
    if not _is_site(value):
        raise BadSetting(
            f"BACKFILE_BASE_URL is {value!r}: write the site's own address, as in https://archive.example."
        )
    return value.rstrip("/")


def _is_site(url: str) -> bool:
    try:
        address = urlsplit(url)
        named = bool(address.hostname) and address.port != 0  # asking for the port checks it
    except ValueError:
        return False
    return address.scheme in ("http", "https") and named and not (address.query or address.fragment)


_READERS: dict[str, Callable[[str], Any]] = {
    "ENGINE": _engine,
    "TITLE": str,
    "TIMEOUT": _seconds,
    "MEMORY": _megabytes,
    "TOPICS": _topics,
    "ALIASES": _aliases,
    "BASE_URL": _base_url,
}


def create_app(settings: Mapping[str, str] | None = None, engine: Engine | None = None) -> Flask:
    """The site. `settings` stand over the environment's; `engine` stands over the one that the settings name."""
    chosen = Settings.read({**os.environ, **(settings or {})})
    app = Flask(__name__)
    app.config.update(BACKFILE=chosen, TITLE=chosen.title, BASE_URL=chosen.base_url)
    app.extensions["topics"] = _load_topics(chosen.topics)
    aliases = _load_aliases(chosen.aliases)
    app.extensions["reader"] = Reader(app.extensions["topics"], aliases)
    app.extensions["engine"] = engine or _open_engine(chosen, app.extensions["topics"], aliases)
    search.web.init_app(app)
    search.cli.init_app(app)
    app.after_request(_secure)
    return app


@cache
def _load_topics(path: Path | None) -> TopicTable:
    """Read once in a process: the table is large, and a changed one asks for a new index anyway."""
    try:
        return TopicTable.load(path)
    except ValueError as reason:
        raise _unreadable("TOPICS", path, reason) from reason


@cache
def _load_aliases(path: Path | None) -> AliasTable:
    try:
        return AliasTable.load(path)
    except ValueError as reason:
        raise _unreadable("ALIASES", path, reason) from reason


def _unreadable(name: str, path: Path | None, reason: ValueError) -> BadSetting:
    """What is wrong with a file that a setting names; the reason names it, too."""
    problem = str(reason).removeprefix(f"{path}: ")
    return BadSetting(f"BACKFILE_{name} is {str(path)!r}: {problem}. Mend the file, or begin with a copy of ours.")


def _open_engine(settings: Settings, topics: TopicTable, aliases: AliasTable) -> Engine:
    path = ROOT / Path(settings.engine.partition(":")[2]).expanduser()
    return WhooshEngine(
        path,
        timeout=settings.timeout,
        memory=settings.memory << 20,
        label=topics.label,
        settled=aliases.settles,
    )


def _secure(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
