"""The quotes of an article: the words that somebody said, and who said them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from search.articles.identity import quote_id
from search.articles.model import Paragraph, Quote

_MARKED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»")
_SPEAKER = re.compile(r"\b([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?:said|added|told)\b")


def find_quotes(
    article_id: str, paragraphs: Sequence[Paragraph], *, headline: str = "", lead: str | None = None
) -> tuple[Quote, ...]:
    """Every quote in the order of the text. Headline and lead are read only for the names and roles they give."""
    seen: Counter[str] = Counter()
    quotes = []
    for paragraph in paragraphs:
        named = _SPEAKER.search(paragraph.text)
        speaker = named.group(1) if named else None
        for match in _MARKED.finditer(paragraph.text):
            start, end = match.span(match.lastindex or 0)
            text = paragraph.text[start:end]
            quotes.append(
                Quote(
                    id=quote_id(article_id, text, seen[text]),
                    text=text,
                    speaker=speaker,
                    role=None,
                    cue=None,
                    kind="direct",
                    attribution="named" if speaker else "none",
                    paragraph=paragraph.n,
                    start=start,
                    end=end,
                )
            )
            seen[text] += 1
    return tuple(quotes)
