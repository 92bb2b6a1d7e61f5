"""The TOML files that users edit: read whole, or refused in words that they can act on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def read_toml(path: Path, fault: type[ValueError]) -> dict[str, Any]:
    """The tables of a file. Raises a `fault` that names the file, what is wrong and, where it helps, what to do."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise fault(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise fault(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise fault(f"{path}: is not valid TOML: {error}") from error
