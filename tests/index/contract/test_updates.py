"""What is written, replaced, removed and refused."""

from __future__ import annotations

import pytest

from search.articles.model import SourceFile
from search.index.engine import Engine, IndexLocked, NoIndex
from search.query.nodes import And, Term
from search.query.results import Question
from tests.index.contract.archive import ARCHIVE, counts, matching
from tests.index.making import article, source


def test_without_an_index_there_is_nothing_to_update(empty: Engine) -> None:
    with pytest.raises(NoIndex), empty.update():
        pass


def test_the_status_counts_what_is_served(engine: Engine) -> None:
    status = engine.status()
    assert (status.articles, status.quotes) == (4, 4)
    assert engine.search(Question()).generation == status.generation


def test_nothing_is_wrong_with_what_was_just_written(engine: Engine) -> None:
    assert list(engine.verify()) == []


def test_what_is_not_committed_is_not_served(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source("b.jsonl"), [article("new")])
        writer.remove(["ferry"])
    assert fresh.status().articles == 4
    assert fresh.article("new") is None


def test_an_update_keeps_what_it_does_not_touch(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source("b.jsonl"), [article("new", "Fresh words", said={"brand new": "Cy Dow"})])
        writer.commit()
    assert matching(fresh, Term(None, "fresh")) == {"new"}
    assert matching(fresh, Term(None, "rain")) == {"weather"}
    assert fresh.status().quotes == 5
    assert list(fresh.verify()) == []


def test_an_article_put_again_replaces_the_former_one_with_its_quotes(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source(), [article("ferry", "Quite other words", published="2021-05-02")])
        writer.commit()
    assert matching(fresh, Term(None, "ferries")) == {"tariff"}
    assert matching(fresh, Term(None, "quite")) == {"ferry"}
    assert (fresh.status().articles, fresh.status().quotes) == (4, 2)
    assert list(fresh.verify()) == []


def test_an_article_put_twice_before_the_commit_is_there_once(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source("b.jsonl"), [article("new", "first", said={"one": ""})])
        writer.put(source("b.jsonl"), [article("new", "second", said={"two": ""})])
        writer.commit()
    assert matching(fresh, Term(None, "first")) == set()
    assert matching(fresh, Term(None, "second")) == {"new"}
    assert fresh.status().quotes == 5
    assert list(fresh.verify()) == []


def test_of_two_versions_in_two_files_the_newer_is_shown(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source("old.txt"), [article("ferry", "older", published="2020-01-01")])
        writer.put(source("new.txt"), [article("strike", "newer", published="2023-01-01")])
        writer.commit()
    assert matching(fresh, Term(None, "older")) == set()
    assert matching(fresh, Term(None, "newer")) == {"strike"}


def test_a_removed_article_is_gone_with_its_quotes(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.remove(["ferry", "unknown"])
        writer.commit()
    assert matching(fresh, Term(None, "ferries")) == {"tariff"}
    assert fresh.article("ferry") is None
    assert fresh.status().quotes == 2
    assert counts(fresh.search(Question()), "sector") == {}


def test_a_source_keeps_the_path_that_readers_see(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(SourceFile("/srv/b.jsonl", 1, 1, "wire/b.jsonl"), [article("only here")])
        writer.commit()
    with fresh.update() as writer:
        assert {found.path: found.name for found in writer.sources()}["/srv/b.jsonl"] == "wire/b.jsonl"


def test_a_forgotten_file_leaves_what_another_holds(fresh: Engine) -> None:
    with fresh.update() as writer:
        writer.put(source("b.jsonl"), [ARCHIVE[0], article("only here")])
        writer.commit()
    with fresh.update() as writer:
        assert [found.path for found in writer.sources()] == ["archive.jsonl", "b.jsonl"]
        assert set(writer.articles_of("b.jsonl")) == {"ferry", "only here"}
        assert writer.forget("b.jsonl") == 1
        writer.commit()
    assert matching(fresh, And(())) == {"ferry", "tariff", "weather", "strike"}


def test_a_put_says_what_it_did(fresh: Engine) -> None:
    with fresh.update() as writer:
        nothing = writer.put(source(), ARCHIVE)
        some = writer.put(source("b.jsonl"), [article("new"), article("weather", "Sun", published="2024-01-01")])
    assert (nothing.added, nothing.changed, nothing.differs) == (0, 0, False)
    assert (some.added, some.changed, some.differs) == (1, 1, True)


def test_an_article_that_no_index_could_keep_is_refused_and_harms_nothing(fresh: Engine) -> None:
    with fresh.update() as writer:
        for bad in (article("half", "a \ud800 b"), article("late", published="2022-02-31"), article("")):
            with pytest.raises(ValueError, match="it"):
                writer.put(source("b.jsonl"), [bad])
        writer.put(source("b.jsonl"), [article("good", "sound words")])
        writer.commit()
    assert matching(fresh, Term(None, "sound")) == {"good"}
    assert list(fresh.verify()) == []


def test_the_status_tells_when_the_generation_was_made(fresh: Engine) -> None:
    first = fresh.status().made
    with fresh.build() as writer:
        writer.commit()
    second = fresh.status().made
    assert first is not None
    assert second is not None
    assert first.tzinfo is not None
    assert first <= second


def test_a_second_writer_is_refused_while_the_first_one_writes(fresh: Engine) -> None:
    with fresh.update():
        with pytest.raises(IndexLocked), fresh.update():
            pass
        with pytest.raises(IndexLocked), fresh.build():
            pass
    with fresh.build() as writer:
        assert list(writer.sources()) == []


def test_a_build_starts_from_nothing(fresh: Engine) -> None:
    with fresh.build() as writer:
        writer.put(source("c.jsonl"), [article("alone")])
        writer.commit()
    assert fresh.status().articles == 1
