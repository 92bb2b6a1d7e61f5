"""Small invented articles for the tests of the index."""

from __future__ import annotations

from collections.abc import Iterable

from search.articles.model import Article, Dateline, Paragraph, Quote, Source, SourceFile, Speaker, Topic
from search.index.engine import Engine

ECONOMY, TRADE, TRANSPORT = "medtop:04000000", "medtop:20000346", "medtop:20000337"
LABELS = {ECONOMY: "economy, business and finance", TRADE: "international trade", TRANSPORT: "transport"}


def article(
    identity: str,
    *body: str,
    headline: str = "Untitled",
    lead: str | None = None,
    said: dict[str, str] | None = None,
    roles: dict[str, str] | None = None,
    places: tuple[str, ...] = (),
    agency: str | None = None,
    topics: tuple[tuple[str, ...], ...] = (),
    sectors: tuple[tuple[str, ...], ...] = (),
    published: str | None = None,
    path: str = "archive.jsonl",
) -> Article:
    """An article; `said` maps what was said to who said it (or ""), `topics` and `sectors` are paths of codes."""
    said, roles = said or {}, roles or {}
    quotes = tuple(
        Quote(f"{identity}-q{n}", words, who or None, roles.get(who), "said", "direct", "named", 1, 0, 1)
        for n, (words, who) in enumerate(said.items())
    )
    names = dict.fromkeys(who for who in said.values() if who)
    return Article(
        id=identity,
        url=f"/articles/{identity}/untitled",
        source=Source(path),
        headline=headline,
        lead=lead,
        published=published,
        published_from="stated" if published else "unknown",
        dateline=Dateline("", places[0] if places else None, places, None, agency) if places or agency else None,
        paragraphs=tuple(Paragraph(n, text) for n, text in enumerate(body, 1)),
        quotes=quotes,
        speakers=tuple(Speaker(name, (roles[name],) if name in roles else (), 1) for name in names),
        topics=tuple(Topic(path[-1], LABELS.get(path[-1], path[-1]), path) for path in topics),
        sectors=tuple(Topic(path[-1], LABELS.get(path[-1], path[-1]), path) for path in sectors),
    )


def source(path: str = "archive.jsonl", size: int = 1, modified: int = 1) -> SourceFile:
    """A source file."""
    return SourceFile(path, size, modified)


def fill(engine: Engine, articles: Iterable[Article]) -> None:
    """Build the engine's archive of these articles."""
    with engine.build() as writer:
        writer.put(source(), articles)
        writer.commit()
