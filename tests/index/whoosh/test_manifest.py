from __future__ import annotations

from pathlib import Path

import pytest

from search.articles.model import SourceFile
from search.index.whoosh.manifest import Manifest, Shown

ONE = SourceFile("one.txt", 10, 1, "one.txt")
TWO = SourceFile("two.txt", 20, 2, "two.txt")


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    made = Manifest(tmp_path / "manifest.sqlite")
    made.add_source(ONE)
    made.add("a", "aa", "2021-01-01")
    return made


def test_a_new_article_is_known_before_it_is_written(manifest: Manifest) -> None:
    assert manifest.shown("a") == Shown("one.txt", "aa", "2021-01-01")
    assert manifest.articles_of("one.txt") == {"a": "aa"}
    assert manifest.count() == 1


def test_what_was_committed_is_read_back(manifest: Manifest, tmp_path: Path) -> None:
    manifest.commit()
    manifest.close()
    read = Manifest(tmp_path / "manifest.sqlite", readonly=True)
    assert (read.digests(), list(read.sources()), read.check()) == ({"a": "aa"}, [ONE], None)


def test_an_article_that_another_file_holds_is_not_gone_when_one_lets_go(manifest: Manifest) -> None:
    manifest.add_source(TWO)
    assert manifest.hold("two.txt", "a", "bb")
    assert not manifest.hold("two.txt", "a", "bb")
    assert not manifest.release("one.txt", "a")
    assert manifest.shown("a") == Shown("", "aa", "")
    assert manifest.release("two.txt", "a")


def test_another_version_can_be_the_one_shown(manifest: Manifest) -> None:
    manifest.add_source(TWO)
    manifest.hold("two.txt", "a", "bb")
    manifest.show("a", "two.txt", "bb", "")
    assert manifest.shown("a") == Shown("two.txt", "bb", "")


def test_a_file_under_another_name_or_of_another_size_is_told_anew(manifest: Manifest) -> None:
    manifest.add_source(SourceFile("one.txt", 10, 1, "other.txt"))
    manifest.add_source(SourceFile("one.txt", 11, 1, "other.txt"))
    found = list(manifest.sources())
    assert found == [SourceFile("one.txt", 11, 1)]
    assert found[0].name == "other.txt"
    assert manifest.articles_of("one.txt") == {"a": "aa"}


def test_a_forgotten_file_may_come_back(manifest: Manifest) -> None:
    manifest.remove("a")
    manifest.forget("one.txt")
    assert list(manifest.sources()) == []
    manifest.add_source(ONE)
    manifest.add("b", "bb", "")
    assert manifest.articles_of("one.txt") == {"b": "bb"}
