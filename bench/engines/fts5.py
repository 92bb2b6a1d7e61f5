"""SQLite FTS5 as Datasette uses it: Porter stems, bm25(), snippet(), facets by GROUP BY over indexed tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.asking import Ask
from bench.engines.base import FACETS, body_of, facet_values
from search.articles.model import Article

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, headline TEXT, lead TEXT, body TEXT, day TEXT, month TEXT);
CREATE VIRTUAL TABLE words USING fts5 (headline, lead, body, content=articles, content_rowid=number,
    tokenize = 'porter unicode61');
"""
_BREAK = "\nparagraphbreak\n"  # a word, so that no phrase runs from one paragraph into the next
_FACET = "CREATE TABLE {0} (number INTEGER, value TEXT)"
_INDEXES = "CREATE INDEX {0}_number ON {0} (number, value); CREATE INDEX {0}_value ON {0} (value, number);"


class Fts5:
    def __init__(self, folder: Path) -> None:
        self._path = folder / "articles.db"
        self._sqlite = sqlite3.connect(self._path)
        self._sqlite.executescript(_TABLES)
        for name in FACETS:
            self._sqlite.execute(_FACET.format(name))

    def index(self, articles: Iterable[Article]) -> None:
        for number, article in enumerate(articles, 1):
            day = article.published or ""
            texts = (article.headline, article.lead, body_of(article, _BREAK))
            row = (number, article.id, *texts, day, day[:7])
            self._sqlite.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            self._sqlite.execute(
                "INSERT INTO words (rowid, headline, lead, body) VALUES (?, ?, ?, ?)", (number, *texts)
            )
            for name, values in facet_values(article).items():
                rows = [(number, value) for value in values]
                self._sqlite.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)
        for name in FACETS:
            self._sqlite.executescript(_INDEXES.format(name))
        self._sqlite.executescript("CREATE INDEX days ON articles (day); CREATE INDEX months ON articles (month);")
        self._sqlite.commit()
        self._sqlite.execute("ANALYZE")

    def top10(self, ask: Ask) -> int:
        return len(self._top(ask, "articles.id"))

    def job(self, ask: Ask) -> int:
        snippet = "snippet(words, 2, '', '', '…', 30)" if ask.words else "substr(body, 1, 200)"
        self._top(ask, f"articles.id, articles.headline, articles.lead, articles.body, {snippet}")
        where, values = _where(ask, ask.filters)
        for name in FACETS:
            others = {facet: chosen for facet, chosen in ask.filters.items() if facet != name}
            found, chosen = _where(ask, others) if name in ask.filters else (where, values)
            sql = f"SELECT value, count(*) AS n FROM {name} WHERE number IN ({found}) GROUP BY value"
            self._sqlite.execute(f"{sql} ORDER BY n DESC LIMIT 100", chosen).fetchall()
        sql = f"SELECT month, count(*) FROM articles WHERE number IN ({where}) GROUP BY month"
        self._sqlite.execute(sql, values).fetchall()
        return int(self._sqlite.execute(f"SELECT count(*) FROM ({where})", values).fetchone()[0])

    def stored_bytes(self) -> int:
        sql = "SELECT sum(pgsize) FROM dbstat WHERE name = 'articles'"
        try:
            return int(self._sqlite.execute(sql).fetchone()[0])
        except sqlite3.OperationalError:  # this SQLite was built without dbstat
            sql = "SELECT sum(length(headline) + length(lead) + length(body) + 60) FROM articles"
            return int(self._sqlite.execute(sql).fetchone()[0])

    def _top(self, ask: Ask, columns: str) -> list[tuple[object, ...]]:
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
