"""The commands, as typed: what they print, where, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from search.articles.model import Article

ROOT = Path(__file__).parent.parent

TEXT = """Ferry service resumes

NORTHPORT, May 2. /Norwire/. The ferries of the island will run again from May.

"We will sail again," harbour master Ada Brandt said.
"""


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    return create_app({"BACKFILE_ENGINE": f"whoosh:{tmp_path / 'index'}"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "archive"
    made.mkdir()
    (made / "ferry.txt").write_text(TEXT)
    return made


def run(site: Flask, *words: str | Path) -> Result:
    return site.test_cli_runner().invoke(args=[str(word) for word in words])


def test_a_build_says_what_is_served(site: Flask, folder: Path) -> None:
    result = run(site, "index", "build", folder)
    assert result.exit_code == 0
    assert result.stdout == "1 article and 1 quote in generation 000001 (whoosh); 1 added, 0 changed, 0 removed\n"
    assert result.stderr == ""


def test_a_build_asked_for_only_if_there_is_none_leaves_an_index_alone(site: Flask, folder: Path) -> None:
    assert "generation 000001" in run(site, "index", "build", "--if-none", folder).stdout
    assert run(site, "index", "build", "--if-none", folder).stdout == ""
    assert "generation 000001" in run(site, "index", "status").stdout


def test_an_update_says_what_changed(site: Flask, folder: Path) -> None:
    run(site, "index", "build", folder)
    (folder / "strike.txt").write_text(TEXT.replace("Ferry service resumes", "Dockers strike"))
    result = run(site, "index", "update", folder)
    assert result.exit_code == 0
    assert "1 added, 0 changed, 0 removed" in result.stdout


def test_a_file_that_cannot_be_read_is_named_and_makes_the_run_end_with_1(site: Flask, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    result = run(site, "index", "build", folder)
    assert result.exit_code == 1
    assert "1 article and" in result.stdout
    assert f"{folder / 'empty.txt'}: empty\n" in result.stderr
    assert "1 was skipped." in result.stderr


def test_versions_of_one_article_are_told_and_are_no_failure(site: Flask, folder: Path) -> None:
    (folder / "again.txt").write_text(TEXT)
    result = run(site, "index", "build", folder)
    assert result.exit_code == 0
    assert "versions of one article" in result.stderr


def test_versions_of_one_article_are_no_changes_and_only_the_first_are_told(site: Flask, folder: Path) -> None:
    for number in range(24):
        (folder / f"version{number:02}.txt").write_text(f"{TEXT}\nThe fare is {number} crowns.\n")
    result = run(site, "index", "build", folder)
    assert "1 article and 1 quote in generation 000001 (whoosh); 1 added, 0 changed, 0 removed" in result.stdout
    assert result.stderr.count("versions of one article") == 20
    assert "4 more such versions of articles; the newest of each is kept.\n" in result.stderr


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Whoever runs the tests, they may not do everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


@pytest.mark.parametrize("words", [("build", "--if-none"), ("build",), ("update",), ("status",), ("verify",)])
def test_an_index_that_this_user_may_not_enter_is_told_with_the_mend(
    tmp_path: Path, unprivileged: None, words: tuple[str, ...]
) -> None:
    if os.geteuid() != 65534:
        tmp_path.chmod(0)
    site = create_app({"BACKFILE_ENGINE": f"whoosh:{tmp_path / 'index'}"})
    sources = (ROOT / "corpus" / "2019",) if words[0] in ("build", "update") else ()
    result = run(site, "index", *words, *sources)
    tmp_path.chmod(0o700) if os.geteuid() != 65534 else None
    assert (result.exit_code, result.stdout) == (1, "")
    assert "This user may not" in result.stderr
    assert "Errno" not in result.stderr


def test_a_lock_that_this_user_may_not_write_to_is_told(
    site: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(site, "index", "build", folder)
    opened = os.open

    def refuse(path: str | Path, *rest: int) -> int:
        if str(path).endswith("/lock"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    result = run(site, "index", "update", folder)
    assert result.stderr == (
        f"Error: This user may not write to {tmp_path / 'index' / 'lock'}: run as its owner, or give it to this user "
        "with chown -R.\n"
    )


@pytest.mark.parametrize("command", ["build", "status"])
def test_an_index_that_is_a_file_is_told_with_the_mend(folder: Path, command: str) -> None:
    site = create_app({"BACKFILE_ENGINE": f"whoosh:{folder / 'ferry.txt'}"})
    result = run(site, "index", command, *([folder] if command == "build" else []))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is not a folder" in result.stderr
    assert "BACKFILE_ENGINE" in result.stderr


def test_verifying_what_others_may_write_to_says_to_mend_the_permissions(
    site: Flask, folder: Path, tmp_path: Path
) -> None:
    run(site, "index", "build", folder)
    (tmp_path / "index" / "generations").chmod(0o775)
    result = run(site, "index", "verify")
    assert result.exit_code == 1
    assert "chmod -R go-w" in result.stderr
    assert "Build it again" not in result.stderr


@pytest.mark.parametrize("command", [("index", "status"), ("index", "verify"), ("index", "update", "archive")])
def test_without_an_index_one_sentence_says_how_to_make_one(site: Flask, command: tuple[str, ...]) -> None:
    result = run(site, *command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "flask index build SOURCE…" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_status_is_what_is_served(site: Flask, folder: Path) -> None:
    run(site, "index", "build", folder)
    assert run(site, "index", "status").stdout == "1 article and 1 quote in generation 000001 (whoosh)\n"


def test_a_whole_index_is_said_to_be_whole(site: Flask, folder: Path) -> None:
    run(site, "index", "build", folder)
    result = run(site, "index", "verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "whole" in result.stdout


def test_damage_is_named_with_its_file(site: Flask, folder: Path, tmp_path: Path) -> None:
    run(site, "index", "build", folder)
    segment = next((tmp_path / "index" / "generations" / "000001").glob("*.seg"))
    content = segment.read_bytes()
    segment.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    result = run(site, "index", "verify")
    assert result.exit_code == 1
    assert segment.name in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def several(tmp_path: Path) -> Path:
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps({"headline": f"No {n}", "body": "Boats sail."}) + "\n" for n in range(4)))
    return path


def test_an_article_is_shown_with_the_words_that_led_to_it(site: Flask, folder: Path) -> None:
    result = run(site, "articles", "show", folder / "ferry.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("Ferry service resumes\n")
    assert "“NORTHPORT, May 2. /Norwire/.”" in result.stdout
    assert "harbour master Ada Brandt said" in result.stdout


def test_several_articles_of_one_file_are_shown_one_below_the_other(site: Flask, several: Path) -> None:
    shown = run(site, "articles", "show", several).stdout
    assert [line for line in shown.splitlines() if line.startswith("No ")] == [f"No {n}" for n in range(4)]


def test_no_line_is_wider_than_the_terminal(site: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = run(site, "articles", "show", folder / "ferry.txt").stdout
    assert max(map(len, shown.splitlines())) <= 60


def test_one_article_as_json_is_one_object(site: Flask, folder: Path) -> None:
    result = run(site, "articles", "show", folder / "ferry.txt", "--json")
    assert result.exit_code == 0
    article = Article.from_json(json.loads(result.stdout))
    assert article.headline == "Ferry service resumes"
    assert [quote.speaker for quote in article.quotes] == ["Ada Brandt"]


def test_several_articles_as_json_are_an_array(site: Flask, several: Path) -> None:
    result = run(site, "articles", "show", several, "--json")
    assert [Article.from_json(found).headline for found in json.loads(result.stdout)] == [f"No {n}" for n in range(4)]


def test_where_files_lie_on_the_machine_is_not_told(site: Flask, folder: Path) -> None:
    shown = json.loads(run(site, "articles", "show", folder / "ferry.txt", "--json").stdout)
    exported = json.loads(run(site, "articles", "export", folder).stdout)
    assert (shown["source"]["path"], exported["source"]["path"]) == ("ferry.txt", "archive/ferry.txt")


def test_speakers_go_by_the_names_of_an_own_aliases_file(folder: Path, tmp_path: Path) -> None:
    aliases = tmp_path / "names.toml"
    aliases.write_text('[speakers]\n"Ada Brandt-Lund" = ["Ada Brandt"]\n')
    site = create_app({"BACKFILE_ENGINE": f"whoosh:{tmp_path / 'index'}", "BACKFILE_ALIASES": str(aliases)})
    run(site, "index", "build", folder)
    answer = site.test_client().get("/search.json?q=ferries").get_json()
    assert answer["hits"][0]["speakers"] == ["Ada Brandt-Lund"]
    assert answer["hits"][0]["source"]["path"] == "archive/ferry.txt"


def test_a_file_that_holds_no_article_shows_why(site: Flask, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    result = run(site, "articles", "show", folder / "empty.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "empty" in result.stderr


def test_an_export_is_one_object_a_line(site: Flask, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "strike.txt").write_text(TEXT.replace("Ferry service resumes", "Dockers strike"))
    result = run(site, "articles", "export", folder)
    found = [Article.from_json(json.loads(line)).headline for line in result.stdout.splitlines()]
    assert found == ["Ferry service resumes", "Dockers strike"]
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr


def test_an_export_into_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(
        "".join(json.dumps({"headline": f"No {n}", "body": "Boats sail. " * 200}) + "\n" for n in range(40))
    )
    command = [sys.executable, "-m", "flask", "articles", "export", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_second_writer_is_told_who_writes(site: Flask, folder: Path) -> None:
    with site.extensions["engine"].build():
        result = run(site, "index", "build", folder)
    assert result.exit_code == 1
    assert f"process {os.getpid()}" in result.stderr
    assert "Traceback" not in result.stderr
