"""An account of one article for a person at a terminal: every value that was read, with the words that led to it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from search.articles.dateline import read_dateline
from search.articles.evidence import Evidence, Words
from search.articles.model import Article, Quote, Speaker, Topic
from search.articles.topics import Reason, TopicTable

_LABEL = 12  # columns of the names of values
_MOST_REASONS = 8
_STATED = "stated with the article"
_HOW_PUBLISHED = {
    "stated": _STATED,
    "dateline": "as the dateline states",
    "inferred": "the year inferred from the text",
    "file": "from the file's own time",
    "unknown": "nothing states it",
}
_HOW_ATTRIBUTED = {
    "named": "by name",
    "role": "by role",
    "pronoun": "by pronoun",
    "continued": "continued from the words before",
    "none": "nobody named",
}


def account(article: Article, topics: TopicTable, width: int = 100) -> str:
    """The account, in lines of at most `width` characters where words allow it."""
    reasons = topics.explain(article.headline, article.lead, article.paragraphs)
    evidence = Evidence(article)
    groups = (
        ("", _values(article, evidence)),
        (f"Quotes: {len(article.quotes)}", _quotes(article, evidence)),
        (f"Speakers: {len(article.speakers)}", _speakers(article, evidence)),
        (_counted("Topics", article.topics), _subjects(article.topics, reasons, topics)),
        (_counted("Sectors", article.sectors), _subjects(article.sectors, reasons, topics)),
    )
    lines = [*textwrap.wrap(article.headline, width)]
    for title, rows in groups:
        lines += ["", *textwrap.wrap(title, width)]
        for label, text in rows:
            lines += _row(label, text, width)
    return "\n".join(lines)


Row = tuple[str, str]


def _counted(title: str, subjects: Sequence[Topic]) -> str:
    return f"{title}: {len(subjects)}" + (
        ", each by these words of the topics file and what they count" if subjects else ""
    )


def _row(label: str, text: str, width: int) -> list[str]:
    """A value behind its name; what leads to it, without a name, stands below."""
    indent = " " * (2 + _LABEL)
    return textwrap.wrap(text, max(width, 40), initial_indent=f"  {label:<{_LABEL}}", subsequent_indent=indent) or [
        f"  {label:<{_LABEL}}".rstrip()
    ]


def _values(article: Article, evidence: Evidence) -> Iterator[Row]:
    yield "id", article.id
    yield "source", ", ".join(filter(None, (article.source.path, article.source.id, article.source.url)))
    yield "section", article.section or "none"
    yield "lead", article.lead or "none"
    yield "byline", article.byline or "none"
    yield "language", article.language or "unknown"
    yield from _dateline(article)
    how = _HOW_PUBLISHED[article.published_from]
    yield "published", f"{article.published}, {how}" if article.published else how
    yield from (("", _pointed(words)) for words in evidence.dating())
    headings = sum(paragraph.heading for paragraph in article.paragraphs)
    yield "paragraphs", f"{len(article.paragraphs)}, {headings} of them sub-headings"


def _dateline(article: Article) -> Iterator[Row]:
    dateline = article.dateline
    yield "dateline", (f"“{dateline.raw}”" if dateline.raw else _STATED) if dateline else "none"
    if not dateline:
        return
    found = read_dateline(dateline.raw)
    itself = found.dateline if found else None
    place = "; ".join(dateline.places) or dateline.place
    yield "  place", _told(place, "" if itself and itself.place else _STATED)
    yield "  date", _told(dateline.date, "" if itself and itself.date else "the year is that of publication")
    yield "  agency", _told(dateline.agency, "" if itself and itself.agency else _STATED)


def _told(value: str | None, how: str) -> str:
    return ", ".join(filter(None, (value, how))) if value else "none"


def _quotes(article: Article, evidence: Evidence) -> Iterator[Row]:
    for number, quote in enumerate(article.quotes, 1):
        yield str(number), f"“{quote.text}”"
        yield "  kind", f"{quote.kind}, paragraph {quote.paragraph}"
        yield "  speaker", quote.speaker or "unknown"
        yield "  role", quote.role or "none"
        yield "  cue", quote.cue or "none"
        yield "  known", _HOW_ATTRIBUTED[quote.attribution] if quote.speaker or not quote.role else "by role alone"
        yield from (("", _pointed(words)) for words in _attribution(quote, evidence))


def _attribution(quote: Quote, evidence: Evidence) -> Iterator[Words]:
    """The sentence of attribution, and where the speaker's name stands if not there."""
    sentence = evidence.attribution(quote)
    if sentence:
        yield sentence
    surname = quote.speaker.split()[-1].casefold() if quote.speaker else ""
    named = evidence.mention(quote.speaker) if quote.speaker else None
    if named and surname not in (sentence.text.casefold() if sentence else ""):
        yield named


def _speakers(article: Article, evidence: Evidence) -> Iterator[Row]:
    for number, speaker in enumerate(article.speakers, 1):
        yield str(number), _described(speaker)
        if words := evidence.mention(speaker.name):
            yield "", _pointed(words)


def _described(speaker: Speaker) -> str:
    quotes = f"{speaker.quotes} quote" + ("s" if speaker.quotes > 1 else "")
    return "; ".join((f"{speaker.name}, {quotes}", *speaker.roles))


def _subjects(subjects: Iterable[Topic], reasons: dict[str, tuple[Reason, ...]], table: TopicTable) -> Iterator[Row]:
    for number, topic in enumerate(subjects, 1):
        above = " > ".join(table.label(code) or code for code in topic.path[:-1])
        yield str(number), f"{topic.label} ({topic.code})" + (f", under {above}" if above else "")
        amounts: dict[str, float] = {}
        for reason in reasons.get(topic.code, ()):
            amounts[reason.words] = amounts.get(reason.words, 0.0) + reason.evidence
        words = [f"{words} {amount:+.1f}" for words, amount in amounts.items()]
        rest = f" and {len(words) - _MOST_REASONS} more" if len(words) > _MOST_REASONS else ""
        yield "", ", ".join(words[:_MOST_REASONS]) + rest


def _pointed(words: Words) -> str:
    return f"{words.where}: “{words.text}”"
