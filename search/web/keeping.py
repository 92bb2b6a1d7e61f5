"""What is made once for each index generation and kept until the next one is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar, cast

from flask import current_app

from search.index.engine import Engine

Made = TypeVar("Made")
Shelves = dict[tuple[str, datetime | None], dict[str, Any]]  # for each generation what was made, by its name

_GENERATIONS = 2  # at once: one that is served, one that is made ready
_making = RLock()  # who comes while something is being made waits for it, instead of making it, too


def kept(engine: Engine, name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns, for the generation that the engine serves."""
    shelf = _shelf(engine)
    if name not in shelf:
        with _making:
            if name not in shelf:
                shelf[name] = make()
    return cast(Made, shelf[name])


def recent(engine: Engine, name: str, key: Hashable, most: int, make: Callable[[], Made]) -> Made:
    """What `make` returns for a key; of so many keys at most, the others are made again."""
    shelf: OrderedDict[Hashable, Made] = kept(engine, name, OrderedDict)
    found = shelf.get(key)
    if found is None:
        found = shelf[key] = make()
        while len(shelf) > most:
            shelf.popitem(last=False)
    return found


def let_go(engine: Engine) -> None:
    """Keep nothing of generations before the one that the engine serves."""
    _shelf(engine, 1)


def _shelf(engine: Engine, most: int = _GENERATIONS) -> dict[str, Any]:
    shelves: Shelves = current_app.extensions.setdefault("kept", {})
    status = engine.status()
    shelf = shelves.setdefault((status.generation, status.made), {})
    for before in list(shelves)[:-most]:
        shelves.pop(before, None)
    return shelf
