"""What people say in an article: marks, attribution and offsets, over invented articles kept in quotes.toml."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.model import Paragraph, Quote
from search.articles.quotes import find_quotes

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("quotes.toml").read_text(encoding="utf-8"))["case"]


def paragraphs_of(text: str) -> list[Paragraph]:
    parts = [part for part in text.strip("\n").split("\n\n") if part]
    return [Paragraph(n, part.removeprefix("# "), part.startswith("# ")) for n, part in enumerate(parts, 1)]


def shown(quote: Quote) -> str:
    return " | ".join((quote.speaker or "-", quote.role or "-", quote.kind, quote.attribution, quote.text))


@pytest.mark.parametrize("case", [case for case in CASES if "skip" not in case], ids=lambda case: str(case["name"]))
def test_what_is_said_and_by_whom(case: dict[str, Any]) -> None:
    found = find_quotes("a", paragraphs_of(case["text"]), headline=case.get("headline", ""))
    assert [shown(quote) for quote in found] == case["quotes"]
