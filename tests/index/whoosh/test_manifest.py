from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.articles.model import SourceFile
from search.index.whoosh import layers
from search.index.whoosh.manifest import LAYERS, Manifest, Shown
from search.index.whoosh.sealing import seal
from tests.examples import examples

ONE = SourceFile("one.txt", 10, 1, "one.txt")
TWO = SourceFile("two.txt", 20, 2, "two.txt")


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    made = Manifest(tmp_path)
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
    read = Manifest(tmp_path, readonly=True)
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


def test_a_file_that_is_added_often_stays_one_file(manifest: Manifest) -> None:
    manifest.add_source(TWO)
    manifest.add_source(ONE)
    manifest.add("b", "bb", "")
    assert manifest.articles_of("one.txt") == {"a": "aa", "b": "bb"}
    assert list(manifest.sources()) == [ONE, TWO]


def test_a_path_that_is_no_text_is_refused_before_anything_is_written(manifest: Manifest) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        manifest.add_source(SourceFile("\udc80.txt", 1, 1, "a.txt"))
    assert list(manifest.sources()) == [ONE]


def updated(manifest: Manifest, generations: itertools.count[int], folder: Path) -> Manifest:
    """The same manifest, one generation later."""
    manifest.commit()
    manifest.close()
    before = folder / f"{next(generations) - 1}"
    (after := before.with_name(str(int(before.name) + 1))).mkdir()
    seal(before, None)
    LAYERS.carry_on(before, after)
    return Manifest(after)


_ARTICLES, _DIGESTS = st.sampled_from("abcde"), st.sampled_from(["aa", "bb"])
_PATHS = st.sampled_from(["one", "two", "three"])
_STEPS = st.one_of(
    st.tuples(st.just("put"), _PATHS, _ARTICLES, _DIGESTS),
    st.tuples(st.just("hold"), _PATHS, _ARTICLES, _DIGESTS),
    st.tuples(st.just("remove"), _ARTICLES),
    st.tuples(st.just("release"), _PATHS, _ARTICLES),
    st.tuples(st.just("forget"), _PATHS),
    st.tuples(st.just("update")),
)


def _done(manifest: Manifest, step: tuple[str, ...]) -> object:
    """One step, as the writer takes it; what it was told."""
    told: list[object] = []
    if step[0] == "forget":
        for article in sorted(manifest.articles_of(step[1])):
            told.append(manifest.release(step[1], article))
            if told[-1]:
                manifest.remove(article)
        manifest.forget(step[1])
    elif step[0] == "release":
        told.append(manifest.release(*step[1:]))
        if told[-1]:
            manifest.remove(step[2])
    elif step[0] == "remove":
        manifest.remove(step[1])
    else:
        _, path, article, digest = step
        manifest.add_source(SourceFile(path, 1, 1))
        told.append(manifest.shown(article))
        if not told[-1]:
            manifest.add(article, digest, "2021")
        else:
            told.append(manifest.hold(path, article, digest))
            if step[0] == "put":
                manifest.show(article, path, digest, "2022")
    return told


def _told(manifest: Manifest) -> list[object]:
    """All that a manifest answers."""
    return [
        list(manifest.sources()),
        [manifest.articles_of(path) for path in ("one", "two", "three")],
        [manifest.shown(article) for article in "abcde"],
        manifest.count(),
        manifest.digests(),
        manifest.check(),
    ]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(_STEPS, max_size=25), st.sampled_from([0, 1 << 20]))
def test_generations_of_updates_tell_what_one_build_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, ...]], few: int
) -> None:
    folder = tmp_path_factory.mktemp("generations")
    generations = itertools.count(1)
    for name in ("0", "once"):
        (folder / name).mkdir()
    layered, once = Manifest(folder / "0"), Manifest(folder / "once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "_FEW", few)
        patch.setattr(layers, "_SHARE", 1 << 40)
        for step in steps:
            if step[0] == "update":
                layered = updated(layered, generations, folder)
            else:
                assert _done(layered, step) == _done(once, step)
            assert _told(layered) == _told(once)
    layered.close()
    once.close()
