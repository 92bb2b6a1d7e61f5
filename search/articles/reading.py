"""Reading: a record becomes an Article, composed of what each part of this package finds in it.

What metadata states wins over what the text suggests; the text fills what is left. Nothing raises: an article that
can't be read is a Problem that says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from search.articles.aliases import AliasTable
from search.articles.dateline import Found, read_dateline
from search.articles.files import records
from search.articles.formats import markup
from search.articles.formats.language import language_of, stated_language
from search.articles.formats.layout import Layout, body_layout, byline, text_layout
from search.articles.formats.records import Record
from search.articles.formats.text import paragraphs, unsigned
from search.articles.identity import article_id, permalink
from search.articles.model import Article, Dateline, Paragraph, Problem, PublishedFrom, Quote, Source
from search.articles.published import published
from search.articles.quotes import narrative_of, quotes_in
from search.articles.speakers import speakers_of
from search.articles.speech.narrative import Narrative
from search.articles.topics import TopicTable
from search.articles.wire.agencies import known_agency
from search.articles.wire.dates import stated_date

LONGEST_HEADLINE = 1000  # characters; a stated headline beyond this is the body in the wrong field

_MARKS = "(?:CORRECTED|CORRECTION|REFILE|REPEAT|RPT|UPDATED?|WRAPUP)"
_REVISED = frozenset("(CcRrUuWw")
_REVISION = re.compile(rf"(?:\(?{_MARKS}\b[ \d]{{0,4}}(?:\)\s?[-:–—]?|[-:–—])\s*)+", re.IGNORECASE)
_REVISED_LAST = re.compile(rf"\s\({_MARKS}[ \d]{{0,4}}\)$", re.IGNORECASE)


class Reader:
    """Reads records with one topic table and one of aliases, by default those that are shipped."""

    def __init__(self, topics: TopicTable | None = None, aliases: AliasTable | None = None) -> None:
        self._topics = topics or TopicTable.load()
        self._aliases = aliases or AliasTable.load()

    def read_file(self, path: str | Path, name: str = "") -> Iterator[Article | Problem]:
        """Every article of a file, and every problem in it; `name` is the path that readers see."""
        for record in records(path, name):
            yield record if isinstance(record, Problem) else self.read(record)

    def read(self, record: Record) -> Article | Problem:
        """The article of a record, or what keeps it from being one."""
        return self.read_all((record,))[0]

    def read_all(self, records: Iterable[Record | Problem]) -> list[Article | Problem]:
        """The article or the problem of each record. Each stage goes through all of them, as what it looks things up
        in then stays near the processor: many together take a seventh less time than one by one."""
        found: list[Any] = list(records)
        for stage in (_laid_out, _article, _narrated, self._with_quotes, self._with_topics):
            found = [one if isinstance(one, Problem) else stage(one) for one in found]
        return found

    def _with_quotes(self, narrated: tuple[Article, Narrative]) -> Article:
        article, narrative = narrated
        quotes = self._under_one_name(quotes_in(narrative, article.id, article.paragraphs))
        return replace(article, quotes=quotes, speakers=speakers_of(quotes))

    def _with_topics(self, article: Article) -> Article:
        topics, sectors = self._topics.classify(article.headline, article.lead, article.paragraphs)
        return replace(article, topics=topics, sectors=sectors)

    def _under_one_name(self, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """The quotes with their speakers as the whole archive calls them."""
        written = {quote.speaker for quote in quotes if quote.speaker}
        other = {speaker: name for speaker in written if (name := self._aliases.name(speaker)) != speaker}
        if not other:
            return quotes
        return tuple(replace(q, speaker=other[q.speaker]) if q.speaker in other else q for q in quotes)


class _Draft(Struct, frozen=True):
    """A record and how its text is laid out."""

    record: Record
    layout: Layout
    headline: str
    lead: str | None


def _laid_out(record: Record) -> _Draft | Problem:
    stated = record.headline or ""
    if len(stated) > LONGEST_HEADLINE or (not stated and record.source.format != "text"):
        return _problem(record, "no headline")
    try:
        stated, lead = markup.line(stated), markup.line(record.lead or "")
        layout = _layout(record, stated)
    except markup.TooMuchMarkup as error:
        return _problem(record, str(error))
    headline = stated or layout.headline
    return _Draft(record, layout, headline, lead or layout.lead) if headline else _problem(record, "no headline")


def _article(draft: _Draft) -> Article:
    """The article without what its text tells."""
    record, layout, headline, lead = draft.record, draft.layout, draft.headline, draft.lead
    dateline, day_and_how = _dated(record, layout, lead)
    identity = _identity(record, layout, headline)
    return Article(
        id=identity,
        url=permalink(identity, headline),
        source=_source(record),
        headline=headline,
        lead=lead,
        section=record.section or layout.section,
        byline=_byline(record) or layout.byline,
        language=stated_language(record.language) or _language(headline, layout),
        published=day_and_how[0],
        published_from=day_and_how[1],
        dateline=dateline,
        paragraphs=tuple([Paragraph(n, text, heading) for n, (text, heading) in enumerate(layout.blocks, 1)]),
    )


def _narrated(article: Article) -> tuple[Article, Narrative]:
    return article, narrative_of(article.paragraphs, headline=article.headline, lead=article.lead)


def _source(record: Record) -> Source:
    """Where the record came from, under the name that readers see."""
    source = record.source
    return Source(record.name or source.path, source.id, source.format, source.url)


def _layout(record: Record, headline: str) -> Layout:
    """The parts of a record's text, marked up or plain, whose headline may be stated. Raises TooMuchMarkup."""
    text = markup.decoded(record.text)
    marked = markup.blocks(text) if markup.is_markup(text) else None
    if not headline:
        return text_layout("\n\n".join(block for block, _ in marked) if marked is not None else text)
    if marked is not None:
        return _with_dateline(body_layout(marked, headline), record.dateline)
    body = [(paragraph, False) for paragraph in paragraphs(unsigned(_going_on(record.dateline, text)))]
    return _with_dateline(body_layout(body, headline), record.dateline)


