"""Sources on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.articles.files import Record, records, walk
from search.articles.model import Problem, SourceFile


def _tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Orva cuts ferries")


def _found(*sources: Path) -> list[str]:
    return [file.path for file in walk(sources) if isinstance(file, SourceFile)]


def _problems(*sources: Path) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in walk(sources) if isinstance(problem, Problem)]


def test_folders_are_walked_in_the_order_of_their_names(tmp_path: Path) -> None:
    _tree(tmp_path, "b/2.txt", "b/1.txt", "a.txt", "c.jsonl", "b/a/3.jsonl.gz")
    assert _found(tmp_path) == [
        str(tmp_path / name) for name in ("a.txt", "b/1.txt", "b/2.txt", "b/a/3.jsonl.gz", "c.jsonl")
    ]


def test_hidden_files_and_other_formats_are_passed_over(tmp_path: Path) -> None:
    _tree(tmp_path, ".a.txt", ".git/b.txt", "c.png", "d.txt", "README")
    assert _found(tmp_path) == [str(tmp_path / "d.txt")]
    assert _problems(tmp_path) == []


def test_a_file_named_as_a_source_is_always_taken(tmp_path: Path) -> None:
    _tree(tmp_path, ".hidden", "story.msg")
    assert _found(tmp_path / ".hidden", tmp_path / "story.msg") == [
        str(tmp_path / ".hidden"),
        str(tmp_path / "story.msg"),
    ]


def test_size_and_time_are_told(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    (file,) = walk([str(tmp_path)])
    assert isinstance(file, SourceFile)
    assert (file.size, file.modified) == (17, (tmp_path / "a.txt").stat().st_mtime_ns)


def _names(*sources: Path | str) -> list[str]:
    return [file.name for file in walk(sources) if isinstance(file, SourceFile)]


def test_readers_see_the_path_from_the_source_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _tree(tmp_path, "archive/2019/a.txt")
    monkeypatch.chdir(tmp_path / "archive/2019")
    for source in (tmp_path / "archive", f"{tmp_path}/archive/", "..", "../../archive"):
        assert _names(source) == ["archive/2019/a.txt"]
    assert _names(".") == ["2019/a.txt"]
    assert _names(tmp_path / "archive/2019/a.txt") == _names("a.txt") == ["a.txt"]


def test_a_file_is_the_same_under_another_name(tmp_path: Path) -> None:
    _tree(tmp_path, "archive/2019/a.txt")
    assert list(walk([tmp_path])) == list(walk([tmp_path / "archive"]))


def test_a_linked_source_goes_by_the_name_of_the_link(tmp_path: Path) -> None:
    _tree(tmp_path, "disk7/a.txt")
    (tmp_path / "archive").symlink_to(tmp_path / "disk7")
    assert _names(tmp_path / "archive") == ["archive/a.txt"]


def test_records_carry_the_name_that_readers_see(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    named, unnamed = next(records(tmp_path / "a.txt", "archive/a.txt")), next(records(tmp_path / "a.txt"))
    assert isinstance(named, Record)
    assert isinstance(unnamed, Record)
    assert (named.name, unnamed.name) == ("archive/a.txt", "a.txt")
    assert named.source.path == str(tmp_path / "a.txt")


def test_sources_that_overlap_give_each_file_once(tmp_path: Path) -> None:
    _tree(tmp_path, "a/1.txt")
    assert len(_found(tmp_path, tmp_path / "a", tmp_path / "a/1.txt")) == 1


def test_a_link_loop_is_reported_and_ends(tmp_path: Path) -> None:
    _tree(tmp_path, "a/1.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    assert _found(tmp_path) == [str(tmp_path / "a/1.txt")]
    assert _problems(tmp_path) == [(str(tmp_path / "a/up"), "a link to a folder that it lies in")]


def test_a_link_to_itself_is_reported_and_its_neighbours_are_found(tmp_path: Path) -> None:
    _tree(tmp_path, "1.txt")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert _found(tmp_path) == [str(tmp_path / "1.txt")]
    assert _problems(tmp_path) == [(str(tmp_path / "self"), "too many levels of symbolic links")]


def test_links_that_double_at_each_level_are_followed_once(tmp_path: Path) -> None:
    for level in range(40):
        folder = tmp_path / f"{level:02}"
        folder.mkdir()
        (folder / "x").symlink_to(tmp_path / f"{level + 1:02}")
        (folder / "y").symlink_to(tmp_path / f"{level + 1:02}")
    _tree(tmp_path, "40/a.txt")
    assert len(_found(tmp_path)) == 1


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    _tree(tmp_path, "real/1.txt", "links/0.txt")
    (tmp_path / "links/1.txt").symlink_to(tmp_path / "real/1.txt")
    assert _found(tmp_path / "links") == [str(tmp_path / "links/0.txt"), str(tmp_path / "links/1.txt")]


def test_a_dangling_link_and_a_missing_source_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    assert _problems(tmp_path, tmp_path / "gone.txt") == [
        (str(tmp_path / "a.txt"), "no such file or directory"),
        (str(tmp_path / "gone.txt"), "no such file or directory"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_reported(tmp_path: Path) -> None:
    _tree(tmp_path, "closed/1.txt", "2.txt")
    (tmp_path / "closed").chmod(0)
    (tmp_path / "2.txt").chmod(0)
    assert _problems(tmp_path) == [(str(tmp_path / "closed"), "permission denied")]
    assert list(records(tmp_path / "2.txt")) == [Problem(str(tmp_path / "2.txt"), "permission denied")]


def test_a_fifo_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert _problems(tmp_path) == [(str(tmp_path / "a.txt"), "not a regular file")]
    assert list(records(tmp_path / "a.txt")) == [Problem(str(tmp_path / "a.txt"), "not a regular file")]


def test_a_device_and_a_folder_are_no_records() -> None:
    assert [record.message for record in records("/dev/zero") if isinstance(record, Problem)] == ["not a regular file"]
    assert [type(record) for record in records("/")] == [Problem]


def test_a_file_that_vanished_is_reported(tmp_path: Path) -> None:
    assert list(records(tmp_path / "a.txt")) == [Problem(str(tmp_path / "a.txt"), "no such file or directory")]


def test_a_name_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("x")
    assert [message for _, message in _problems(tmp_path)] == ["the file's name is not UTF-8"]


def test_a_name_with_a_null_is_reported() -> None:
    assert [type(problem) for problem in walk(["a\0b"])] == [Problem]
