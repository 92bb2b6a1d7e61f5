"""Whatever is raised over damaged files is one sentence naming the file; a fault of the program stays what it is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.index import open_dir

from app import create_app
from search.index.engine import DamagedIndex, EngineError, UntrustedIndex
from search.index.whoosh import WhooshEngine
from search.index.whoosh import engine as module
from search.index.whoosh.columnar.segmentfile import SegmentFile
from search.query.nodes import Phrase, Term
from search.query.results import Question
from tests.index.conftest import IndexOf
from tests.index.making import article, source
from tests.index.whoosh.making import generation

ARCHIVE = [article(f"a{n}", f"Boats sail to island {n}.", said={f"We sail {n}": "Ada Brandt"}) for n in range(5)]
READS: list[Callable[[WhooshEngine], object]] = [
    lambda engine: engine.search(Question(node=Term(None, "boats"))),
    lambda engine: engine.search(Question(node=Phrase(None, ("boats", "sail")))),
    lambda engine: engine.search(Question(documents="quote", node=Term(None, "sail"))),
    lambda engine: list(engine.every(Question()).hits),
    lambda engine: [engine.article(f"a{n}") for n in range(5)],
    lambda engine: engine.status(),
    lambda engine: list(engine.verify()),
]


@pytest.fixture
def folder(index_of: IndexOf, tmp_path: Path) -> Path:
    return index_of(ARCHIVE, tmp_path / "index")


def update(engine: WhooshEngine) -> None:
    with engine.update() as writer:
        writer.put(source("more.txt"), [article("more", "More boats.")])
        writer.remove(["a3"])
        writer.commit()


def overwrite_stored(folder: Path) -> Path:
    """Other bytes where the first segment keeps its articles; returns the segment's file."""
    path = next(generation(folder).glob("MAIN_*.seg"))
    stored = SegmentFile(path).arrays["stored.blob"]
    content = path.read_bytes()
    start = content.index(stored.tobytes())
    path.write_bytes(content[:start] + b"\xe5" * len(stored) + content[start + len(stored) :])
    return path


def overwrite(path: Path, share: float) -> None:
    """Other bytes from this share of the file on, as many as before."""
    content = path.read_bytes()
    start = int(len(content) * share)
    path.write_bytes(content[:start] + b"\xe5" * min(64, len(content) - start) + content[start + 64 :])


@pytest.mark.parametrize("ending", [".seg", ".toc", ".json", ".sqlite"])
def test_bytes_overwritten_in_any_file_raise_nothing_but_errors_of_the_engine(
    folder: Path, tmp_path: Path, ending: str
) -> None:
    for file in generation(folder).glob(f"*{ending}"):
        for share in (0.0, 0.6):
            damaged = shutil.copytree(folder, tmp_path / f"{file.name} {share}", symlinks=True)
            overwrite(generation(damaged) / file.name, share)
            for act in (*READS, update):
                with suppress(EngineError):
                    act(WhooshEngine(damaged, timeout=60))


def test_a_damaged_stored_article_is_named_by_its_file(folder: Path) -> None:
    stored = overwrite_stored(folder)
    for read in (READS[0], READS[3], READS[4]):
        with pytest.raises(DamagedIndex, match=stored.name):
            read(WhooshEngine(folder))


PATTERNS = ["MAIN_*.seg", "quotes_*.seg", "_MAIN_*.toc", "_quotes_*.toc", "*.json", "*.sqlite"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_bit_turned_in_a_header_or_a_table_of_contents_is_refused_when_it_is_opened(
    folder: Path, pattern: str
) -> None:
    for path in generation(folder).glob(pattern):
        content = path.read_bytes()
        for at in range(0, min(len(content), 1_000), 37):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            with pytest.raises(DamagedIndex, match=re.escape(path.name)):
                WhooshEngine(folder).status()
        path.write_bytes(content)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_file_that_was_cut_short_is_refused_when_it_is_opened(folder: Path, pattern: str) -> None:
    for path in generation(folder).glob(pattern):
        content = path.read_bytes()
        for left in (0, len(content) // 2, len(content) - 1):
            path.write_bytes(content[:left])
            with pytest.raises(DamagedIndex, match=re.escape(path.name)):
                WhooshEngine(folder).status()
        path.write_bytes(content)


@pytest.mark.parametrize("name", ["_MAIN_99.toc", "names.changes.sqlite"])
def test_a_foreign_file_that_would_be_read_is_refused(folder: Path, name: str) -> None:
    (generation(folder) / name).touch(0o644)
    with pytest.raises(DamagedIndex, match=re.escape(name)):
        WhooshEngine(folder).status()


def test_what_another_program_leaves_beside_the_files_stops_nobody(folder: Path) -> None:
    with pytest.raises(ReadOnlyError):
        open_dir(str(generation(folder)), readonly=True).writer()
    assert WhooshEngine(folder).status().articles == len(ARCHIVE)
    assert [Path(problem.path).name for problem in WhooshEngine(folder).verify()] == ["MAIN.tmp", "MAIN_WRITELOCK"]


def test_files_that_vanish_from_under_an_open_engine_are_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(folder)
    engine.status()

    def read(*_: object) -> None:
        (generation(folder) / "files.json").read_bytes()

    shutil.rmtree(generation(folder))
    monkeypatch.setattr(module, "answer", read)
    with pytest.raises(DamagedIndex, match="no longer there"):
        engine.search(Question())


def test_a_fault_of_the_program_over_whole_files_is_not_taken_for_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a fault")

    monkeypatch.setattr(module, "answer", broken)
    with pytest.raises(KeyError, match="a fault"):
        WhooshEngine(folder).search(Question())


def test_a_damaged_archive_answers_503_and_one_sentence(folder: Path) -> None:
    stored = overwrite_stored(folder)
    site: Flask = create_app({"BACKFILE_ENGINE": f"whoosh:{folder}"})
    for address in ("/", "/search?q=boats", "/articles/a0", "/search.json?q=boats", "/quotes"):
        response = site.test_client().get(address)
        assert (response.status_code, "Traceback" in response.text) == (503, False)
        assert stored.name not in response.text


def test_commands_over_a_damaged_index_say_one_sentence(folder: Path) -> None:
    segment = next(generation(folder).glob("MAIN_*.seg"))
    overwrite(segment, 0.0)
    site: Flask = create_app({"BACKFILE_ENGINE": f"whoosh:{folder}"})
    for words in (["index", "status"], ["index", "update", str(folder.parent)]):
        result = site.test_cli_runner().invoke(args=words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"Error: The index's file {segment.name} ")
        assert result.stderr.count("\n") == 1


def test_an_index_that_others_may_write_to_is_no_damage_to_build_again(folder: Path) -> None:
    for path in (folder, generation(folder), next(generation(folder).glob("*.seg"))):
        path.chmod(path.stat().st_mode | 0o020)
        with pytest.raises(UntrustedIndex, match="chmod -R go-w"):
            list(WhooshEngine(folder).verify())
        path.chmod(path.stat().st_mode & ~0o020)


def test_a_list_of_files_that_goes_on_opening_brackets_is_damage(folder: Path) -> None:
    (generation(folder) / "files.json").write_bytes(b"[" * 100_000)
    with pytest.raises(DamagedIndex, match=re.escape("files.json")):
        WhooshEngine(folder).status()
