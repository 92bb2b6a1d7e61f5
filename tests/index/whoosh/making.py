"""Where the parts of an index lie."""

from __future__ import annotations

from pathlib import Path


def generation(folder: Path) -> Path:
    """The folder of the generation that is served."""
    return folder / (folder / "current").readlink()
