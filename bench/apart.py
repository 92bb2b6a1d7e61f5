"""Runs work in a process of its own, so that what it holds in memory is its own."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """The result of work done by a child."""
    gc.collect()
    gc.freeze()
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(False)
    process = context.Process(target=lambda: sending.send(work()))
    process.start()
    sending.close()
    try:
        found: T = receiving.recv()
    except EOFError as error:
        raise RuntimeError("The engine's process ended early.") from error
    finally:
        process.join()
    return found
