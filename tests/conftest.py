"""What tests share: the site over an invented archive, and a real Chromium where one is found."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from search.articles.model import Article, SourceFile
from tests.archive import ARTICLES
from tests.examples import examples

settings.register_profile("usual", max_examples=examples(100), deadline=None)  # a busy machine fails no test
settings.load_profile("usual")

SiteOf = Callable[..., Flask]

#: The first is the same engine without a window, and does with a third less.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """Whoever runs the tests may have settings of their own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("BACKFILE_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_disks() -> Iterator[None]:
    """What tests write need not outlive a power cut; that an index would is a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> SiteOf:
    """Makes a site over articles, with an index of its own and all the time it needs."""

    def make(articles: Iterable[Article], **settings: str) -> Flask:
        engine = f"whoosh:{tmp_path_factory.mktemp('archive') / 'index'}"
        app = create_app({"BACKFILE_ENGINE": engine, "BACKFILE_TIMEOUT": "60", **settings})
        with app.extensions["engine"].build() as writer:
            writer.put(SourceFile("archive.jsonl", 1, 1), articles)
            writer.commit()
        return app

    return make


@pytest.fixture(scope="session")
def site(site_of: SiteOf) -> Flask:
    """The site over the invented archive, made once; tests may read it, never change it."""
    return site_of(ARTICLES)


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


@pytest.fixture
def runner(site: Flask) -> FlaskCliRunner:
    return site.test_cli_runner()


@pytest.fixture(scope="session")
def address(site: Flask) -> Iterator[str]:
    """The address of the site, served on a free port of this machine."""
    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; `.ci/browser` installs one or says what to install."""
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *CHROMIUMS))), None)
    if not found:
        pytest.fail("no Chromium: install one (Debian: apt-get install chromium) or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()
