"""The engines over one small archive: one of each that all tests read, and one for each test that changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.index.engine import Engine
from search.index.whoosh import WhooshEngine
from tests.index.conftest import IndexOf
from tests.index.contract.archive import ARCHIVE
from tests.index.making import LABELS, fill
from tests.index.naive import NaiveEngine

ENGINES = ("naive", "whoosh")


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine without an index."""
    return NaiveEngine(LABELS.get) if request.param == "naive" else WhooshEngine(tmp_path / "index", label=LABELS.get)


@pytest.fixture(scope="package", params=ENGINES)
def engine(request: pytest.FixtureRequest, index_of: IndexOf, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The archive, which tests only read."""
    return filled(request.param, index_of, tmp_path_factory.mktemp("contract"))


@pytest.fixture(params=ENGINES)
def fresh(request: pytest.FixtureRequest, index_of: IndexOf, tmp_path: Path) -> Engine:
    """The archive, for one test alone."""
    return filled(request.param, index_of, tmp_path)


def filled(kind: str, index_of: IndexOf, folder: Path) -> Engine:
    if kind == "whoosh":
        return WhooshEngine(index_of(ARCHIVE, folder / "index"), label=LABELS.get)
    engine = NaiveEngine(LABELS.get)
    fill(engine, ARCHIVE)
    return engine
