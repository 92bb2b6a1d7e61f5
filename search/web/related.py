"""Related articles, with the reason for each: on the page of an article and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from search.articles.model import Article
from search.index.engine import Engine, QueryTimeout
from search.index.relating import Related, related

_NAMED = 2  # of several speakers, subjects, places
_WORDS = 4


def relatives(engine: Engine, article: Article) -> tuple[Related, ...]:
    """What belongs with an article, for its page, which can do without where it takes too long."""
    with suppress(QueryTimeout):
        return related(engine, article)
    return ()


def reason(one: Related) -> str:
    """Why, in words: the two best reasons."""
    if one.version:
        return "Nearly the same text: another version"
    reasons = (
        _listed("also quotes", one.speakers, _NAMED),
        _listed("also about", [topic.label for topic in one.subjects], _NAMED),
        _listed("also from", one.places, _NAMED),
        _listed("shares the words", one.words, _WORDS),
    )
    told = "; ".join([text for text in reasons if text][:2])
    return told[:1].upper() + told[1:]


def as_json(one: Related) -> dict[str, Any]:
    """One of them in JSON."""
    return {
        "id": one.article.id,
        "url": one.article.url,
        "headline": one.article.headline,
        "published": one.article.published,
        "version": one.version,
        "reason": reason(one),
        "speakers": list(one.speakers),
        "subjects": [{"code": topic.code, "label": topic.label} for topic in one.subjects],
        "places": list(one.places),
        "words": list(one.words),
    }


def _listed(what: str, names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{what} {', '.join(names[:most])}{more}" if names else ""
