"""SQLite FTS5 as Datasette uses it: Porter stems, bm25(), snippet(), facets by GROUP BY over indexed tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.asking import Ask
from bench.engines.base import FACETS, LISTED, Counts, Outcome, body_of, by_year, facet_values
from search.articles.model import Article

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, headline TEXT, lead TEXT, body TEXT, day TEXT, month TEXT);
CREATE VIRTUAL TABLE words USING fts5 (headline, lead, body, content=articles, content_rowid=number,
    tokenize = 'porter unicode61');
"""
_BREAK = "\nparagraphbreak\n"  # a word, so that no phrase runs from one paragraph into the next
_FACET = "CREATE TABLE {0} (number INTEGER, value TEXT)"
_INDEXES = "CREATE INDEX {0}_number ON {0} (number, value); CREATE INDEX {0}_value ON {0} (value, number);"


class Fts5:
    remarks: tuple[str, ...] = ("has no facets, histogram or totals: each is a query of its own over the words again",)

    def __init__(self, folder: Path) -> None:
        self._path = folder / "articles.db"

    def index(self, articles: Iterable[Article]) -> None:
        self.open()
        self._sqlite.executescript(_TABLES)
        for name in FACETS:
            self._sqlite.execute(_FACET.format(name))
        for number, article in enumerate(articles, 1):
            self._add(number, article)
        for name in FACETS:
            self._sqlite.executescript(_INDEXES.format(name))
        self._sqlite.executescript("CREATE INDEX days ON articles (day); CREATE INDEX months ON articles (month);")
        self._sqlite.commit()
        self._sqlite.execute("ANALYZE")
        self._sqlite.close()

    def open(self) -> None:
        self._sqlite = sqlite3.connect(self._path)
        self._sqlite.execute("PRAGMA cache_size = -400000")

    def top10(self, ask: Ask) -> tuple[str, ...]:
        return tuple(row[0] for row in self._top(ask, "articles.id"))

    def job(self, ask: Ask) -> Outcome:
        snippet = "snippet(words, 2, '', '', '…', 30)" if ask.words else "substr(body, 1, 200)"
        hits = self._top(ask, f"articles.id, articles.headline, articles.lead, articles.body, {snippet}")
        where, values = _where(ask, ask.filters)
        months = self._counts(f"SELECT month, count(*) FROM articles WHERE number IN ({where}) GROUP BY month", values)
        return Outcome(
            total=int(self._sqlite.execute(f"SELECT count(*) FROM ({where})", values).fetchone()[0]),
            hits=tuple(hit[0] for hit in hits),
            snippets=tuple(hit[-1] for hit in hits),
            facets={**{name: self._facet(name, ask) for name in FACETS}, "year": by_year(months)},
            months=months,
        )

    def stored_bytes(self) -> int:
        sql = "SELECT sum(pgsize) FROM dbstat WHERE name = 'articles'"
        try:
            return int(self._sqlite.execute(sql).fetchone()[0])
        except sqlite3.OperationalError:  # this SQLite was built without dbstat
            sql = "SELECT sum(length(headline) + length(lead) + length(body) + 60) FROM articles"
            return int(self._sqlite.execute(sql).fetchone()[0])

    def _add(self, number: int, article: Article) -> None:
        day = article.published or ""
        texts = (article.headline, article.lead, body_of(article, _BREAK))
        row = (number, article.id, *texts, day, day[:7])
        self._sqlite.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._sqlite.execute("INSERT INTO words (rowid, headline, lead, body) VALUES (?, ?, ?, ?)", (number, *texts))
        for name, values in facet_values(article).items():
            self._sqlite.executemany(f"INSERT INTO {name} VALUES (?, ?)", [(number, value) for value in values])

    def _facet(self, name: str, ask: Ask) -> Counts:
        found, chosen = _where(ask, {facet: values for facet, values in ask.filters.items() if facet != name})
        sql = f"SELECT value, count(*) AS n FROM {name} WHERE number IN ({found}) GROUP BY value"
        return self._counts(f"{sql} ORDER BY n DESC LIMIT {LISTED}", chosen)

    def _counts(self, sql: str, values: list[str]) -> Counts:
        return dict(self._sqlite.execute(sql, values).fetchall())

    def _top(self, ask: Ask, columns: str) -> list[tuple[Any, ...]]:
        filters, values = _filtered(ask.filters)
        if not ask.words:
            sql = f"SELECT {columns} FROM articles WHERE 1 {filters} ORDER BY day DESC LIMIT 10"
            return self._sqlite.execute(sql.replace("rowid", "articles.number"), values).fetchall()
        order = "articles.day DESC" if ask.newest else "bm25(words, 3.0, 1.5, 1.0)"
        filters = filters.replace("rowid", "words.rowid")
        sql = f"""SELECT {columns} FROM words JOIN articles ON articles.number = words.rowid
            WHERE words MATCH ? {filters} ORDER BY {order} LIMIT 10"""
        return self._sqlite.execute(sql, [_match(ask), *values]).fetchall()


def _match(ask: Ask) -> str:
    if ask.operator == "phrase":
        return '"' + " ".join(ask.words) + '"'
    return f" {ask.operator.upper()} ".join(f'"{word}"' for word in ask.words)


def _filtered(filters: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    sql = ""
    values: list[str] = []
    for facet, chosen in filters.items():
        sql += f" AND rowid IN (SELECT number FROM {facet} WHERE value IN ({', '.join('?' * len(chosen))}))"
        values += chosen
    return sql, values


def _where(ask: Ask, filters: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """A query for the numbers of the results, and its values."""
    sql, values = _filtered(filters)
    if ask.words:
        return f"SELECT rowid FROM words WHERE words MATCH ?{sql}", [_match(ask), *values]
    return f"SELECT number FROM articles WHERE 1{sql.replace('rowid', 'number')}", values
