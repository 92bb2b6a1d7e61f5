"""The benchmark of engines, run small: all do the same job, and what is printed and kept is what was measured."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import count
from math import isfinite
from pathlib import Path
from typing import Any

import pytest

from bench import indexing, measuring
from bench.__main__ import main
from bench.archive import Archive
from bench.asking import Ask, mix
from bench.engines.backfile import Backfile
from bench.engines.base import FACETS, Contestant
from bench.engines.fts5 import Fts5
from bench.engines.whoosh import Whoosh
from bench.generating import articles
from search.articles.model import Article

_MANY = 150


@pytest.fixture(scope="module", autouse=True)
def one_round() -> Iterator[None]:
    """Several rounds make the times steadier, nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "_ROUNDS", 1)
        patch.setattr(indexing, "_ROUNDS", 1)
        yield


@pytest.fixture(scope="module")
def generated() -> list[Article]:
    return list(articles(_MANY))


@pytest.fixture(scope="module")
def asks(generated: list[Article]) -> list[Ask]:
    return mix(generated)


@pytest.fixture(scope="module")
def backfile(generated: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Contestant:
    return _ready(Backfile(tmp_path_factory.mktemp("backfile")), generated)


def test_fts5_counts_what_backfile_counts(
    backfile: Contestant, generated: list[Article], asks: list[Ask], tmp_path: Path
) -> None:
    _assert_same_counts(backfile, _ready(Fts5(tmp_path), generated), asks)


def test_stock_whoosh_counts_what_backfile_counts(
    backfile: Contestant, generated: list[Article], asks: list[Ask], tmp_path: Path
) -> None:
    _assert_same_counts(backfile, _ready(Whoosh(tmp_path), generated), asks[::3] + asks[-18:])


@pytest.mark.skipif(importlib.util.find_spec("tantivy") is None, reason="tantivy is not installed")
def test_tantivy_counts_what_backfile_counts(
    backfile: Contestant, generated: list[Article], asks: list[Ask], tmp_path: Path
) -> None:
    from bench.engines.tantivy import Tantivy

    _assert_same_counts(backfile, _ready(Tantivy(tmp_path), generated), asks)


def test_the_job_is_ten_hits_with_snippets_six_facets_and_the_months(backfile: Contestant) -> None:
    everything = backfile.job(Ask("all"))
    assert everything.total == _MANY
    assert (len(everything.hits), len(everything.snippets)) == (10, 10)
    assert set(everything.facets) == {*FACETS, "year"}
    assert sum(everything.facets["year"].values()) == sum(everything.months.values()) == _MANY


def test_the_mix_has_every_kind_of_question(asks: list[Ask]) -> None:
    assert len(asks) >= 100
    assert {ask.kind for ask in asks} == {
        "common",
        "middling",
        "rare",
        "and",
        "or",
        "phrase",
        "filter",
        "newest",
        "all",
    }


def test_the_first_of_more_articles_are_the_same(generated: list[Article]) -> None:
    assert list(articles(10)) == generated[:10]


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[str, Any]]:
    """A run: the folder it worked in, what it printed, and the figures that it wrote."""
    folder, printed = tmp_path_factory.mktemp("first"), io.StringIO()
    with redirect_stdout(printed):
        figures = _run(folder)
    return folder, printed.getvalue(), figures


@pytest.fixture
def folder(first_run: tuple[Path, str, dict[str, Any]], tmp_path: Path) -> Path:
    """The folder of the run, with the indexes that it kept, for one test alone."""
    return shutil.copytree(first_run[0], tmp_path / "run", symlinks=True)


