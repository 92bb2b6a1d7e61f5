"""The question put to an engine and the shape of its answer. Text and spans only, never HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from search.articles.model import Article, Quote
from search.fields import FACETS, DocumentKind
from search.query.nodes import EVERYTHING, Node

Sort = Literal["relevance", "newest", "oldest"]
CompletionKind = Literal["speaker", "topic", "sector", "place", "agency", "headline"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A remark on the query for its author: what was read how, and where (offsets into the query string)."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked: a tree, filters, order, and the slice of hits wanted.

    `filters` and `excluded` map a facet to exact values: OR within a facet, AND across; `excluded` values must all
    be absent. `date_from`/`date_to` are ISO days, both included. `limit` 0 asks for counts alone; `passages` is how
    many of each article are wanted at most.
    """

    documents: DocumentKind = "article"
    node: Node = EVERYTHING
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    passages: int = 3
    facets: tuple[str, ...] = FACETS
    facet_limit: int = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (excluded) of the text it belongs to."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a paragraph with the matched words marked; `paragraph` is the anchor it was taken from.

    `start` is the passage's offset in the paragraph's text; marks count from the passage's own beginning.
    """

    text: str
    marks: tuple[Span, ...] = ()
    paragraph: int | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One matching article, or one matching quote with the article it stands in."""

    article: Article
    score: float
    snippets: tuple[Snippet, ...] = ()
    headline_marks: tuple[Span, ...] = ()
    quote: Quote | None = None
    marks: tuple[Span, ...] = ()


class FacetCount(NamedTuple):  # of which an answer has hundreds
    """A value of a facet with its true count over the whole result set, this facet's own filter ignored.

    `others` are values that mean the same and are counted with it: one speaker's other names, another way to write it.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides what tuples have by that name
    selected: bool = False
    excluded: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many results a month has; `month` is ISO: 2022-02."""

    month: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The whole answer. `facet_sizes` says how many values each facet has in all, where the list was cut."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    facet_sizes: Mapping[str, int] = field(default_factory=dict)
    histogram: tuple[MonthCount, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    suggestion: str | None = None
    generation: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a reader may be about to type, and how many articles have it; a headline's `value` is its article's id."""

    kind: CompletionKind
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class WholeResults:
    """Every hit of a question, all from one generation; `hits` reads each as it is reached and can be run once."""

    total: int
    hits: Iterator[Hit]
    diagnostics: tuple[Diagnostic, ...] = ()
    generation: str = ""
