"""Article -> flat documents: one for the article, one for each of its quotes.

A document maps every field of `search.fields` to its values. A field's values are separate texts: no phrase runs from
one paragraph, quote or name into the next. Engines index these and nothing else of an article.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter

import msgspec
import xxhash
from msgspec.structs import replace

from search.articles.model import Article, Quote, Topic
from search.articles.topics import SECTORS
from search.fields import FIELDS

Document = dict[str, tuple[str, ...]]
Label = Callable[[str], str | None]

#: Bytes of an article as JSON; none that can be read comes near.
LARGEST_STORED = 1 << 28

_LONGEST_VALUE = 1_000  # characters
_EMPTY: Document = {name: () for name in FIELDS if name != "stored"}
_EXACT = tuple(name for name in _EMPTY if FIELDS[name].kind != "text")
_STORED = msgspec.json.Decoder(Article)
_exact = itemgetter(*_EXACT)


def article_document(article: Article) -> Document:
    """The article as a document."""
    document = _facts(article)
    document["id"] = (article.id,)
    document["lead"] = _present(article.lead)
    document["body"] = tuple([paragraph.text for paragraph in article.paragraphs])
    document["said"] = tuple([quote.text for quote in article.quotes])
    document["speaker"] = _unique([speaker.name for speaker in article.speakers])
    document["role"] = _unique([role for speaker in article.speakers for role in speaker.roles])
    return document


def quote_documents(article: Article) -> Iterator[Document]:
    """One document a quote, in the article's order, with the article's own date, place and topics."""
    if article.quotes:
        facts = _facts(article)
        for quote in article.quotes:
            yield {
                **facts,
                "id": (quote.id,),
                "said": (quote.text,),
                "speaker": _present(quote.speaker),
                "role": _present(quote.role),
            }


def quote_document(article: Article, quote: Quote) -> Document:
    """One of the article's quotes as a document."""
    return next(quote_documents(replace(article, quotes=(quote,))))


def searched_words(field: str, value: str, label: Label) -> str:
    """The text whose words find this value: a code is found by the words of its label."""
    return label(value) or value if FIELDS[field].kind == "code" else value


def check(*documents: Document) -> None:
    """Raises ValueError, saying what is wrong, where an engine could not keep a value; `as_stored` checks the text."""
    for document in documents:
        if not document["id"][0]:
            raise ValueError("it has no id")
        if sum(map(len, chain.from_iterable(_exact(document)))) > _LONGEST_VALUE:
            _check_lengths(document)
        for value in document["date"]:
            _check_day(value)


def as_stored(article: Article) -> bytes:
    """The article as engines store it: its JSON. Raises ValueError where it has half a character, or is too large."""
    try:
        stored = msgspec.json.encode(article)
    except UnicodeEncodeError as error:
        raise ValueError("it has half a character (a lone surrogate)") from error
    if len(stored) > LARGEST_STORED:
        raise ValueError(f"it has {len(stored):,} bytes; at most {LARGEST_STORED:,} are possible")
    return stored


def from_stored(stored: bytes) -> Article:
    """The article that an engine stored."""
    return _STORED.decode(stored)


def digest(stored: bytes) -> str:
    """16 hexadecimal digits that differ between articles, unless somebody sees to it that they don't (XXH3)."""
    return xxhash.xxh3_64_hexdigest(stored)


def _check_lengths(document: Document) -> None:
    for name in _EXACT:
        for value in document[name]:
            if len(value) > _LONGEST_VALUE:
                message = f"its {name} has {len(value):,} characters; at most {_LONGEST_VALUE:,} are possible"
                raise ValueError(message)


def _check_day(value: str) -> None:
    try:
        datetime.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"it is dated {value!r}, which is no day") from error


def _facts(article: Article) -> Document:
    """A value for every field: those that the article shares with its quotes, and none of the others."""
    document, dateline = _EMPTY.copy(), article.dateline
    document["headline"] = (article.headline,)
    document["topic"] = _codes(article.topics)
    document["sector"] = _codes(article.sectors, below=SECTORS)
    if dateline:
        document["place"] = _unique(dateline.places or _present(dateline.place))
        document["agency"] = _present(dateline.agency)
    document["date"] = _present(article.published)
    return document


def _codes(topics: Iterable[Topic], below: str | None = None) -> tuple[str, ...]:
    """Every code on the topics' paths; of sectors only those under the branch, as the branch itself tells nothing."""
    codes: list[str] = []
    for topic in topics:
        path = topic.path or (topic.code,)
        codes += path[path.index(below) + 1 :] if below in path else path
    return _unique(codes)


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _unique(values: Sequence[str]) -> tuple[str, ...]:
    if len(values) < 2:
        return tuple(filter(None, values))
    found = dict.fromkeys(values)
    found.pop("", None)
    return tuple(found)
