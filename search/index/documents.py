"""Article -> flat documents: one for the article, one for each of its quotes.

A document maps every field of `search.fields` to its values. A field's values are separate texts: no phrase runs from
one paragraph, quote or name into the next. Engines index these and nothing else of an article.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from search.articles.model import Article, Quote, Topic
from search.articles.topics import SECTORS
from search.fields import FIELDS

Document = dict[str, tuple[str, ...]]
Label = Callable[[str], str | None]

_LONGEST_VALUE = 1_000  # characters


def article_document(article: Article) -> Document:
    """The article as a document."""
    return _complete(
        {
            **_facts(article),
            "id": (article.id,),
            "headline": (article.headline,),
            "lead": _present(article.lead),
            "body": tuple(paragraph.text for paragraph in article.paragraphs),
            "said": tuple(quote.text for quote in article.quotes),
            "speaker": _unique(speaker.name for speaker in article.speakers),
            "role": _unique(role for speaker in article.speakers for role in speaker.roles),
        }
    )


def quote_documents(article: Article) -> Iterator[Document]:
    """One document a quote, in the article's order, with the article's own date, place and topics."""
    facts = {**_facts(article), "headline": (article.headline,)}
    for quote in article.quotes:
        yield _complete({**facts, **_quote(quote)})


def quote_document(article: Article, quote: Quote) -> Document:
    """One of the article's quotes as a document."""
    return next(quote_documents(replace(article, quotes=(quote,))))


def searched_words(field: str, value: str, label: Label) -> str:
    """The text whose words find this value: a code is found by the words of its label."""
    return label(value) or value if FIELDS[field].kind == "code" else value


def check(*documents: Document) -> None:
    """Raises ValueError, saying what is wrong, where an engine could not keep a value as it is."""
    for document in documents:
        if not document["id"][0]:
            raise ValueError("it has no id")
        for name, values in document.items():
            for value in values:
                _check_text(name, value)
        for value in document["date"]:
            _check_day(value)


def as_stored(article: Article) -> bytes:
    """The article as engines store it: its JSON. Raises ValueError where it has half a character."""
    try:
        return json.dumps(article.as_json(), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise ValueError("it has half a character (a lone surrogate)") from error


def digest(stored: bytes) -> str:
    """16 hexadecimal digits that change whenever anything in the stored article does."""
    return hashlib.blake2b(stored, digest_size=8).hexdigest()


def _check_text(name: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"its {name} has half a character (a lone surrogate)") from error
    if FIELDS[name].kind != "text" and len(value) > _LONGEST_VALUE:
        raise ValueError(f"its {name} has {len(value):,} characters; at most {_LONGEST_VALUE:,} are possible")


def _check_day(value: str) -> None:
    try:
        datetime.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"it is dated {value!r}, which is no day") from error


def _quote(quote: Quote) -> Document:
    return {
        "id": (quote.id,),
        "said": (quote.text,),
        "speaker": _present(quote.speaker),
        "role": _present(quote.role),
    }


def _facts(article: Article) -> Document:
    dateline = article.dateline
    places = (dateline.places or _present(dateline.place)) if dateline else ()
    return {
        "topic": _codes(article.topics),
        "sector": _codes(article.sectors, below=SECTORS),
        "place": _unique(places),
        "agency": _present(dateline.agency) if dateline else (),
        "date": _present(article.published),
    }


def _codes(topics: Iterable[Topic], below: str | None = None) -> tuple[str, ...]:
    """Every code on the topics' paths; of sectors only those under the branch, as the branch itself tells nothing."""
    paths = (topic.path or (topic.code,) for topic in topics)
    return _unique(code for path in paths for code in (path[path.index(below) + 1 :] if below in path else path))


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _complete(document: Document) -> Document:
    return {name: document.get(name, ()) for name in FIELDS if name != "stored"}
