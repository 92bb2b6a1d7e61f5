"""TOML files that users edit: what is wrong with one is said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.articles.toml import read_toml


class _Bad(ValueError):
    pass


def test_a_file_is_read_into_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[ferries]\n"Orva" = ["Ørva"]\n', encoding="utf-8")
    assert read_toml(path, _Bad) == {"ferries": {"Orva": ["Ørva"]}}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ferries", "is not valid TOML"),
        (b"a = '\xff'", r"is not UTF-8 text \(byte 5\)"),
        (None, "can't be read: No such"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "a.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(_Bad, match=rf"a\.toml: {reason}"):
        read_toml(path, _Bad)
