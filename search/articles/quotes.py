"""The quotes of an article: the words that somebody said, and who said them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from search.articles.identity import quote_id
from search.articles.model import Paragraph, Quote
from search.articles.speech.narrative import narrate
from search.articles.speech.statements import Listener

#: What identity folds away all the same; folding it here first keeps most quotes ASCII, which is faster.
_TYPOGRAPHIC = (("’", "'"), ("“", '"'), ("”", '"'), ("‘", "'"), ("—", "-"), ("–", "-"), ("\u00a0", " "))


def find_quotes(
    article_id: str, paragraphs: Sequence[Paragraph], *, headline: str = "", lead: str | None = None
) -> tuple[Quote, ...]:
    """Every quote in the order of the text. Headline and lead are read only for the names and roles they give.

    A headline in capitals gives none: its verbs can't be told from its names.
    """
    context = ["" if headline.isupper() else headline, lead or ""]
    texts = context + ["" if paragraph.heading else paragraph.text for paragraph in paragraphs]
    begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
    n = narrate(texts)
    seen: dict[str, int] = {}
    quotes = []
    for said in Listener(n).statements():
        number = bisect_right(begins, said.start) - 1
        if number < len(context):
            continue
        offset = begins[number]
        text = texts[number][said.start - offset : said.end - offset]
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
                paragraph=paragraphs[number - len(context)].n,
                start=said.start - offset,
                end=said.end - offset,
            )
        )
    return tuple(quotes)


def _plain(text: str) -> str:
    """The text with typographic signs as ASCII has them."""
    for sign, plain in _TYPOGRAPHIC:
        text = text.replace(sign, plain)
    return text
