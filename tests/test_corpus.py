"""The demonstration archive is read as its authors meant it: each file's name has the day it was published."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from app import ROOT
from search.articles.model import Article, Problem
from search.articles.reading import Reader

FILES = sorted((ROOT / "corpus").rglob("*.txt"))


@cache
def reader() -> Reader:
    return Reader()


@cache
def read(path: Path) -> Article:
    (article,) = reader().read_file(str(path))
    assert not isinstance(article, Problem), article.message
    return article


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_day_of_publication_is_found(path: Path) -> None:
    assert read(path).published == path.name[:10]


def test_every_day_comes_from_the_text_not_from_the_file() -> None:
    assert {read(path).published_from for path in FILES} <= {"dateline", "inferred"}


def test_the_archive_is_large_enough_to_browse() -> None:
    assert len(FILES) >= 80
    assert len({path.parent.name for path in FILES}) >= 6


def test_speakers_places_and_sectors_come_back() -> None:
    speakers = Counter(speaker.name for path in FILES for speaker in read(path).speakers)
    places = {place for path in FILES if (dateline := read(path).dateline) for place in dateline.places}
    sectors = {sector.code for path in FILES for sector in read(path).sectors}
    assert sum(articles >= 3 for articles in speakers.values()) >= 25
    assert len(places) >= 15
    assert len(sectors) >= 20


def test_a_speakers_role_changes_over_the_years() -> None:
    roles = {
        (path.name[:4], role)
        for path in FILES
        for speaker in read(path).speakers
        if speaker.name == "Ingrid van der Aalst"
        for role in speaker.roles
    }
    assert len({role.casefold() for _, role in roles}) >= 2
