"""The README is true: its commands, settings, parameters and examples exist and do what it says."""

import json
import re
import shlex
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click import Group
from flask import Flask
from whoosh.index import open_dir
from whoosh.query import Term

from app import ROOT, Settings, create_app
from search.articles import aliases, topics
from search.query.syntax import parse

README = (ROOT / "README.md").read_text(encoding="utf-8")
DEFAULTS_IN_WORDS = {
    "topics": str(topics.SHIPPED.relative_to(ROOT)),
    "aliases": str(aliases.SHIPPED.relative_to(ROOT)),
    "base_url": "the address that was asked",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site over the demonstration archive, indexed by the command."""
    folder = tmp_path_factory.mktemp("demonstration")
    app = create_app({"BACKFILE_ENGINE": f"whoosh:{folder / 'index'}", "BACKFILE_TIMEOUT": "60"})
    done = app.test_cli_runner().invoke(args=["index", "build", str(ROOT / "corpus")])
    assert done.exit_code == 0, done.output
    return app


def shell_lines() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, head and ruler left out."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def test_every_make_target_that_it_names_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"serve", "test", "check"} <= named <= targets


def test_every_command_that_it_shows_exists(archive: Flask) -> None:
    shown = [shlex.split(line)[1:] for line in shell_lines() if "flask " in line]
    assert len(shown) >= 4
    for group, command, *_ in shown:
        assert archive.test_cli_runner().invoke(args=[group, command, "--help"]).exit_code == 0


def test_its_table_lists_every_command(archive: Flask) -> None:
    groups = {name: archive.cli.commands[name] for name in ("index", "articles")}
    commands = {
        f"{name} {each}" for name, group in groups.items() if isinstance(group, Group) for each in group.commands
    }
    assert {" ".join(re.findall(r"flask (\w+ \w+)", row[0])) for row in table("Commands")} == commands


@pytest.mark.parametrize("command", [["index", "verify"], ["index", "status"], ["index", "update", "corpus"]])
def test_commands_on_the_archive_succeed(archive: Flask, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert archive.test_cli_runner().invoke(args=command).exit_code == 0


def test_the_file_that_it_shows_is_read_as_it_says(archive: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = next(shlex.split(line)[1:] for line in shell_lines() if "articles show" in line)
    runner = archive.test_cli_runner()
    assert "“PORT ELSIN, September 10. /MNA/.”" in runner.invoke(args=shown).output
    article = json.loads(runner.invoke(args=[*shown, "--json"]).output)
    assert (article["section"], article["published"], article["dateline"]["place"]) == (
        "All news",
        "2019-09-10",
        "Port Elsin",
    )


def test_its_table_lists_every_setting_with_its_default() -> None:
    listed = {row[0].strip("`").removeprefix("BACKFILE_").lower(): row[1].strip("`") for row in table("Settings")}
    known = {field.name: DEFAULTS_IN_WORDS.get(field.name, str(field.default)) for field in fields(Settings)}
    assert listed == known


def query_examples() -> list[str]:
    cells = [row[0] for row in table("Searching")]
    return [example for cell in cells for example in re.findall(r"`([^`]+)`", cell) if example not in _NAMES]


_NAMES = {"headline lead body said speaker role topic sector place agency"}


@pytest.mark.parametrize("query", query_examples())
def test_its_queries_are_understood(query: str) -> None:
    assert parse(query).diagnostics == ()


@pytest.mark.parametrize("query", [example for example in query_examples() if example != "(a OR b) c"])
def test_its_queries_find_something(archive: Flask, query: str) -> None:
    answer = archive.test_client().get("/search.json", query_string={"q": query}).get_json()
    assert answer["total"] > 0


def test_its_requests_answer_with_what_they_ask_for(archive: Flask) -> None:
    addresses = [urlsplit(shlex.split(line)[1]) for line in shell_lines() if line.startswith("curl")]
    answers = [archive.test_client().get(f"{address.path}?{address.query}") for address in addresses]
    assert answers[0].get_json()["total"] > 0
    assert len(answers[1].get_data(as_text=True).splitlines()) > 1


def test_whoosh_opens_the_index_as_it_says(archive: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder,) = re.findall(r'`whoosh\.index\.open_dir\("(.+?)", readonly=True\)`', README)
    monkeypatch.chdir(archive.extensions["engine"].path.parent)
    with open_dir(folder, readonly=True).searcher() as searcher:
        assert len(searcher.search(Term("headline", "strike"))) > 0


def test_its_server_is_the_one_that_make_serve_starts() -> None:
    makefile = (ROOT / "Makefile").read_text()
    options = re.findall(r"--[\w-]+(?: [\w.]+)?", README.split("bin/gunicorn ")[1].split("```")[0])
    assert len(options) == 6
    made = makefile.replace("$(PORT)", "8000").replace("$(WORKERS)", "2")
    assert [option for option in options if option not in made] == []


@pytest.mark.parametrize("page", ["/quotes", "/speakers", "/topics", "/places", "/browse", "/api"])
def test_its_pages_exist(archive: Flask, page: str) -> None:
    assert f"`{page}`" in README
    assert archive.test_client().get(page).status_code == 200


def test_its_picture_exists() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000


def test_its_relative_links_exist() -> None:
    for target in re.findall(r"(?<!!)\[[^\]]+\]\((?!http)([^)#]+)\)", README):
        assert Path(ROOT / target).exists()
