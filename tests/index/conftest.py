"""Indexes for the tests: one archive is indexed once, and copied for each test that wants it for itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from search.articles.model import Article
from search.index.whoosh import WhooshEngine
from tests.index.making import LABELS, fill

IndexOf = Callable[[Sequence[Article], Path], Path]


@pytest.fixture(scope="session")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> IndexOf:
    """Lays an index of articles down in a folder that is not there yet; returns the folder."""
    built: dict[tuple[Article, ...], Path] = {}

    def lay(articles: Sequence[Article], folder: Path) -> Path:
        key = tuple(articles)
        if key not in built:
            built[key] = tmp_path_factory.mktemp("built") / "index"
            fill(WhooshEngine(built[key], label=LABELS.get), articles)
        shutil.copytree(built[key], folder, symlinks=True)
        return folder

    return lay
