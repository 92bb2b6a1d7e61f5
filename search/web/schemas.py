"""The shapes of the answers, by name; those of the model are made from its fields."""

from __future__ import annotations

from typing import get_type_hints

from search.articles.model import Article, Quote
from search.fields import FACETS
from search.index.explaining import Reason
from search.query.results import CompletionKind, Diagnostic, MonthCount, Sort
from search.query.state import LARGEST_SIZE, MOST_VALUES
from search.query.syntax import Match
from search.web.answers import WayOn
from search.web.directory import LISTS, Facet
from search.web.matrix import Columns
from search.web.profiles import Role
from search.web.shapes import (
    COUNT,
    DATE,
    FLAG,
    MARKS,
    NUMBER,
    TEXT,
    Schema,
    many,
    maybe,
    of_fields,
    one_of,
    record,
    ref,
)
from search.web.whole_facets import Order


def schemas() -> dict[str, Schema]:
    """Every shape by its name."""
    known: dict[str, Schema] = {}
    for kind in (Article, Quote, Diagnostic, MonthCount, Role, Reason, WayOn):
        of_fields(kind, known)
    return {**known, **_SEARCHES, **_NAMES, **_TOPICS, **_TIMES, **_MATRIX, **_OTHERS}


def _results(hit: str) -> Schema:
    return record(
        query=ref("Query"),
        diagnostics=many(ref("Diagnostic")),
        total=COUNT,
        page={"type": "integer", "minimum": 1},
        size={"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE},
        took_ms=NUMBER,
        hits=many(ref(hit)),
        facets=ref("Facets"),
        facet_sizes={"type": "object", "propertyNames": {"enum": list(FACETS)}, "additionalProperties": COUNT},
        histogram=many(ref("MonthCount")),
        suggestion=maybe(record(q=TEXT)),
        ways=many(ref("WayOn")),
    )


_CHOSEN = {**many(TEXT), "maxItems": MOST_VALUES}
_QUOTE = record(
    id=TEXT,
    url=TEXT,
    text=TEXT,
    **{name: maybe(TEXT) for name in ("speaker", "role", "cue")},
    **{name: one_of(get_type_hints(Quote)[name]) for name in ("kind", "attribution")},
    **dict.fromkeys(("paragraph", "start", "end"), COUNT),
    published=maybe(DATE),
    article=record(id=TEXT, url=TEXT, headline=TEXT),
)
_SEARCHES = {
    "ArticleResults": _results("ArticleHit"),
    "QuoteResults": _results("QuoteHit"),
    "Query": record(
        q=TEXT,
        match=one_of(Match),
        filters={
            "type": "object",
            "properties": {
                **{f"{sign}{facet}": _CHOSEN for sign in ("", "not_") for facet in FACETS},
                **{"from": DATE, "to": DATE},
            },
        },
        sort=one_of(Sort),
    ),
    "ArticleHit": record(
        id=TEXT,
        url=TEXT,
        headline=TEXT,
        lead=maybe(TEXT),
        published=maybe(DATE),
        dateline=maybe(record(place=maybe(TEXT), date=maybe(TEXT), agency=maybe(TEXT))),
        speakers=many(TEXT),
        topics=many(ref("Label")),
        sectors=many(ref("Label")),
        snippets=many(record(text=TEXT, marks=MARKS, paragraph=maybe(COUNT))),
        matched=many(ref("Reason")),
        score=NUMBER,
        source=record(path=TEXT, id=maybe(TEXT)),
    ),
    "ArticleQuote": _QUOTE,
    "QuoteHit": record(**_QUOTE["properties"], marks=MARKS, matched=many(ref("Reason"))),
    "Label": record(code=TEXT, label=TEXT),
    "Facets": {
        "description": "The values of each facet with true counts over all results, the facet's own filter ignored",
        "type": "object",
        "propertyNames": {"enum": list(FACETS)},
        "additionalProperties": many(record(value=TEXT, label=TEXT, count=COUNT, selected=FLAG)),
    },
    "ExportHead": {
        "description": "The first line of a .jsonl export; each further line is an Article or an ArticleQuote",
        **record(
            query=ref("Query"),
            **dict.fromkeys(("url", "site"), TEXT),
            diagnostics=many(ref("Diagnostic")),
            total=COUNT,
            generation=TEXT,
            exported={"type": "string", "format": "date-time"},
        ),
    },
}


def _list(facet: Facet) -> Schema:
    asked = record(q=TEXT, letter=maybe(TEXT), order=TEXT)
    return record(query=asked, total=COUNT, page=COUNT, pages=COUNT, **{LISTS[facet]: many(ref("Name"))})


_NAME = {**dict.fromkeys(("name", "slug", "url"), TEXT), "names": many(TEXT), "articles": COUNT, "quotes": COUNT}
_FOUND = {"facets": ref("Facets"), "histogram": many(ref("MonthCount"))}
_SUBJECT = {
    **_FOUND,
    **dict.fromkeys(("articles", "quotes"), COUNT),
    **dict.fromkeys(("articles_url", "quotes_url"), TEXT),
    "newest": many(ref("ArticleHit")),
}
_NAMES = {
    "Name": record(**_NAME),
    "SpeakerList": _list("speaker"),
    "PlaceList": _list("place"),
    "AgencyList": _list("agency"),
    "SpeakerProfile": record(
        **_NAME,
        **_FOUND,
        roles=many(ref("Role")),
        alike=many(ref("Name")),
        latest=many(ref("ArticleQuote")),
        mentions=COUNT,
        **dict.fromkeys(("articles_url", "quotes_url", "mentions_url"), TEXT),
    ),
    "PlaceProfile": record(**{**_NAME, **_SUBJECT}, alike=many(ref("Name"))),
}
_NAMED = dict.fromkeys(("code", "label", "url"), TEXT)
_BRANCHES = many(ref("Branch"))
_TOPICS = {
    "Branch": record(**_NAMED, articles=COUNT, children=_BRANCHES),
    "TopicTree": record(topics=_BRANCHES, sectors=_BRANCHES),
    "TopicProfile": record(
        **_NAMED,
        kind={"enum": ["topic", "sector"]},
        parents=many(record(**_NAMED)),
        children=_BRANCHES,
        **_SUBJECT,
    ),
}
_AROUND = maybe(record(date=DATE, url=TEXT))
_TIMES = {
    "Period": record(date=DATE, url=TEXT, label=TEXT, articles=COUNT),
    "Years": record(years=many(ref("Period"))),
    "PeriodArticles": record(
        date=DATE,
        **dict.fromkeys(("total", "page", "pages"), COUNT),
        **dict.fromkeys(("months", "days"), many(ref("Period"))),
        **dict.fromkeys(("previous", "next"), _AROUND),
        articles=many(ref("ArticleHit")),
        articles_url=TEXT,
    ),
}
_HEADING = {"value": TEXT, "label": TEXT, "count": COUNT, "url": TEXT}
_MATRIX = {
    "Matrix": record(
        search=TEXT,
        columns_are=one_of(Columns),
        **dict.fromkeys(("total", "speakers", "subjects"), COUNT),
        columns=many(record(**_HEADING)),
        rows=many(record(**_HEADING, cells=many(record(count=COUNT, url=TEXT)))),
    ),
}
_ITEM = {
    **dict.fromkeys(("id", "url", "title", "summary", "content_html", "date_published", "language"), TEXT),
    "authors": many(record(name=TEXT)),
    "tags": many(TEXT),
}
_VALUE = {"value": TEXT, "label": TEXT, "count": COUNT, "selected": FLAG, "excluded": FLAG}
_OTHERS = {
    "FacetValues": record(
        search=TEXT,
        facet={"type": "string", "enum": list(FACETS)},
        order=one_of(Order),
        words=TEXT,
        **dict.fromkeys(("total", "facet_size", "found", "page", "pages"), COUNT),
        values=many(record(**_VALUE)),
    ),
    "Feed": {
        "type": "object",
        "properties": {
            **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "next_url"), TEXT),
            "items": many({"type": "object", "properties": _ITEM, "required": ["id", "url", "title", "content_html"]}),
        },
        "required": ["version", "title", "home_page_url", "feed_url", "items"],
    },
    "RelatedArticles": record(
        id=TEXT,
        url=TEXT,
        related=many(
            record(
                **dict.fromkeys(("id", "url", "headline", "reason"), TEXT),
                published=maybe(DATE),
                version=FLAG,
                **dict.fromkeys(("speakers", "places", "words"), many(TEXT)),
                subjects=many(ref("Label")),
            )
        ),
    ),
    "Suggestions": record(
        q=TEXT,
        suggestions=many(
            record(
                kind=one_of(CompletionKind),
                **dict.fromkeys(("value", "label", "told", "url"), TEXT),
                count=COUNT,
                search_url=maybe(TEXT),
            )
        ),
    ),
    "OpenSearchSuggestions": {
        "description": "What was asked, then completions, what each is and its address (OpenSearch Suggestions 1.0)",
        "type": "array",
        "items": {"anyOf": [TEXT, many(TEXT)]},
        "minItems": 4,
        "maxItems": 4,
    },
    "Health": record(status={"const": "ok"}, engine=TEXT, generation=TEXT, articles=COUNT, quotes=COUNT),
    "Error": record(error=record(status={"type": "integer"}, message=TEXT)),
}
