"""The benchmark of reading: what it measures, and what it says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.reading import Cost, Measured, main, measure, table
from bench.wirecopy import articles, write


def test_every_stage_and_all_of_them_are_measured(tmp_path: Path) -> None:
    write(articles(6), tmp_path)
    measured = measure(tmp_path, rounds=1)
    assert list(measured.costs) == ["reading", "quotes", "topics", "all"]
    assert measured.articles == 6
    assert 300 < measured.words / 6 < 400


def test_the_stages_add_up_to_all(tmp_path: Path) -> None:
    write(articles(6), tmp_path)
    costs = measure(tmp_path, rounds=1).costs
    assert costs["reading"].cpu + costs["quotes"].cpu + costs["topics"].cpu == pytest.approx(costs["all"].cpu)


def test_a_rate_is_articles_by_the_time_of_the_processor() -> None:
    assert Measured(500, 175_000, {"all": Cost(cpu=0.25, wall=4.0)}).rate("all") == 2000


def test_the_table_has_a_line_for_each_stage() -> None:
    lines = table(Measured(500, 175_000, {"quotes": Cost(0.2, 0.3), "all": Cost(0.25, 0.4)})).splitlines()
    assert lines[0] == "500 articles of 350 words; times for one core"
    assert lines[-2].split() == ["quotes", "0.20", "0.30", "400", "2,500"]
    assert lines[-1].split() == ["all", "0.25", "0.40", "500", "2,000"]


def test_the_command_measures_articles_made_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--articles", "3", "--json", str(tmp_path / "figures.json")])
    assert capsys.readouterr().out.startswith("3 articles of 3")
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["articles"] == 3
    assert set(figures["stages"]["all"]) == {"cpu", "wall", "articles_per_second"}


def test_the_command_measures_a_folder_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Orva cuts ferries\n\nPORT ARELLA, June 4. /TASS/. Four boats stay in port.\n")
    main(["--source", str(tmp_path)])
    assert capsys.readouterr().out.startswith("1 articles of 5 words")


def test_a_folder_without_articles_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no articles"):
        main(["--source", str(tmp_path)])
