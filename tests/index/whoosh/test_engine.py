"""The embedded engine's own: threads, time, changing generations, and indexes that can't be trusted."""

from __future__ import annotations

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyroaring import BitMap
from whoosh import query
from whoosh.index import open_dir

from search.index.engine import DamagedIndex, EngineError, NoIndex, QueryTimeout
from search.index.whoosh import WhooshEngine, codec
from search.index.whoosh import engine as module
from search.index.whoosh.columnar import spelling
from search.query.nodes import And, Fuzzy, Phrase, Prefix, Term
from search.query.results import Question
from tests.index.conftest import IndexOf
from tests.index.making import LABELS, article, fill, source
from tests.index.whoosh.making import generation

ARCHIVE = [
    article("a", "Boats sail to the island.", headline="Boats", said={"Boats are slow": "Ada Brandt"}),
    article("b", "A boat waits.", headline="Harbour", published="2022-02-04"),
    article("c", "Grain rots in the harbour.", headline="Grain", published="2021-02-04"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(index_of: IndexOf, folder: Path) -> WhooshEngine:
    return WhooshEngine(index_of(ARCHIVE, folder), label=LABELS.get)


def test_a_generation_is_an_index_that_whoosh_itself_can_search(engine: WhooshEngine, folder: Path) -> None:
    with open_dir(str(generation(folder)), readonly=True).searcher() as searcher:
        for word, expected in (("boat", {"a", "b"}), ("wait", {"b"}), ("harbour", {"c"})):
            reader = searcher.reader()
            hits = searcher.search(query.Term("body", word))
            ids = {name for hit in hits for name in "abc" if hit.docnum in reader.postings("id", name).all_ids()}
            assert ids == expected
        assert len(searcher.search(query.Phrase("body", ["boat", "sail"]))) == 1
        assert len(searcher.search(query.Phrase("body", ["sail", "boat"]))) == 0


def test_a_match_in_the_headline_comes_before_one_in_the_body(engine: WhooshEngine) -> None:
    hits = engine.search(Question(node=Term(None, "harbour"))).hits
    assert [hit.article.id for hit in hits] == ["b", "c"]
    assert hits[0].score > hits[1].score > 0


def test_without_words_the_newest_come_first(engine: WhooshEngine) -> None:
    assert [hit.article.id for hit in engine.search(Question()).hits] == ["b", "c", "a"]


def test_hits_carry_their_marked_passages(engine: WhooshEngine) -> None:
    (hit, *_) = engine.search(Question(node=Term(None, "boats"))).hits
    assert [hit.article.headline[mark.start : mark.end] for mark in hit.headline_marks] == ["Boats"]
    assert any(snippet.marks for snippet in hit.snippets)


def test_a_quote_is_marked_where_its_words_match(engine: WhooshEngine) -> None:
    (hit,) = engine.search(Question(documents="quote", node=Term(None, "slow"))).hits
    assert hit.quote is not None
    assert [hit.quote.text[mark.start : mark.end] for mark in hit.marks] == ["slow"]


def test_a_misspelt_query_that_finds_nothing_gets_a_suggestion(engine: WhooshEngine) -> None:
    results = engine.search(Question(node=And((Term(None, "harbor"), Term(None, "grain")))))
    assert (results.total, results.suggestion) == (0, "harbour grain")


def test_of_words_spelt_as_much_alike_the_one_that_begins_alike_is_meant(folder: Path) -> None:
    engine = WhooshEngine(folder, label=LABELS.get)
    fill(engine, [*(article(f"o{n}", "The tides will turn.") for n in range(9)), article("r1", "Oil from whales.")])
    assert engine.search(Question(node=Term(None, "oill"))).suggestion == "oil"
    assert engine.search(Question(node=Term(None, "wkll"))).suggestion == "will"


def test_two_letters_that_changed_places_are_one_mistake(folder: Path) -> None:
    engine = WhooshEngine(folder, label=LABELS.get)
    fill(engine, [article("w1", "Wheat and rye."), *(article(f"o{n}", "The whale.") for n in range(9))])
    assert engine.search(Question(node=Term(None, "whaet"))).suggestion == "wheat"
    assert engine.search(Question(node=Term(None, "yre"))).suggestion == "rye"


def test_a_misspelt_word_is_mended_beside_one_that_nothing_comes_near(engine: WhooshEngine) -> None:
    results = engine.search(Question(node=And((Term(None, "zzyqxq"), Term(None, "harbor")))))
    assert (results.total, results.suggestion) == (0, "harbour")


def test_a_word_is_looked_for_once_in_a_generation(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def nearest(segments: object, fields: object, text: str, check: object) -> str | None:
        asked.append(text)
        return {"harbor": "harbour"}.get(text)

    monkeypatch.setattr(spelling, "nearest", nearest)
    for _ in range(2):
        assert engine.search(Question(node=And((Term(None, "harbor"), Term(None, "grain"))))).suggestion is not None
    assert asked == ["harbor", "grain"]
    for n in range(300):
        engine.search(Question(node=Term(None, f"zz{n}")))
    assert engine.search(Question(node=Term(None, "harbor"))).suggestion == "harbour"


def test_known_words_that_find_nothing_together_get_no_suggestion(engine: WhooshEngine) -> None:
    results = engine.search(Question(node=And((Term(None, "island"), Term(None, "grain")))))
    assert (results.total, results.suggestion) == (0, None)


def test_a_word_that_is_hardly_there_leads_to_one_far_more_frequent_that_is_spelt_much_like_it(folder: Path) -> None:
    engine = WhooshEngine(folder, label=LABELS.get)
    often = [article(f"o{n}", f"Bertholt spoke of whales {n} times.", "Harbours.") for n in range(40)]
    rarely = [article("r1", "Bertolt spoke."), article("r2", "Wales and harbors.")]
    fill(engine, [*often, *rarely])

    def meant(*words: str) -> tuple[int, str | None]:
        results = engine.search(Question(node=And(tuple(Term(None, word) for word in words))))
        return results.total, results.suggestion

    assert meant("bertolt") == (1, "bertholt")
    assert meant("bertolt", "spoke") == (1, "bertholt spoke")
    assert meant("wales", "and") == (1, None)
    assert meant("bertholt") == (40, None)
    assert engine.search(Question(node=Term(None, "bertolt"), limit=0)).suggestion is None


def test_a_suggestion_that_would_find_nothing_is_not_given(engine: WhooshEngine) -> None:
    misspelt = Question(node=And((Term(None, "harbor"), Term(None, "island"))))
    assert engine.search(misspelt).suggestion is None
    filtered = Question(node=And((Term(None, "harbor"), Term(None, "grain"))), date_to="2020-12-31")
    assert engine.search(filtered).suggestion is None


def test_a_prefix_of_too_many_words_says_how_many_it_stands_for(folder: Path) -> None:
    made = WhooshEngine(folder, label=LABELS.get)
    fill(made, [article("many", " ".join(f"word{n}" for n in range(600)) + " word7" * 3)])
    (remark,) = made.search(Question(node=Prefix(None, "word"))).diagnostics
    assert "600 words" in remark.message
    assert "512 most frequent" in remark.message
    assert made.search(Question(node=Prefix(None, "word59"))).diagnostics == ()


def test_a_fuzzy_word_like_too_many_says_so(folder: Path) -> None:
    made = WhooshEngine(folder, label=LABELS.get)
    fill(made, [article("many", " ".join(f"z{a}{b}" for a in "bcdfghjklmnp" for b in "bcdfghjklmnp"))])
    (remark,) = made.search(Question(node=Fuzzy(None, "z", 2))).diagnostics
    assert "128 most frequent" in remark.message


def test_a_search_beyond_its_time_is_given_up_in_any_thread(folder: Path, engine: WhooshEngine) -> None:
    hasty = WhooshEngine(folder, timeout=0.0)
    with ThreadPoolExecutor(1) as threads, pytest.raises(QueryTimeout, match="longer than"):
        threads.submit(hasty.search, Question(node=Term(None, "boats"))).result()


def test_threads_share_one_engine_while_generations_change(engine: WhooshEngine) -> None:
    wrong: list[object] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            results = engine.search(Question(node=Phrase(None, ("boats", "sail"))))
            others = engine.search(Question(node=Term(None, "boats")))
            if results.total != 1 or others.total < 2 or results.hits[0].article.id != "a":
                wrong.append(results)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(8):
        with engine.update() as writer:
            writer.put(source("more.txt"), [article(f"more{number}", "Another boat.")])
            writer.commit()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert engine.status().articles == 11


def test_a_new_generation_is_served_by_engines_that_are_already_open(engine: WhooshEngine, folder: Path) -> None:
    other = WhooshEngine(folder)
    assert other.status().articles == 3
    with engine.update() as writer:
        writer.remove(["a"])
        writer.commit()
    assert other.status().articles == 2


def test_a_segment_linked_into_another_generation_is_mapped_once(
    engine: WhooshEngine, folder: Path, tmp_path: Path
) -> None:
    (listed,) = codec.listed(generation(folder), "article")
    os.link(generation(folder) / listed.file_name, tmp_path / listed.file_name)
    before = listed.open(generation(folder), "article")
    after = listed.with_size(before.size, BitMap([1])).open(tmp_path, "article")
    assert after.file is before.file
    assert (list(before.live), list(after.live)) == ([0, 1, 2], [0, 2])


def test_many_generations_leave_no_file_open(engine: WhooshEngine) -> None:
    counted = []
    for turn in range(12):  # segments merge every few turns, so the number goes up and down
        with engine.update() as writer:
            writer.put(source("x.txt"), [article("x", f"At {turn}")])
            writer.commit()
        assert engine.search(Question(node=Term(None, "boats"))).total == 2
        counted.append(len(list(Path("/proc/self/fd").iterdir())))
    assert max(counted[6:]) <= max(counted[:6])


def test_there_is_no_index_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="flask index build"):
        WhooshEngine(tmp_path / "nowhere").status()


def reopened(folder: Path) -> None:
    WhooshEngine(folder).search(Question())


@pytest.mark.parametrize("change", [0o020, 0o002])
def test_an_index_that_others_may_write_to_is_refused(engine: WhooshEngine, folder: Path, change: int) -> None:
    segment = next(generation(folder).glob("*.seg"))
    for path in (segment, generation(folder), folder / "generations", folder):
        mode = path.stat().st_mode
        path.chmod(mode | change)
        with pytest.raises(DamagedIndex, match="Others may write"):
            reopened(folder)
        path.chmod(mode)
    reopened(folder)


def test_an_index_of_another_user_is_refused(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        os.chown(generation(folder), 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(DamagedIndex, match="another user"):
        reopened(folder)


def test_a_file_replaced_by_a_link_is_refused(engine: WhooshEngine, folder: Path, tmp_path: Path) -> None:
    segment = next(generation(folder).glob("*.seg"))
    shutil.move(segment, tmp_path / "moved")
    segment.symlink_to(tmp_path / "moved")
    with pytest.raises(DamagedIndex):
        reopened(folder)


def test_a_file_cut_short_or_missing_is_refused_by_name(engine: WhooshEngine, folder: Path) -> None:
    for path in sorted(generation(folder).iterdir()):
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        with pytest.raises(DamagedIndex, match=path.name):
            reopened(folder)
        path.unlink()
        with pytest.raises(DamagedIndex, match=path.name):
            reopened(folder)
        path.write_bytes(content)
    reopened(folder)


def test_an_empty_newer_table_of_contents_is_refused_by_name(engine: WhooshEngine, folder: Path) -> None:
    (generation(folder) / "_article_99.toc").touch()
    with pytest.raises(DamagedIndex, match=r"_article_99\.toc"):
        reopened(folder)


@pytest.mark.parametrize("target", ["/etc", "generations/../..", "generations/000001/../000001", "generations/x"])
def test_a_link_that_leads_out_of_the_index_is_refused(engine: WhooshEngine, folder: Path, target: str) -> None:
    (folder / "current").unlink()
    (folder / "current").symlink_to(target)
    with pytest.raises(DamagedIndex, match="current"):
        reopened(folder)


def test_an_index_made_by_another_field_table_is_refused(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.whoosh.generation.fingerprint", lambda: "another")
    with pytest.raises(DamagedIndex, match="another version"):
        reopened(folder)


def test_two_distributions_of_whoosh_over_each_other_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_installed", lambda name: name in ("whoosh", "whoosh-reloaded"))
    with pytest.raises(EngineError, match="whoosh and whoosh-reloaded"):
        WhooshEngine(folder)
