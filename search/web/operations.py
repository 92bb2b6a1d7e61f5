"""What can be asked of the API: for each endpoint that programs use, its parameters and the shape of its answer.

Names, choices and limits are those of the modules that read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from search.fields import FACETS
from search.query.results import Sort
from search.query.state import DEFAULT_SIZE, LARGEST_SIZE, LAST_PAGE, MOST_VALUES
from search.query.syntax import LONGEST_QUERY, Match
from search.web.exports import FORMATS
from search.web.feeds import ENTRIES
from search.web.matrix import Columns
from search.web.shapes import DATE, TEXT, Schema, many, one_of, ref
from search.web.whole_facets import ORDERS
from search.web.wording import FACET_NAMES

Parameter = dict[str, Any]

#: Media types by the suffix of an address; `/healthz`, which has none, answers JSON.
MEDIA_TYPES = {
    "": "application/json",
    "json": "application/json",
    "feed.json": "application/feed+json",
    "opensearch.json": "application/x-suggestions+json",
    "atom": "application/atom+xml",
    **{suffix: one.media_type.partition(";")[0] for suffix, one in FORMATS.items()},
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What an endpoint answers; `schema` is that of its JSON, all other formats are text."""

    summary: str
    schema: Schema
    parameters: tuple[Parameter, ...] = ()
    streamed: bool = False


def _query(name: str, description: str, schema: Schema) -> Parameter:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _path(name: str, description: str, schema: Schema) -> Parameter:
    return {**_query(name, description, schema), "in": "path", "required": True}


def _values(facet: str, sign: str, description: str) -> Parameter:
    schema = {**many({**TEXT, "minLength": 1}), "maxItems": MOST_VALUES}
    return {**_query(sign + facet, description, schema), "style": "form", "explode": True}


def _choice(name: str, description: str, choices: object, default: str | None = None) -> Parameter:
    return _query(name, description, one_of(choices) | ({"default": default} if default else {}))


def _number(name: str, description: str, most: int, default: int) -> Parameter:
    return _query(name, description, {"type": "integer", "minimum": 1, "maximum": most, "default": default})


Q = _query("q", "Words and operators of the query language, see /help", {**TEXT, "maxLength": LONGEST_QUERY})
TYPED = _query("q", "What is typed so far; speaker: and the like before it ask for one kind", TEXT)
PAGE = _number("page", "Which page; one beyond the results is an error", LAST_PAGE, 1)
ASKED = (
    Q,
    _choice("match", "Whether all words must be there, or any of them", Match, get_args(Match)[0]),
    *(_values(facet, "", f"{FACET_NAMES[facet][0]}: any of these") for facet in FACETS),
    *(_values(facet, "not_", f"{FACET_NAMES[facet][0]}: none of these") for facet in FACETS),
    _query("from", "From this day, month or year on", DATE),
    _query("to", "Up to this day, month or year, included", DATE),
)
SORT = _choice("sort", "Order; left out: relevance where there are words, else newest", Sort)
SIZE = _number("size", "Results on a page", LARGEST_SIZE, DEFAULT_SIZE)
FEED_SIZE = _number("size", f"Entries on a page of a feed; {DEFAULT_SIZE} stands for {ENTRIES}", LARGEST_SIZE, ENTRIES)
COLUMNS = _choice("columns", "What the columns are", Columns, get_args(Columns)[0])
LISTED = (
    Q,
    _query("letter", "Names under this letter, a to z or other", TEXT),
    _query(
        "order",
        "Of a list of names: by the alphabet or by frequency",
        {"type": "string", "enum": ["name", "most"], "default": "name"},
    ),
    PAGE,
)
VALUES = (
    _query("words", "Values whose labels have words that begin with these", TEXT),
    _query("order", "Of a facet: as a tree (topics and sectors), by count or by name", {**TEXT, "enum": list(ORDERS)}),
    PAGE,
)
PATH = {
    name: _path(name, description, schema)
    for name, description, schema in (
        ("id", "The number that the address of an article or quote holds", {**TEXT, "pattern": "^[0-9a-z-]+$"}),
        ("slug", "The name as the lists write it in addresses", {**TEXT, "pattern": "^[0-9a-z-]+$"}),
        ("code", "A code of IPTC Media Topics, as in medtop:20000373", {**TEXT, "pattern": "^[0-9a-z:]+$"}),
        ("facet", "Which facet", {**TEXT, "enum": list(FACETS)}),
        ("year", "Four digits", {**TEXT, "pattern": "^[0-9]{4}$"}),
        ("month", "Two digits", {**TEXT, "pattern": "^[0-9]{2}$"}),
        ("day", "Two digits", {**TEXT, "pattern": "^[0-9]{2}$"}),
    )
}

OPERATIONS = {
    "api.search": Operation("One page of the articles found", ref("ArticleResults"), (*ASKED, SORT, PAGE, SIZE)),
    "api.quotes": Operation("One page of the quotes found", ref("QuoteResults"), (*ASKED, SORT, PAGE, SIZE)),
    "exports.articles": Operation("All articles found, streamed", TEXT, (*ASKED, SORT), streamed=True),
    "exports.quotes": Operation("All quotes found, streamed", TEXT, (*ASKED, SORT), streamed=True),
    "feeds.atom": Operation("What is found as a feed, newest first", TEXT, (*ASKED, PAGE, FEED_SIZE)),
    "feeds.json_feed": Operation("What is found as a feed, newest first", ref("Feed"), (*ASKED, PAGE, FEED_SIZE)),
    "matrices.as_json": Operation("Counts of speakers by sectors or topics", ref("Matrix"), (*ASKED, COLUMNS)),
    "facets.as_json": Operation("Every value of a facet of a search", ref("FacetValues"), (*ASKED, *VALUES)),
    "api.article": Operation("One article, whole", ref("Article")),
    "api.related_articles": Operation("Articles that belong with one, with the reasons", ref("RelatedArticles")),
    "exports.article": Operation("One article as a file", TEXT),
    "api.quote": Operation("One quote with its article", ref("ArticleQuote")),
    "exports.quote": Operation("One quote as a file", TEXT),
    "feeds.article": Operation("One article as a feed of one entry", TEXT),
    "feeds.quote": Operation("One quote as a feed of one entry", TEXT),
    "speakers.index_json": Operation("Who is quoted", ref("SpeakerList"), LISTED),
    "speakers.speaker_json": Operation("One speaker: roles, times, subjects, latest words", ref("SpeakerProfile")),
    "places.index_json": Operation("Where the news is from", ref("PlaceList"), LISTED),
    "places.place_json": Operation("One place: counts, months, newest articles", ref("PlaceProfile")),
    "agencies.index_json": Operation("Which agencies the news is from", ref("AgencyList"), LISTED),
    "agencies.agency_json": Operation("One agency: counts, months, newest articles", ref("PlaceProfile")),
    "topics.index_json": Operation("The trees of topics and sectors with their counts", ref("TopicTree")),
    "topics.topic_json": Operation("One topic or sector: counts, months, newest articles", ref("TopicProfile")),
    "browsing.years_json": Operation("The years that have articles", ref("Years")),
    "browsing.period_json": Operation("The articles of a year, month or day", ref("PeriodArticles"), (PAGE,)),
    "suggestions.as_json": Operation("Names and headlines that begin so", ref("Suggestions"), (TYPED,)),
    "suggestions.as_opensearch": Operation(
        "The same for the address bars of browsers", ref("OpenSearchSuggestions"), (TYPED,)
    ),
    "api.health": Operation("What is being served", ref("Health")),
    "openapi.document": Operation("This description", {"type": "object"}),
}
