"""What is made once for each index generation and kept until the next one is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar, cast

from flask import current_app

from search.index.engine import Engine

Made = TypeVar("Made")

_NOTHING = (None, None)
_making = RLock()  # who comes while something is being made waits for it, instead of making it, too


def kept(engine: Engine, name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns, for the generation that is being served."""
    status = engine.status()
    generation = (status.generation, status.made)
    shelf: dict[str, tuple[Any, Any]] = current_app.extensions.setdefault("kept", {})
    if shelf.get(name, _NOTHING)[0] != generation:
        with _making:
            if shelf.get(name, _NOTHING)[0] != generation:
                shelf[name] = generation, make()
    return cast(Made, shelf[name][1])


def recent(engine: Engine, name: str, key: Hashable, most: int, make: Callable[[], Made]) -> Made:
    """What `make` returns for a key; of so many keys at most, the others are made again."""
    shelf: OrderedDict[Hashable, Made] = kept(engine, name, OrderedDict)
    found = shelf.get(key)
    if found is None:
        found = shelf[key] = make()
        while len(shelf) > most:
            shelf.popitem(last=False)
    return found
