"""`flask index …` and `flask articles …`: thin over building and reading.

Results go to standard output; progress, problems and errors to standard error, an error as one sentence. A command
that had to skip anything ends with status 1.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import chain, islice
from typing import ParamSpec

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from tqdm import tqdm

from search.articles.account import account
from search.articles.files import walk
from search.articles.model import Article, Problem, SourceFile
from search.articles.reading import Reader
from search.articles.topics import TopicTable
from search.index import building
from search.index.building import Options, Progress, Report
from search.index.engine import Engine, EngineError, NoIndex
from search.index.readers import Readers, batches

P = ParamSpec("P")

_MINUTE = 60.0
_WIDTH = 100  # columns of text, and fewer on a narrow terminal

index = AppGroup("index", help="Build the archive's index, keep it up to date, check it.")
articles = AppGroup("articles", help="See what is read from files, without an index.")

_SOURCES = click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(index)
    app.cli.add_command(articles)


def _has_index() -> bool:
    try:
        return bool(_engine().status())
    except NoIndex:
        return False


def _in_one_sentence(command: Callable[P, None]) -> Callable[P, None]:
    """What an engine raises on purpose is said, not traced."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (EngineError, OSError) as error:
            raise click.ClickException(str(error)) from error

    return run


@index.command()
@_SOURCES
@click.option("--if-none", is_flag=True, help="Do nothing where there is an index already.")
@_in_one_sentence
def build(sources: tuple[str, ...], if_none: bool) -> None:
    """Make a new index of folders, files or .jsonl(.gz); it is served only when complete."""
    if not (if_none and _has_index()):
        _run(building.build, sources)


@index.command()
@_SOURCES
@_in_one_sentence
def update(sources: tuple[str, ...]) -> None:
    """Bring the index up to date: only what was added, changed or removed since."""
    _run(building.update, sources)


@index.command()
@_in_one_sentence
def verify() -> None:
    """Read everything back and report damage, with file and reason."""
    count = 0
    for problem in _engine().verify():
        _say(problem)
        count += 1
    if count:
        raise click.ClickException(f"The index is damaged ({count} found). Build it again: flask index build SOURCE…")
    click.echo("The index is whole: " + _served())


@index.command()
@_in_one_sentence
def status() -> None:
    """Say what is being served."""
    click.echo(_served())


@articles.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="As JSON: an object, or an array of several articles.")
@_in_one_sentence
def show(file: str, as_json: bool) -> None:
    """Print what is read from one file, and the words that led to it."""
    skipped: list[Problem] = []
    found = _noted(_read((file,)), skipped)
    for line in _json_of(found) if as_json else _accounts_of(found):
        click.echo(line)
    _end(len(skipped))


@articles.command()
@_SOURCES
@_in_one_sentence
def export(sources: tuple[str, ...]) -> None:
    """Print what is read from many files, one JSON object a line."""
    skipped: list[Problem] = []
    try:
        for article in _noted(_read(sources), skipped):
            sys.stdout.write(json.dumps(article.as_json(), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough; nothing may be written when the process ends either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    _end(len(skipped))


class Display:
    """Progress: a bar on a terminal, a line a minute elsewhere; problems as they come."""

    def __init__(self) -> None:
        self._bar = tqdm(total=0, unit="B", unit_scale=True, disable=not sys.stderr.isatty(), leave=False)
        self._said = time.monotonic()

    def progress(self, progress: Progress) -> None:
        """Show how far the run has come."""
        self._bar.total = progress.total
        self._bar.set_description(f"{progress.articles:,} articles", refresh=False)
        self._bar.update(progress.done - self._bar.n)
        if self._bar.disable and time.monotonic() - self._said >= _MINUTE:
            self._said = time.monotonic()
            share = progress.done / progress.total if progress.total else 1
            click.echo(f"{progress.articles:,} articles read, {share:.0%} of the sources", err=True)

    def problem(self, problem: Problem) -> None:
        """Say what is wrong, above the bar."""
        with tqdm.external_write_mode(file=sys.stderr):
            _say(problem)

    def close(self) -> None:
        self._bar.close()


def _run(work: Callable[[Engine, Iterable[str], Options], Report], sources: tuple[str, ...]) -> None:
    display = Display()
    try:
        report = work(_engine(), sources, Options(_reader(), None, display.progress, display.problem))
    finally:
        display.close()
    changes = f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed"
    click.echo(f"{_served()}; {changes}")
    _end(report.skipped)


def _read(sources: tuple[str, ...]) -> Iterator[Article | Problem]:
    """What is read from all sources, in all cores."""
    problems: list[Problem] = []
    files: list[SourceFile] = []
    for source in walk(sources):
        if isinstance(source, Problem):
            problems.append(source)
        else:
            files.append(source)
    yield from problems
    with Readers(_reader()) as readers:
        for _, read in readers.read(batch for file in files for batch in batches(file)):
            yield from read


def _noted(found: Iterable[Article | Problem], skipped: list[Problem]) -> Iterator[Article]:
    """The articles; problems are said and kept."""
    for item in found:
        if isinstance(item, Problem):
            _say(item)
            skipped.append(item)
        else:
            yield item


def _served() -> str:
    found = _engine().status()
    return f"{found.articles:,} articles and {found.quotes:,} quotes in generation {found.generation} ({found.engine})"


def _accounts_of(articles: Iterable[Article]) -> Iterator[str]:
    width = min(shutil.get_terminal_size((_WIDTH, 24)).columns, _WIDTH)
    for number, article in enumerate(articles):
        yield ("\n" + "-" * width + "\n" if number else "") + account(article, _topics(), width)


def _json_of(articles: Iterator[Article]) -> Iterator[str]:
    """One article as an object, several as an array, as they come."""
    some = list(islice(articles, 2))
    if len(some) == 1:
        yield _readable(some[0])
    elif some:
        yield "["
        for number, article in enumerate(chain(some, articles)):
            yield ("," if number else "") + _readable(article)
        yield "]"


def _readable(article: Article) -> str:
    return json.dumps(article.as_json(), ensure_ascii=False, indent=2)


def _say(problem: Problem) -> None:
    click.echo(f"{problem.path}: {problem.message}", err=True)


def _end(skipped: int) -> None:
    if skipped:
        click.echo(f"{skipped:,} could not be read and were skipped." if skipped > 1 else "1 was skipped.", err=True)
        raise SystemExit(1)


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine


def _reader() -> Reader:
    reader: Reader = current_app.extensions["reader"]
    return reader


def _topics() -> TopicTable:
    topics: TopicTable = current_app.extensions["topics"]
    return topics
