"""Reading in many processes: order, bounds, and records that raise or end the process that reads them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search.articles.files import Record
from search.articles.model import Article, Paragraph, Problem, Source, SourceFile, Topic
from search.articles.reading import Reader
from search.index.readers import Batch, Readers, batches

SOURCE = SourceFile("invented.jsonl", 1, 1)


class Trap:
    """In the place of the topics: raises for one headline, ends the process for another."""

    def classify(
        self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]
    ) -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
        if headline == "Deadly":
            os._exit(3)
        if headline == "Raising":
            raise RuntimeError("a fault in the reader")
        return (), ()


def record(headline: str) -> Record:
    return Record(Source("invented.jsonl", format="jsonl"), "NORTHPORT - Boats sail.", headline=headline)


def made(*sizes: int, **odd: str) -> Iterator[Batch]:
    """Batches of records named by number, those in `odd` (n3="…") named otherwise."""
    number = 0
    for size in sizes:
        records = []
        for _ in range(size):
            records.append(record(odd.get(f"n{number}", f"Number {number}")))
            number += 1
        yield Batch(SOURCE, tuple(records), last=False)


def headlines(found: Iterable[tuple[Batch, list[Article | Problem]]]) -> list[str]:
    return [each.headline if isinstance(each, Article) else each.message for _, read in found for each in read]


@pytest.fixture
def readers() -> Iterator[Readers]:
    trap: Any = Trap()
    with Readers(Reader(trap), processes=2) as opened:
        yield opened


def test_few_records_are_read_in_this_process(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_open", lambda: pytest.fail("a process was started"))
    assert headlines(readers.read(made(3, 2))) == [f"Number {n}" for n in range(5)]


def test_many_records_come_back_in_order(readers: Readers) -> None:
    assert headlines(readers.read(made(*[20] * 12))) == [f"Number {n}" for n in range(240)]


def test_a_record_that_raises_is_named_and_the_rest_goes_on(readers: Readers) -> None:
    found = headlines(readers.read(made(3, n1="Raising")))
    assert found[0::2] == ["Number 0", "Number 2"]
    assert "a fault in the reader" in found[1]


def test_a_record_that_ends_its_process_is_named_and_the_rest_goes_on(readers: Readers) -> None:
    found = headlines(readers.read(made(*[20] * 8, n30="Deadly", n31="Deadly", n70="Deadly")))
    dead = {30, 31, 70}
    assert [found[n] for n in range(160) if n not in dead] == [f"Number {n}" for n in range(160) if n not in dead]
    assert {found[n] for n in dead} == {"reading it ended the process that read it"}


def test_problems_among_the_records_pass_through_in_their_place(readers: Readers) -> None:
    problem = Problem("invented.jsonl", "line 2: not JSON")
    batch = Batch(SOURCE, (record("Number 0"), problem, record("Number 1")), last=True)
    assert headlines(readers.read([batch])) == ["Number 0", "line 2: not JSON", "Number 1"]


def test_a_source_without_records_is_one_last_batch_with_its_problem(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    (only,) = batches(SourceFile(str(tmp_path / "empty.jsonl"), 0, 1))
    assert only.last
    assert [type(each) for each in only.records] == [Problem]


def test_a_long_source_is_cut_into_batches_of_which_the_last_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text('{"headline": "Boats", "body": "They sail."}\n' * 200)
    found = list(batches(SourceFile(str(path), 1, 1)))
    assert sum(len(batch.records) for batch in found) == 200
    assert [batch.last for batch in found] == [False] * (len(found) - 1) + [True]
