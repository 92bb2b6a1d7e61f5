"""Reading in many processes: order, bounds, and records that raise or end the process that reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
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


def test_small_sources_are_read_together(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    submit = readers._submit

    def noted(records: Sequence[Record | Problem]) -> Future[list[Article | Problem]]:
        sent.append(len(records))
        return submit(records)

    monkeypatch.setattr(readers, "_submit", noted)
    assert headlines(readers.read(made(*[1] * 450))) == [f"Number {n}" for n in range(450)]
    assert sent == [200, 200, 50]


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
    path.write_text('{"headline": "Boats", "body": "They sail."}\n' * 500)
    found = list(batches(SourceFile(str(path), 1, 1)))
    assert sum(len(batch.records) for batch in found) == 500
    assert len(found) == 3
    assert [batch.last for batch in found] == [False] * (len(found) - 1) + [True]


def test_long_records_are_not_read_together(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text("".join(json.dumps({"headline": "Boats", "body": "a" * 700_000}) + "\n" for _ in range(3)))
    assert [len(batch.records) for batch in batches(SourceFile(str(path), 1, 1))] == [1, 1, 1]


_KILLED = """
import os, threading
from multiprocessing import util
from search.articles.reading import Reader
from search.index.readers import Readers

spawn = util.spawnv_passfds

def spawn_and_die(path, words, descriptors):
    if any("spawn_main" in str(word) for word in words):
        threading.Timer(0.02, os.kill, (os.getpid(), 9)).start()
    return spawn(path, words, descriptors)

util.spawnv_passfds = spawn_and_die
Readers(Reader(), processes=1)._open().submit(int)
threading.Event().wait()
"""


def test_workers_end_without_a_word_when_their_parent_is_killed() -> None:
    command = [sys.executable, "-c", _KILLED]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False, timeout=60)
    assert killed.returncode == -9
    assert b"Traceback" not in killed.stderr
