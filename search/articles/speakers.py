"""The speakers of an article: each once, under the fullest name that it gives, with the roles as written."""

from __future__ import annotations

from collections.abc import Iterable

from search.articles.model import Quote, Speaker


def speakers_of(quotes: Iterable[Quote]) -> tuple[Speaker, ...]:
    """The named speakers, most quoted first, then in the order of the text."""
    roles: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for quote in quotes:
        if quote.speaker is None:
            continue
        counts[quote.speaker] = counts.get(quote.speaker, 0) + 1
        held = roles.setdefault(quote.speaker, {})
        if quote.role:
            held[quote.role] = None
    order = sorted(counts, key=lambda name: -counts[name])
    return tuple(Speaker(name, tuple(roles[name]), counts[name]) for name in order)
