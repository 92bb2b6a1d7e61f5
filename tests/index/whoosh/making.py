"""Folders of indexes: where the served generation lies, and copies for tests that change them."""

from __future__ import annotations

import shutil
from pathlib import Path


def generation(folder: Path) -> Path:
    """The folder of the generation that is served."""
    return folder / (folder / "current").readlink()


def copied(folder: Path, to: Path) -> Path:
    """A copy of an index, far sooner made than another index."""
    shutil.copytree(folder, to, symlinks=True)
    return to
