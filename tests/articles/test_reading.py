"""Reading: records into articles, golden pairs and real archives."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from search.articles.aliases import AliasTable
from search.articles.files import walk
from search.articles.formats.records import Record
from search.articles.model import Article, Problem, Source, SourceFile
from search.articles.reading import Reader
from tests.examples import examples

_GOLDEN = Path(__file__).parent.parent / "golden"
_PAIRS = sorted(path for path in _GOLDEN.iterdir() if path.suffix != ".json")
_READER = Reader()
_STORY = """Orva cuts ferry sailings

PORT ARELLA, June 4. /TASS/. The ferry company will run four boats, its director Ilva Morn said on Monday.
"""


def _read(record: Record) -> Article:
    article = _READER.read(record)
    assert isinstance(article, Article), article
    return article


def _text(text: str, path: str = "a.txt") -> Record:
    return Record(Source(path), text)


def _line(headline: str = "Orva cuts ferries", body: str = "The company will run four boats.", **values: str) -> Record:
    source = Source("a.jsonl", values.pop("id", None), "jsonl", values.pop("url", None))
    return Record(source, body, line=1, headline=headline, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", _PAIRS, ids=lambda path: path.name)
def test_golden_articles_are_read_as_written_beside_them(path: Path) -> None:
    (article,) = _READER.read_file(path)
    assert isinstance(article, Article)
    expected = json.loads(path.with_suffix(".json").read_text())
    read = json.loads(json.dumps(article.as_json()))
    assert {key: read[key] for key in expected} == expected


def test_an_article_survives_json() -> None:
    article = _read(_text(_STORY))
    assert Article.from_json(json.loads(json.dumps(article.as_json()))) == article


def test_a_reader_travels_to_worker_processes() -> None:
    assert pickle.loads(pickle.dumps(_READER)).read(_text(_STORY)) == _READER.read(_text(_STORY))


def test_records_read_together_are_read_as_each_alone() -> None:
    problem = Problem("a.jsonl", "line 2: not JSON")
    records: list[Record | Problem] = [_text(_STORY), problem, _line(headline=""), _line(), _text(_STORY.upper())]
    alone = [one if isinstance(one, Problem) else _READER.read(one) for one in records]
    assert _READER.read_all(records) == alone
    assert [type(one) for one in alone] == [Article, Problem, Problem, Article, Article]


def test_a_line_without_a_headline_is_a_problem_that_names_it() -> None:
    assert _READER.read(_line(headline="")) == Problem("a.jsonl", "line 1: no headline")
    assert _READER.read(_line(headline="x" * 2000)) == Problem("a.jsonl", "line 1: no headline")


def test_a_text_without_a_headline_is_a_problem() -> None:
    assert _READER.read(_text("ORVA, June 4. /TASS/. The company.")) == Problem("a.txt", "no headline")


def test_too_much_markup_is_a_problem() -> None:
    problem = _READER.read(_line(body="<p>" + "x" * 3_000_000))
    assert isinstance(problem, Problem)
    assert "markup" in problem.message


def test_a_headline_without_a_body_is_an_article() -> None:
    assert _read(_line(body="")).paragraphs == ()


def test_the_dateline_keeps_its_day_when_the_story_is_dated_a_day_later() -> None:
    article = _read(_line(body="ORVA, Dec 31 (AP) - The company.", date="2019-01-01"))
    assert article.dateline is not None
    assert (article.published, article.dateline.date) == ("2019-01-01", "2018-12-31")


def test_stated_metadata_fills_what_the_dateline_leaves_out() -> None:
    article = _read(_line(body="ORVA, June 4 - The company.", agency="reuter", place="Tesk"))
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.agency) == ("Orva", "Reuters")


def test_without_a_dateline_stated_metadata_stands_for_it() -> None:
    dateline = _read(_line(agency="ONA", place="Tesk")).dateline
    assert dateline is not None
    assert (dateline.raw, dateline.place, dateline.places, dateline.agency) == ("", "Tesk", ("Tesk",), "ONA")
    assert _read(_line()).dateline is None


def test_a_dateline_that_stands_in_metadata_is_read() -> None:
    article = _read(_line(dateline="    PORT ARELLA, June 4 - ", date="2018-06-04"))
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.date) == ("Port Arella", "2018-06-04")
    assert [p.text for p in article.paragraphs] == ["The company will run four boats."]


def test_words_behind_a_dateline_in_metadata_belong_to_the_text() -> None:
    article = _read(_line(body="owned company will run four boats.", dateline="ORVA, June 4 - The state-"))
    assert article.paragraphs[0].text == "The state-owned company will run four boats."


def test_stated_parts_win_over_those_of_the_text() -> None:
    article = _read(_line(body="By Ana Orel\n\nORVA (AP) - The company.", byline="By Teo Brask, ONA", lead="Boats go"))
    assert (article.byline, article.lead) == ("Teo Brask, ONA", "Boats go")


def test_markup_in_a_text_file_is_cleaned() -> None:
    article = _read(_text("<h1>Orva cuts ferries</h1><p>The company will run <b>four</b> boats.</p>"))
    assert (article.headline, article.paragraphs[0].text) == ("Orva cuts ferries", "The company will run four boats.")


def test_the_id_does_not_depend_on_where_the_file_lies() -> None:
    assert _read(_text(_STORY)).id == _read(_text(_STORY, "elsewhere/b.txt")).id


# Without "<" and "&": a text with a tag in it is laid out by its tags.
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"), max_size=200))
@settings(deadline=None)
def test_the_id_does_not_depend_on_the_body(more: str) -> None:
    assert _read(_text(f"{_STORY}\n{more}")).id == _read(_text(_STORY)).id
    assert _read(_line(body=more, id="7")).id == _read(_line(id="7")).id


def test_the_path_shown_is_the_records_name_and_problems_say_where_the_file_lies() -> None:
    record = replace(_text(_STORY, "/srv/archive/a.txt"), name="archive/a.txt")
    assert _read(record).source.path == "archive/a.txt"
    assert _READER.read(replace(record, text="")) == Problem("/srv/archive/a.txt", "no headline")


def test_speakers_go_by_one_name_whatever_the_article_calls_them() -> None:
    aliases = AliasTable({"ilva morn": "Ilva Morn-Brask", "director morn": "Ilva Morn-Brask"})
    article = Reader(aliases=aliases).read(_text(_STORY + "\n“We will sail,” ILVA MORN said.\n"))
    assert isinstance(article, Article)
    assert [quote.speaker for quote in article.quotes] == ["Ilva Morn-Brask"] * 2
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ilva Morn-Brask", 2)]


@pytest.mark.parametrize(
    "mark", ["CORRECTED-", "UPDATE 2-", "RPT-UPDATE 1-", "(CORRECTED) - ", "(CORRECTED) ", "(Refile)-"]
)
def test_a_correction_keeps_the_id(mark: str) -> None:
    assert _read(_text(mark + _STORY)).id == _read(_text(_STORY)).id


@pytest.mark.parametrize("mark", [" (CORRECTED)", " (Update2)"])
def test_a_correction_marked_behind_the_headline_keeps_the_id(mark: str) -> None:
    assert _read(_text(_STORY.replace("\n", mark + "\n", 1))).id == _read(_text(_STORY)).id


def test_a_word_within_a_headline_marks_no_correction() -> None:
    assert _read(_line("Orva update: ferries cut")).id != _read(_line("Orva ferries cut")).id


def test_a_line_break_in_a_plain_text_keeps_its_layout_and_id() -> None:
    article = _read(_text(_STORY + "\nThe boats are old.\n\nThey leak.<br>They smell.\n"))
    assert article.id == _read(_text(_STORY)).id
    assert [paragraph.text for paragraph in article.paragraphs[1:]] == [
        "The boats are old.",
        "They leak.",
        "They smell.",
    ]


def test_the_same_headline_on_another_day_is_another_article() -> None:
    assert _read(_text(_STORY)).id != _read(_text(_STORY.replace("June 4", "June 5"))).id


@settings(max_examples=examples(200))
@given(st.text(max_size=600), st.text(max_size=60), st.sampled_from(["text", "jsonl"]))
def test_reading_never_raises(text: str, headline: str, form: str) -> None:
    record = Record(Source("a", None, form), text, headline=headline or None, dateline=headline, date=headline)
    result = _READER.read(record)
    assert isinstance(result, Article | Problem)
    if isinstance(result, Article):
        assert [p.n for p in result.paragraphs] == list(range(1, len(result.paragraphs) + 1))
        assert Article.from_json(json.loads(json.dumps(result.as_json()))) == result


@settings(max_examples=examples(60))
@given(st.binary(max_size=400))
def test_any_file_gives_articles_or_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(data)
    assert all(isinstance(result, Article | Problem) for result in _READER.read_file(path))


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>" * 20_000,
        "By " + "Aa " * 300_000,
        "a\n" * 400_000,
        "2018-" * 150_000,
        "&amp;" * 200_000,
        "MOSCOW, " * 100_000,
        " \n" * 400_000,
        "June 4, " * 100_000,
    ],
)
def test_a_megabyte_of_anything_is_laid_out(hostile: str) -> None:
    assert isinstance(_READER.read(replace(_line(), text=hostile)), Article | Problem)


def _real_files() -> Iterator[Path]:
    root = os.environ.get("REAL_DATA")
    for file in walk([Path(root)]) if root else ():
        if isinstance(file, SourceFile):
            yield Path(file.path)


@pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA names no folder of real articles")
def test_the_two_kremlin_articles_are_read_exactly() -> None:
    articles = {path.stem: next(_READER.read_file(path)) for path in _real_files() if path.suffix == ".txt"}
    trade, cooperation = articles["kremlin-trade-target"], articles["kremlin-aide-cooperation"]
    assert isinstance(trade, Article)
    assert isinstance(cooperation, Article)
    for article, day in ((trade, "2022-02-04"), (cooperation, "2018-06-04")):
        assert (article.section, article.published, article.published_from) == ("All news", day, "inferred")
        assert article.dateline is not None
        assert (article.dateline.place, article.dateline.agency, article.dateline.date) == ("Moscow", "TASS", day)
        assert article.lead
    headings = [paragraph.text for paragraph in cooperation.paragraphs if paragraph.heading]
    assert len(headings) == 1
    assert not any(paragraph.heading for paragraph in trade.paragraphs)
