"""One article, ready to be read: its text with quotes and matches marked, notes for the margin, and its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from search.articles.identity import name_slug
from search.articles.model import Article, Paragraph, Quote
from search.index.engine import Engine, QueryTimeout
from search.query.nodes import EVERYTHING, Node
from search.query.results import Hit, Span
from search.query.snippets import marks
from search.query.state import SearchState
from search.web.directory import entry_path
from search.web.fragments import Fragments
from search.web.markup import Said, marked

_MOST_WORDED = 100  # paragraphs, or quotes, whose links tell their words, too: with more, a page is mostly links


@dataclass(frozen=True, slots=True)
class Note:
    """Who speaks beside a paragraph, how we know, and in how many quotes of it.

    `url` is the speaker's page; `links` are the words of each quote and the way to it.
    """

    speaker: Markup | None
    role: Markup | None
    attribution: str
    quotes: int
    url: str | None
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or sub-heading with its number, the link to it, and the notes that stand beside it."""

    n: int
    link: str
    html: Markup
    heading: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The article with everything marked; `matches` counts the marks in all of it."""

    headline: Markup
    lead: Markup | None
    passages: tuple[Passage, ...]
    matches: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The hit before or after this one."""

    headline: str
    url: str


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the article stands in the results that one came from, and the ways back and on."""

    position: int
    total: int
    back_url: str
    previous: Neighbour | None
    next: Neighbour | None


def reading(article: Article, node: Node = EVERYTHING, address: str = "") -> Reading:
    """The article with the words that match `node` marked in headline, lead and text.

    `address` is the article's own, for the links to its passages where the page has another one.
    """
    headline, lead = marks(node, article.headline, "headline"), marks(node, article.lead or "", "lead")
    in_order = sorted(article.quotes, key=lambda quote: (quote.paragraph, quote.start))
    quotes = {n: tuple(group) for n, group in groupby(in_order, key=lambda quote: quote.paragraph)}
    found = [(p, quotes.get(p.n, ()), _marks(node, p, quotes.get(p.n, ()))) for p in article.paragraphs]
    top = marked(article.headline, headline)
    below = marked(article.lead, lead) if article.lead else None
    passages = tuple(_passages(node, found, Fragments(article), address))
    return Reading(top, below, passages, sum(_marked_in(html) for html in (top, below, *_shown(passages))))


def trail(engine: Engine, state: SearchState, position: int, article: Article) -> Trail | None:
    """The neighbours of hit number `position` (from 1); None where that is not this article, or there is no such hit.

    None for a search that takes too long too: the article can be read all the same.
    """
    question, _ = state.question()
    first = max(position - 1, 1)
    try:
        results = engine.search(replace(question, offset=first - 1, limit=position - first + 2, facets=()))
    except QueryTimeout:
        return None
    hits = {first + index: hit for index, hit in enumerate(results.hits)}
    here = hits.get(position)
    if here is None or here.article.id != article.id:
        return None
    page = state.with_page((position - 1) // state.size + 1)
    return Trail(
        position=position,
        total=results.total,
        back_url=f"{page.url()}#hit-{position}",
        previous=_neighbour(state, hits.get(position - 1), position - 1),
        next=_neighbour(state, hits.get(position + 1), position + 1),
    )


def _neighbour(state: SearchState, hit: Hit | None, position: int) -> Neighbour | None:
    if hit is None:
        return None
    url = hit.article.url
    there = state.quote_url(url, hit.quote.id, position) if hit.quote else state.article_url(url, position)
    return Neighbour(hit.article.headline, there)


def _passages(
    node: Node,
    found: Sequence[tuple[Paragraph, tuple[Quote, ...], tuple[Span, ...]]],
    fragments: Fragments,
    address: str,
) -> Iterator[Passage]:
    """The paragraphs in order; a speaker's role is noted where it is new."""
    roles: dict[Markup | None, Markup] = {}
    few = sum(len(quotes) for _, quotes, _ in found) <= _MOST_WORDED

    def link_to(quote: Quote) -> str:
        return address + fragments.of_quote(quote) if few else f"#q-{quote.id}"

    for paragraph, quotes, spans in found:
        said = (Said(quote.start, quote.end, f"q-{quote.id}", quote.kind == "indirect") for quote in quotes)
        notes = tuple(_notes(node, quotes, link_to))
        told = tuple(replace(n, role=None) if n.speaker and roles.get(n.speaker) == n.role else n for n in notes)
        roles.update((note.speaker, note.role) for note in notes if note.role)
        link = address + fragments.of_paragraph(paragraph.n) if len(found) <= _MOST_WORDED else f"#p{paragraph.n}"
        yield Passage(paragraph.n, link, marked(paragraph.text, spans, said), paragraph.heading, told)


def _marks(node: Node, paragraph: Paragraph, quotes: Iterable[Quote]) -> tuple[Span, ...]:
    """Matches in the text, and those that only `said:` allows: inside quotes."""
    spans = set(marks(node, paragraph.text, "body"))
    for quote in quotes:
        words = paragraph.text[quote.start : quote.end]
        spans |= {Span(quote.start + m.start, quote.start + m.end) for m in marks(node, words, "said")}
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _shown(passages: Iterable[Passage]) -> Iterator[Markup | None]:
    for passage in passages:
        yield passage.html
        for note in passage.notes:
            yield from (note.speaker, note.role)


def _marked_in(html: Markup | None) -> int:
    return html.count("<mark>") if html else 0


def _notes(node: Node, quotes: Iterable[Quote], link: Callable[[Quote], str]) -> Iterator[Note]:
    """One note for all quotes of a speaker that follow one another in a paragraph, with how the first is known."""
    for (speaker, role), group in groupby(quotes, key=lambda quote: (quote.speaker, quote.role)):
        said = list(group)
        url = entry_path("speaker", name_slug(speaker)) if speaker else None
        name = marked(speaker, marks(node, speaker, "speaker")) if speaker else None
        function = marked(role, marks(node, role, "role")) if role else None
        yield Note(name, function, said[0].attribution, len(said), url, tuple((one.text, link(one)) for one in said))
