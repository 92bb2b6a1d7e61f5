"""Segments of small invented articles."""

from __future__ import annotations

from pathlib import Path

from search.articles.model import Article
from search.index.documents import article_document
from search.index.whoosh.columnar import segmentfile
from search.index.whoosh.columnar.columns import Entry, columns_of
from search.index.whoosh.columnar.inverting import Inverter
from search.index.whoosh.columnar.segment import Segment
from tests.index.making import LABELS


def built(path: Path, *articles: Article) -> Path:
    """The file of a segment of these articles."""
    inverter = Inverter("article", path.parent)
    entries = [Entry("article", article_document(one), one.id.encode(), f"owner of {one.id}") for one in articles]
    inverter.add(columns_of("article", entries))
    segmentfile.write(path, inverter.arrays(LABELS.get), {})
    return path


def segment(path: Path, *articles: Article) -> Segment:
    """A segment of these articles."""
    return Segment(built(path, *articles), "article")