def _going_on(stated: str | None, text: str) -> str:
    """The text behind a stated dateline that it goes on from, without repeating it: both belong in one paragraph."""
    if not stated or stated[:12] in text[:60] or stated[-1:] not in {"-", "_", "–", "—"}:
        return text
    return stated + text.lstrip() if stated[-2:-1].isalpha() else f"{stated} {text.lstrip()}"


def _with_dateline(layout: Layout, stated: str | None) -> Layout:
    return replace(layout, dateline=read_dateline(stated)) if stated and not layout.dateline else layout


def _dated(
    record: Record, layout: Layout, lead: str | None
) -> tuple[Dateline | None, tuple[str | None, PublishedFrom]]:
    """The dateline with its year, and when the article was published."""
    found = layout.dateline
    day = found.day if found else None
    texts = [text for text, _ in layout.blocks] + [lead or ""]
    alone = record.source.format == "text"
    date, how = published(stated_date(record.date) or layout.date, day, texts, record.modified, alone=alone)
    return _dateline(record, found, day.near(date) if day and date else None), (date, how)


def _dateline(record: Record, found: Found | None, date: str | None) -> Dateline | None:
    """The dateline as the text has it, stated metadata in the place of what it leaves out."""
    agency = record.agency and (known_agency(record.agency) or record.agency)
    places = (record.place,) if record.place else ()
    if not found:
        return Dateline("", record.place, places, None, agency) if agency or places else None
    inside = found.dateline
    return Dateline(
        raw=inside.raw,
        place=inside.place or record.place,
        places=inside.places or places,
        date=date or inside.date,
        agency=inside.agency or agency,
    )


def _identity(record: Record, layout: Layout, headline: str) -> str:
    """The article's id. Without an id or address of its own it rests on agency, day and headline, the day as stated or
    as the dateline has it: an inferred year would change with a corrected body, a file's time with every copy."""
    found, day = layout.dateline, layout.dateline.day if layout.dateline else None
    stated = stated_date(record.date)
    own = record.source.id or record.source.url
    return article_id(
        url=record.source.url,
        source_id=record.source.id,
        agency=record.agency or (None if own or not found else found.dateline.agency),
        date=stated or (None if own or not day else day.iso() or f"{day.month:02}-{day.day:02}"),
        headline=_unrevised(headline),
    )


def _unrevised(headline: str) -> str:
    """A headline as it stood before a correction or an update, by which the article is still known."""
    if headline[-1:] == ")":
        headline = _REVISED_LAST.sub("", headline)
    revised = _REVISION.match(headline) if headline[:1] in _REVISED else None
    return headline[revised.end() :] or headline if revised else headline


def _language(headline: str, layout: Layout) -> str | None:
    return language_of(" ".join([*(text[:600] for text, _ in layout.blocks[:4]), headline]))


def _byline(record: Record) -> str | None:
    stated = record.byline and " ".join(record.byline.split())
    return (byline(stated) or stated) if stated else None


def _problem(record: Record, message: str) -> Problem:
    return Problem(record.source.path, f"line {record.line}: {message}" if record.line else message)