def test_a_run_prints_the_table_and_writes_the_figures(first_run: tuple[Path, str, dict[str, Any]]) -> None:
    _, printed, figures = first_run
    assert "whole job, ms p99" in printed
    assert "backfile against fts5" in printed
    assert "All engines counted the same" in printed
    assert "fts5 has no facets" in printed
    assert figures["articles"] == _MANY
    for measured in figures["engines"].values():
        assert measured["top10_ms"]["p50"] <= measured["job_ms"]["p99"]
        assert 0 < measured["top10_cpu_ms"]["p50"] <= measured["job_cpu_ms"]["p99"]
        assert measured["index_docs_per_s"] > 0
        assert measured["index_bytes_per_text_byte"] > 0
        assert measured["peak_mb"] > 0


def test_a_repeat_with_kept_indexes_indexes_nothing(
    first_run: tuple[Path, str, dict[str, Any]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_indexed", None)
    again = _run(folder)
    for name, measured in first_run[2]["engines"].items():
        assert measured["index_docs_per_s"] == again["engines"][name]["index_docs_per_s"]


def test_an_index_of_other_articles_is_made_again(folder: Path) -> None:
    lines = [json.dumps(article.as_json()) for article in articles(_MANY)]
    source = folder / "articles.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    (folder / "kept" / "fts5" / "leftover").write_text("")
    _run(folder, "--source", str(source))
    assert not (folder / "kept" / "fts5" / "leftover").exists()


def test_an_engine_that_counts_differently_is_told_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Fts5, "_facet", lambda *_: {"Elsewhere": 1})
    assert main(_arguments(folder)) == 1
    assert "facets: backfile" in capsys.readouterr().out


def test_an_unknown_engine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--engines", "backfile,grep"])
    assert "no such engine: grep" in capsys.readouterr().err


def _ready(engine: Contestant, listed: list[Article]) -> Contestant:
    engine.index(listed)
    engine.open()
    return engine


def _assert_same_counts(one: Contestant, other: Contestant, asks: list[Ask]) -> None:
    for ask in asks:
        assert measuring.counts(one.job(ask)) == measuring.counts(other.job(ask)), ask
        assert len(one.top10(ask)) == len(other.top10(ask)), ask


def _arguments(folder: Path, *more: str) -> list[str]:
    figures = str(folder / "figures.json")
    kept = str(folder / "kept")
    return ["--articles", str(_MANY), "--engines", "backfile,fts5", "--keep", kept, "--json", figures, *more]


def _run(folder: Path, *more: str) -> dict[str, Any]:
    assert main(_arguments(folder, *more)) == 0
    figures: dict[str, Any] = json.loads((folder / "figures.json").read_text())
    return figures


def test_an_engine_without_time_for_all_questions_is_judged_by_those_it_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = count()
    monkeypatch.setattr(time, "perf_counter", lambda: next(seconds))
    asks = [Ask("rare", (f"word{n}",)) for n in range(20)]
    answered: list[Ask] = []

    def answer(ask: Ask) -> int:
        answered.append(ask)
        return len(answered)

    best, _, answers = measuring.timed(answer, asks, most=30)
    assert 0 < len(answered) < len(asks)
    assert [found is not None for found in answers] == [ask in answered for ask in asks] == list(map(isfinite, best))


def test_an_archive_gives_the_same_articles_each_time(generated: list[Article]) -> None:
    archive = Archive(_MANY)
    assert (len(archive), list(archive), list(archive)) == (_MANY, generated, generated)


def test_an_empty_archive_has_no_articles(tmp_path: Path) -> None:
    assert list(Archive(9, str(tmp_path))) == []


def test_articles_of_ones_own_are_read_as_an_index_reads_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Orva cuts ferries\n\nVESHT, February 4. /WNA/. Four boats will sail.\n", "utf-8")
    (tmp_path / "b.jsonl").write_text('{"headline": "Orva adds ferries", "body": "Five boats will sail."}\n', "utf-8")
    own = Archive(9, str(tmp_path))
    assert (len(own), [found.headline for found in own]) == (2, ["Orva cuts ferries", "Orva adds ferries"])
    assert main(["--source", str(tmp_path), "--engines", "backfile"]) == 2
    assert "too few articles" in capsys.readouterr().err
