from __future__ import annotations

import time
from pathlib import Path

import pytest

from search.index.documents import article_document
from search.index.whoosh.columnar import inverters
from search.index.whoosh.columnar.columns import Entry, columns_of
from search.index.whoosh.columnar.inverters import Inverters
from tests.index.making import article


def test_what_a_busy_process_has_not_come_to_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inverters, "_serve", lambda *_: time.sleep(60))
    made = Inverters(2, tmp_path)
    columns = columns_of("article", [Entry("article", article_document(article("a", "Boats sail.")), b"{}")])
    try:
        assert (made.waiting(0), made.waiting(1)) == (0, 0)
        made.add(1, {"article": columns})
        assert made.waiting(0) == 0
        assert made.waiting(1) > len(columns.run)
    finally:
        made.abandon()
