"""The formats: one reader each, and every way in which their files can be broken."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.articles.files import records
from search.articles.formats.records import LARGEST, Record, format_of
from search.articles.model import Problem
from tests.examples import examples


def _file(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def _problems(path: str) -> list[str]:
    return [record.message for record in records(path) if isinstance(record, Problem)]


def _records(path: str) -> list[Record]:
    return [record for record in records(path) if isinstance(record, Record)]


def test_the_name_tells_the_format() -> None:
    assert [format_of(name) for name in ("a.txt", "A.JSONL", "a.jsonl.gz", "a.msg")] == [
        "text",
        "jsonl",
        "jsonl",
        "text",
    ]


def test_a_text_file_is_one_record(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", "Orva cuts ferries\r\n\r\nThe company.")
    (record,) = _records(path)
    assert (record.text, record.source.path, record.source.format) == (
        "Orva cuts ferries\n\nThe company.",
        path,
        "text",
    )
    assert record.modified == Path(path).stat().st_mtime_ns


def test_a_line_of_json_is_a_record(tmp_path: Path) -> None:
    values = {
        "id": 17,
        "title": "Orva cuts ferries",
        "body": ["One.", "Two."],
        "byline": ["Ilva Morn", "Teo Brask"],
        "date": "26-FEB-1987 15:01",
        "url": "https://news.invalid/17",
        "language": "en",
        "agency": "ONA",
        "place": "Orva",
        "section": "Sea",
        "lead": "Fewer boats",
        "dateline": "ORVA, Feb 26 -",
        "other": {"x": 1},
    }
    (record,) = _records(_file(tmp_path, "a.jsonl", json.dumps(values)))
    assert (record.source.id, record.source.url, record.headline) == (
        "17",
        "https://news.invalid/17",
        "Orva cuts ferries",
    )
    assert (record.text, record.byline, record.date) == ("One.\n\nTwo.", "Ilva Morn, Teo Brask", "26-FEB-1987 15:01")
    assert (record.agency, record.place, record.dateline, record.line) == ("ONA", "Orva", "ORVA, Feb 26 -", 1)


def test_headline_and_text_are_other_names_for_title_and_body(tmp_path: Path) -> None:
    (record,) = _records(_file(tmp_path, "a.jsonl", '{"headline": "H", "text": "T", "author": "A"}'))
    assert (record.headline, record.text, record.byline) == ("H", "T", "A")


def test_gzipped_lines_are_read(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.jsonl.gz", gzip.compress(b'{"title": "One"}\n\n{"title": "Two"}\n'))
    assert [record.headline for record in _records(path)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", "line 2: not a JSON object"),
        ('"x"', "line 2: not a JSON object"),
        ('{"title": {"a": 1}}', "line 2: title is not text"),
        ('{"title": "x", "body": [1]}', "line 2: body is not text"),
        ('{"title": "x", "place": "' + "x" * 3000 + '"}', "line 2: place is longer than 2,000 characters"),
        ("[" * 100_000, "line 2: not JSON"),
        ('{"id": ' + "9" * 5000 + "}", "line 2: not JSON"),
        ("\x00\x01", "line 2: not text"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path, line: str, words: str) -> None:
    path = _file(tmp_path, "a.jsonl", f'{{"title": "One"}}\n{line}\n{{"title": "Three"}}')
    (problem,) = _problems(path)
    assert problem.startswith(words)
    assert [record.headline for record in _records(path)] == ["One", "Three"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "not text"),
        ("a.txt", "Порт Орва закрыт на зиму".encode("koi8-r"), "not text"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", '{"title": "One"}\n'.encode("utf-16"), "line 1: UTF-16"),
        ("a.jsonl.gz", b"", "empty"),
        ("a.jsonl.gz", b'{"title": "One"}', "damaged gzip file after line 0"),
        ("a.jsonl.gz", gzip.compress(b'{"title": "One"}\n' * 9, mtime=0)[:-12], "damaged gzip file after line"),
    ],
)
def test_what_cant_be_read_is_reported(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert _problems(_file(tmp_path, name, data))[-1].startswith(words)


def test_fifty_megabytes_in_one_line_are_reported(tmp_path: Path) -> None:
    line = b"x" * 50_000_000
    assert _problems(_file(tmp_path, "a.txt", line))[-1].startswith("larger than 8 MB")
    assert _problems(_file(tmp_path, "a.jsonl", line))[-1].startswith("line 1: longer than 8 MB")


def test_a_line_that_unpacks_without_end_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as bomb:
        for _ in range(300):
            bomb.write(b" " * 1_000_000)
    assert _problems(str(path))[-1].startswith("line 1: given up after 256 MB")


def test_a_line_beyond_the_bound_does_not_end_the_run(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.jsonl", b'{"title": "' + b"x" * LARGEST + b'"}\n{"title": "Two"}')
    assert [record.headline for record in _records(path)] == ["Two"]


def test_a_file_of_anything_but_articles_is_given_up(tmp_path: Path) -> None:
    problems = _problems(_file(tmp_path, "a.jsonl", "x\n" * 20_000))
    assert len(problems) < 11_000
    assert "given up" in problems[-1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.jsonl", "a.jsonl.gz"]))
def test_any_bytes_are_records_or_problems(tmp_path: Path, data: bytes, name: str) -> None:
    assert all(isinstance(record, Record | Problem) for record in records(_file(tmp_path, name, data)))


def test_a_text_file_longer_than_most_is_read_whole(tmp_path: Path) -> None:
    text = "Orva cuts ferries.\n" * 10_000
    path = tmp_path / "a.txt"
    path.write_text(text)
    (record,) = records(path)
    assert isinstance(record, Record)
    assert record.text == text
