"""The quotes of an article: the words that somebody said, and who said them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from search.articles.identity import quote_id
from search.articles.model import Paragraph, Quote
from search.articles.speech.marks import BREAK, places
from search.articles.speech.narrative import Narrative, narrate
from search.articles.speech.statements import Listener

_CONTEXT = 2  # texts before the paragraphs: headline and lead
#: What identity folds away all the same; folding it here first keeps most quotes ASCII, which is faster.
_TYPOGRAPHIC = (("’", "'"), ("“", '"'), ("”", '"'), ("‘", "'"), ("—", "-"), ("–", "-"), ("\u00a0", " "))


def find_quotes(
    article_id: str, paragraphs: Sequence[Paragraph], *, headline: str = "", lead: str | None = None
) -> tuple[Quote, ...]:
    """Every quote in the order of the text. Headline and lead are read only for the names and roles they give."""
    return quotes_in(narrative_of(paragraphs, headline=headline, lead=lead), article_id, paragraphs)


def narrative_of(paragraphs: Iterable[Paragraph], *, headline: str = "", lead: str | None = None) -> Narrative:
    """An article's headline, lead and paragraphs as sentences of the reporter's.

    A headline in capitals is left out: its verbs can't be told from its names.
    """
    context = ["" if headline.isupper() else headline, lead or ""]
    return narrate(context + ["" if paragraph.heading else paragraph.text for paragraph in paragraphs])


def quotes_in(n: Narrative, article_id: str, paragraphs: Sequence[Paragraph]) -> tuple[Quote, ...]:
    """Every quote in the paragraphs of the article whose narrative this is."""
    begins = [at + 1 for at in places(n.text, BREAK)][_CONTEXT - 1 :]
    seen: dict[str, int] = {}
    quotes = []
    for said in Listener(n).statements():
        at = bisect_right(begins, said.start) - 1
        if at < 0:
            continue
        paragraph, offset = paragraphs[at], begins[at]
        start, end = said.start - offset, said.end - offset
        text = paragraph.text[start:end]
        plain = text if text.isascii() else _plain(text)
        identity = first = quote_id(article_id, plain)
        if first in seen:
            identity = quote_id(article_id, plain, seen[first])
        seen[first] = seen.get(first, 0) + 1
        quotes.append(
            Quote(
                id=identity,
                text=text,
                speaker=said.voice.speaker,
                role=said.voice.role,
                cue=said.cue,
                kind=said.kind,
                attribution=said.voice.attribution,
                paragraph=paragraph.n,
                start=start,
                end=end,
            )
        )
    return tuple(quotes)


def _plain(text: str) -> str:
    """The text with typographic signs as ASCII has them."""
    for sign, plain in _TYPOGRAPHIC:
        text = text.replace(sign, plain)
    return text
