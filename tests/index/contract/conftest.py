"""The engines over one small archive: one that tests read, and one for each test that changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.index.engine import Engine
from search.index.whoosh import WhooshEngine
from tests.index.contract.archive import ARCHIVE
from tests.index.making import LABELS, fill
from tests.index.naive import NaiveEngine
from tests.index.whoosh.making import copied

ENGINES = ("naive", "whoosh")


def made(kind: str, folder: Path) -> Engine:
    return NaiveEngine(LABELS.get) if kind == "naive" else WhooshEngine(folder / "index", label=LABELS.get)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine without an index."""
    return made(request.param, tmp_path)


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index lies that tests read."""
    folder = tmp_path_factory.mktemp("contract")
    fill(made("whoosh", folder), ARCHIVE)
    return folder


@pytest.fixture(scope="package", params=ENGINES)
def engine(request: pytest.FixtureRequest, folder: Path) -> Engine:
    """The archive, which tests only read."""
    found = made(request.param, folder)
    if request.param == "naive":
        fill(found, ARCHIVE)
    return found


@pytest.fixture(params=ENGINES)
def fresh(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Engine:
    """The archive, for one test alone."""
    if request.param == "whoosh":
        copied(folder / "index", tmp_path / "index")
    found = made(request.param, tmp_path)
    if request.param == "naive":
        fill(found, ARCHIVE)
    return found
