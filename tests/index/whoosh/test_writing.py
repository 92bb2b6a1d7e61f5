"""Publishing: only what is complete, durable and nobody else's to change is served."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.index.engine import DamagedIndex, IndexLocked
from search.index.whoosh import WhooshEngine, compacting, folder
from search.index.whoosh.columnar import batching
from search.index.whoosh.columnar.segmentfile import SegmentFile
from tests.index.conftest import IndexOf
from tests.index.making import article, source
from tests.index.whoosh.archive import OLD, opened, rebuild, states, update, with_many_segments


@pytest.fixture
def engine(index_of: IndexOf, tmp_path: Path) -> WhooshEngine:
    index_of(OLD, tmp_path / "index")
    return opened(tmp_path)


def test_the_holder_of_the_lock_is_named(engine: WhooshEngine, tmp_path: Path) -> None:
    with engine.update(), pytest.raises(IndexLocked, match=f"process {os.getpid()}"), opened(tmp_path).update():
        pass


def test_the_served_generation_and_the_one_before_are_kept(engine: WhooshEngine, tmp_path: Path) -> None:
    for number in range(4):
        with engine.update() as writer:
            writer.put(source("new.txt"), [article(f"new{number}")])
            writer.commit()
    kept = sorted(path.name for path in (tmp_path / "index" / "generations").iterdir())
    assert kept == ["000004", "000005"]
    assert (tmp_path / "index" / "current").readlink() == Path("generations/000005")


def test_an_update_shares_the_files_that_did_not_change(engine: WhooshEngine, tmp_path: Path) -> None:
    update(engine)
    first, second = sorted((tmp_path / "index" / "generations").iterdir())
    shared = {
        path.name for path in second.iterdir() if (first / path.name).exists() and path.samefile(first / path.name)
    }
    assert any(name.endswith(".seg") for name in shared)


def test_a_moved_index_is_served_from_where_it_is(engine: WhooshEngine, tmp_path: Path) -> None:
    update(engine)
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    assert states(WhooshEngine(tmp_path / "elsewhere")) == (2, 1)


def test_what_reads_back_wrong_is_not_published(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SegmentFile, "damages", lambda self: iter(["the array days is not as it was written"]))
    with pytest.raises(DamagedIndex, match="read back"):
        update(engine)
    monkeypatch.undo()
    assert states(engine) == (3, 0)


def test_nothing_is_written_into_a_folder_that_others_may_write_to(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index").chmod(0o777)
    with pytest.raises(DamagedIndex, match="Others may write"), opened(tmp_path).build():
        pass


def test_written_files_are_nobody_elses_to_change_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = opened(tmp_path)
        with made.build() as writer:
            writer.put(source(), OLD)
            writer.commit()
        assert made.status().articles == 3
    finally:
        os.umask(before)


def segments(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "index" / "current").glob("MAIN_*.seg"))


@pytest.mark.parametrize("memory", [50_000, 1 << 30], ids=["many segments", "a segment a process"])
def test_a_large_archive_is_written_by_several_processes(
    tmp_path: Path, memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in ("_AT_ONCE", "_MESSAGE"):
        monkeypatch.setattr(batching, size, 1000)
    engine = opened(tmp_path, memory=memory)
    with engine.build() as writer:
        for number in range(60):
            writer.put(source(f"{number}.txt"), [article(f"a{number}", "Boats sail.", said={"We sail": "Bo Ray"})])
        writer.put(source("59.txt"), [article(f"a{number}", "Barges sail.") for number in range(50, 60)])
        writer.remove(["a8"])
        writer.commit()
    assert states(engine) == (49, 10)
    assert (engine.status().articles, engine.status().quotes) == (59, 49)
    shown = [engine.article(f"a{number}") for number in range(50, 60)]
    assert [one and one.paragraphs[0].text for one in shown] == ["Barges sail."] * 10
    assert len(segments(tmp_path)) <= compacting.MOST
    assert list(engine.verify()) == []


def test_however_many_updates_the_segments_stay_few(engine: WhooshEngine, tmp_path: Path) -> None:
    for number in range(2 * compacting.EVER):
        with engine.update() as writer:
            writer.put(source(f"{number}.txt"), [article(f"new{number}", "Barges sail.")])
            writer.remove([f"new{number - 5}"])
            writer.commit()
        assert len(segments(tmp_path)) <= compacting.EVER
    assert states(engine) == (3, 5)
    assert list(engine.verify()) == []


def test_all_of_a_generation_is_durable_before_it_is_served(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: dict[int, int] = {}
    served: list[str] = []

    def sync(file: int) -> None:
        synced[os.fstat(file).st_ino] = os.fstat(file).st_mtime_ns

    def changed_since(path: Path) -> bool:
        return synced.get(path.stat().st_ino) != path.stat().st_mtime_ns

    def publish(place: Path, name: str) -> None:
        made = place / "generations" / name
        assert [path.name for path in (made.parent, made, *made.iterdir()) if changed_since(path)] == []
        published(place, name)
        assert not changed_since(place)
        served.append(name)

    published = folder.publish
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(folder, "publish", publish)
    rebuild(engine)
    update(engine)
    assert served == ["000002", "000003"]


def test_many_segments_are_merged_in_a_generation_of_their_own(engine: WhooshEngine, tmp_path: Path) -> None:
    with_many_segments(engine)
    before, found = engine.status(), states(engine)
    assert len(segments(tmp_path)) > compacting.MOST
    after = engine.compact()
    assert len(segments(tmp_path)) <= compacting.MOST
    assert (states(engine), after.articles, after.quotes) == (found, before.articles, before.quotes)
    assert after.generation != before.generation
    assert list(engine.verify()) == []


def test_a_damaged_segment_is_not_merged(engine: WhooshEngine, tmp_path: Path) -> None:
    with_many_segments(engine)
    for path in (tmp_path / "index" / "current").glob("*.seg"):  # which of them are merged is not said
        before, blob = path.read_bytes(), SegmentFile(path).arrays["stored.blob"].tobytes()
        at = before.rindex(blob)
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
    with pytest.raises(DamagedIndex, match=r"\.seg"):
        opened(tmp_path).compact()


@pytest.mark.parametrize("name", ["manifest", "names"])
def test_damaged_tables_are_not_carried_on(name: str, engine: WhooshEngine, tmp_path: Path) -> None:
    update(engine)
    path = tmp_path / "index" / "current" / f"{name}.changes.sqlite"
    before = path.read_bytes()
    path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    with pytest.raises(DamagedIndex, match=path.name), opened(tmp_path).update():
        pass


def test_few_segments_are_left_as_they_are(engine: WhooshEngine) -> None:
    assert engine.compact() == engine.status()
    assert engine.status().generation == "000001"
