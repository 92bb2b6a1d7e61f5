"""Building and updating from real files on disk, into the oracle: what is read, replaced, kept and reported."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from search.articles.model import Problem
from search.index.building import NothingRead, Options, Progress, Report, build, update
from search.index.engine import IndexLocked, NoIndex, Status
from search.query.nodes import Term
from search.query.results import Question
from tests.index.making import LABELS
from tests.index.naive import NaiveEngine

TEXT = """{headline}

NORTHPORT, May 2. /Norwire/. {body}

"We will sail again," harbour master Ada Brandt said.
"""


@pytest.fixture
def engine() -> NaiveEngine:
    return NaiveEngine(LABELS.get)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "archive"
    made.mkdir()
    write(made / "ferry.txt", "Ferry service resumes", "The ferries of the island will run again from May.")
    lines(made / "more.jsonl", grain="Grain prices fell in the south.", coal="Coal barges wait for rain.")
    return made


def write(path: Path, headline: str, body: str) -> None:
    path.write_text(TEXT.format(headline=headline, body=body), "utf-8")
    touch(path)


def lines(path: Path, **bodies: str) -> None:
    records = [
        {"id": name, "headline": f"About {name}", "body": body, "date": "2021-05-02"} for name, body in bodies.items()
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    touch(path)


_CLOCK = iter(range(1_600_000_000, 1_700_000_000))


def touch(path: Path) -> None:
    """Each write at a later second, so that no clock is too coarse to see it."""
    now = next(_CLOCK)
    os.utime(path, (now, now))


def found(engine: NaiveEngine, word: str) -> list[str]:
    return sorted(hit.article.headline for hit in engine.search(Question(node=Term(None, word))).hits)


def changes(report: Report) -> tuple[int, int, int]:
    return report.added, report.changed, report.removed


def test_a_build_reads_every_format_in_a_folder(engine: NaiveEngine, folder: Path) -> None:
    report = build(engine, [folder])
    assert (report.status.articles, changes(report), report.problems) == (3, (3, 0, 0), ())
    assert found(engine, "island") == ["Ferry service resumes"]
    assert found(engine, "barges") == ["About coal"]


def test_an_update_needs_a_build_before_it(engine: NaiveEngine, folder: Path) -> None:
    with pytest.raises(NoIndex):
        update(engine, [folder])


def test_an_update_without_a_difference_makes_no_generation(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    touch(folder / "ferry.txt")
    report = update(engine, [folder])
    assert changes(report) == (0, 0, 0)
    assert engine.generation == 1


def paths(engine: NaiveEngine) -> list[str]:
    return sorted({hit.article.source.path for hit in engine.search(Question()).hits})


def test_readers_see_paths_from_the_source_on(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    assert paths(engine) == ["archive/ferry.txt", "archive/more.jsonl"]


def test_an_update_of_another_folder_above_or_below_leaves_what_is_unchanged(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    assert changes(update(engine, [folder.parent])) == (0, 0, 0)
    assert changes(update(engine, [folder / "ferry.txt"])) == (0, 0, 0)
    assert paths(engine) == ["archive/ferry.txt", "archive/more.jsonl"]


def test_an_archive_that_moved_holds_the_same_articles(engine: NaiveEngine, folder: Path, tmp_path: Path) -> None:
    build(engine, [folder])
    (tmp_path / "disk").mkdir()
    moved = folder.rename(tmp_path / "disk" / "archive")
    assert changes(update(engine, [moved])) == (0, 0, 0)
    assert paths(engine) == ["archive/ferry.txt", "archive/more.jsonl"]


def test_an_update_adds_a_new_file(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    write(folder / "strike.txt", "Dockers strike", "Dockers at both ports stopped work.")
    assert changes(update(engine, [folder])) == (1, 0, 0)
    assert found(engine, "dockers") == ["Dockers strike"]


def test_an_update_reads_a_changed_file_again(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    write(folder / "ferry.txt", "Ferry service resumes", "The hovercraft will run again.")
    assert changes(update(engine, [folder])) == (0, 1, 0)
    assert found(engine, "island") == []
    assert found(engine, "hovercraft") == ["Ferry service resumes"]


def test_an_update_sees_what_changed_within_one_file_of_many(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    lines(folder / "more.jsonl", grain="Grain prices fell in the south.", coal="Coal barges sail.", tin="Tin rises.")
    assert changes(update(engine, [folder])) == (1, 1, 0)
    lines(folder / "more.jsonl", coal="Coal barges sail.", tin="Tin rises.")
    assert changes(update(engine, [folder])) == (0, 0, 1)
    assert found(engine, "grain") == []


def test_an_update_takes_out_a_removed_file(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    (folder / "ferry.txt").unlink()
    assert changes(update(engine, [folder])) == (0, 0, 1)
    assert found(engine, "island") == []


def test_an_update_of_one_folder_keeps_what_came_from_another(
    engine: NaiveEngine, folder: Path, tmp_path: Path
) -> None:
    build(engine, [folder])
    other = tmp_path / "other"
    other.mkdir()
    write(other / "strike.txt", "Dockers strike", "Dockers at both ports stopped work.")
    assert changes(update(engine, [other])) == (1, 0, 0)
    assert engine.status().articles == 4


def test_a_source_that_is_not_there_empties_nothing(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    folder.rename(folder.with_name("elsewhere"))
    report = update(engine, [folder])
    assert (changes(report), report.skipped) == ((0, 0, 0), 1)
    assert engine.status().articles == 3


def test_a_file_that_can_no_longer_be_read_keeps_its_articles(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    (folder / "ferry.txt").write_bytes(b"\x00\xff\x00\x01" * 50)
    report = update(engine, [folder])
    assert (changes(report), report.skipped) == ((0, 0, 0), 1)
    assert found(engine, "island") == ["Ferry service resumes"]


def test_bad_files_are_named_and_the_run_goes_on(engine: NaiveEngine, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    told: list[Problem] = []
    report = build(engine, [folder], Options(problem=told.append))
    assert report.status.articles == 3
    assert {Path(problem.path).name for problem in report.problems} == {"empty.txt", "binary.txt"}
    assert (report.skipped, tuple(told)) == (2, report.problems)


def test_a_build_that_reads_nothing_leaves_the_archive_as_it_was(engine: NaiveEngine, folder: Path) -> None:
    build(engine, [folder])
    with pytest.raises(NothingRead, match="left as it was"):
        build(engine, [folder / "mistyped"])
    assert engine.status().articles == 3


def test_a_folder_without_articles_leaves_the_archive_as_it_was(engine: NaiveEngine, tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", coal="Coal barges wait.")
    build(engine, [tmp_path])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingRead, match=r"empty: name a folder of \.txt"):
        build(engine, [empty])
    assert engine.status().articles == 1


def test_one_article_in_two_files_is_one_article_and_the_newest_version_wins(
    engine: NaiveEngine, tmp_path: Path
) -> None:
    lines(tmp_path / "a.jsonl", coal="Coal barges wait.")
    lines(tmp_path / "b.jsonl", coal="Coal barges sail.")
    report = build(engine, [tmp_path])
    assert report.status.articles == 1
    assert found(engine, "sail") == ["About coal"]
    (note,) = report.problems
    assert Path(note.path).name == "a.jsonl"
    assert "versions of one article" in note.message
    assert report.skipped == 0


def test_an_article_of_two_files_survives_the_removal_of_one_in_the_version_of_the_other(
    engine: NaiveEngine, tmp_path: Path
) -> None:
    lines(tmp_path / "a.jsonl", coal="Coal barges wait.")
    lines(tmp_path / "b.jsonl", coal="Coal barges sail.")
    build(engine, [tmp_path])
    (tmp_path / "b.jsonl").unlink()
    update(engine, [tmp_path])
    assert found(engine, "sail") == []
    assert found(engine, "wait") == ["About coal"]


def test_a_version_read_again_from_another_source_keeps_the_path_that_readers_saw(
    engine: NaiveEngine, tmp_path: Path
) -> None:
    for name, body in (("first", "Coal barges wait."), ("second", "Coal barges sail.")):
        (tmp_path / name / "2021").mkdir(parents=True)
        lines(tmp_path / name / "2021" / "a.jsonl", coal=body)
    build(engine, [tmp_path / "first", tmp_path / "second"])
    assert paths(engine) == ["second/2021/a.jsonl"]
    (tmp_path / "second" / "2021" / "a.jsonl").unlink()
    update(engine, [tmp_path / "second"])
    assert paths(engine) == ["first/2021/a.jsonl"]


def test_many_records_are_read_in_several_processes_and_come_in_order(engine: NaiveEngine, tmp_path: Path) -> None:
    lines(tmp_path / "many.jsonl", **{f"n{n}": f"Barge number {n} sails." for n in range(450)})
    steps: list[Progress] = []
    report = build(engine, [tmp_path], Options(processes=2, progress=steps.append))
    assert (report.status.articles, report.problems) == (450, ())
    assert [step.articles for step in steps] == sorted(step.articles for step in steps)
    assert (steps[-1].articles, steps[-1].done) == (450, steps[-1].total)
    assert any(0 < step.done < step.total for step in steps)


def test_an_index_is_compacted_after_what_changed_is_served(
    engine: NaiveEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[int] = []

    def compact() -> Status:
        served.append(engine.status().articles)
        raise IndexLocked("Another process writes by now, and compacts.")

    monkeypatch.setattr(engine, "compact", compact)
    before = build(engine, [folder]).status.articles
    update(engine, [folder])
    (folder / "new.txt").write_text("A new pier opens\n\nThe pier opened on Monday.\n")
    assert update(engine, [folder]).status.articles == before + 1
    assert served == [before + 1]
