"""Articles made for benchmarks: the same every time, as long as promised, and read as wire copy."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

from bench.wirecopy import WORDS, articles, write
from search.articles.files import walk
from search.articles.model import Article, SourceFile
from search.articles.reading import Reader


def _read(folder: Path) -> list[Article]:
    reader = Reader()
    files = [file for file in walk([folder]) if isinstance(file, SourceFile)]
    return [article for file in files for article in reader.read_file(file.path) if isinstance(article, Article)]


def test_the_same_articles_are_made_every_time() -> None:
    assert list(articles(5)) == list(articles(5))
    assert list(articles(5, seed=2)) != list(articles(5))


def test_more_articles_begin_with_the_same_ones() -> None:
    assert list(articles(4))[:2] == list(articles(2))


def test_articles_are_about_as_long_as_promised() -> None:
    assert abs(mean(len(article.text.split()) for article in articles(50)) - WORDS) < 25


def test_no_gap_of_a_sentence_stays_open() -> None:
    assert not [article for article in articles(60) if "{" in article.headline + article.text]


def test_articles_are_laid_down_in_every_format_and_all_are_read(tmp_path: Path) -> None:
    write(articles(9), tmp_path)
    found = _read(tmp_path)
    assert len({article.id for article in found}) == 9
    assert {article.source.format for article in found} == {"text", "jsonl"}
    assert {path.name for path in tmp_path.iterdir()} >= {"plain.jsonl", "marked.jsonl.gz", "0000000.txt"}


def test_what_costs_time_in_real_articles_is_in_each(tmp_path: Path) -> None:
    write(articles(12), tmp_path)
    for article in _read(tmp_path):
        assert article.dateline
        assert article.dateline.place
        assert len(article.paragraphs) > 5
        assert article.quotes
        assert article.topics
