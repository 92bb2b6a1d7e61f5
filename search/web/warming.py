"""What is needed of a whole generation, made before anybody asks: names, the tree of topics, what suggestions look up.

Each takes a few tenths of a second in an archive of ten thousand speakers, which the first reader of a new generation
would wait for.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from string import ascii_lowercase
from threading import Event

from flask import Flask, current_app

from search.fields import FACETS
from search.index.engine import EngineError, Status
from search.web.alphabet import alphabet
from search.web.directory import LISTS, directory
from search.web.suggestions import suggested
from search.web.topics import codes
from search.web.views import engine

_EVERY = 0.25  # seconds between looks for a new generation


def keep_warm(app: Flask, stop: Event, every: float = _EVERY) -> None:
    """Warm up, and again for each new generation, until told to stop. Where there is no index, look again later."""
    seen: Status | None = None
    settle()
    while True:
        with suppress(EngineError), app.app_context():
            status = engine().status()
            if status != seen:
                warm()
                settle()
                seen = status
        if stop.wait(every):
            return


def settle() -> None:
    """Leave what is there out of later garbage collections, which would stop readers for a tenth of a second each."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def warm() -> None:
    """Make for the generation being served what is kept for it."""
    for facet in LISTS:
        directory(engine(), facet)
    for name in FACETS:
        alphabet(engine(), name)
    codes()
    for letter in ascii_lowercase:
        list(suggested(letter))
    for template in current_app.jinja_env.list_templates():
        current_app.jinja_env.get_template(template)
