"""Results as CSV that spreadsheets open as they are and that can't run anything there.

RFC 4180: commas, CRLF, every text in double quotes. In UTF-8 with a byte order mark, without which Excel reads another
encoding. A comment above the header would break every reader, so each row tells its provenance in its last columns: it
stays true of rows that are sorted, copied or merged with other exports. Texts of articles are left to JSON Lines: a
cell of a spreadsheet holds 32,767 characters.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from search.articles.model import Article, Quote
from search.query.results import Hit
from search.web.provenance import Provenance, quote_path
from search.web.wording import file_name, web_address

BYTE_ORDER_MARK = "\ufeff"
ARTICLE_COLUMNS = (
    *("n", "id", "url", "published", "published_from", "headline", "lead", "section", "byline", "language"),
    *("place", "agency", "speakers", "topics", "sectors", "original_url", "source", "source_id"),
)
QUOTE_COLUMNS = (
    *("n", "id", "url", "published", "text", "speaker", "role", "cue", "kind", "attribution"),
    *("article_id", "headline", "place", "agency", "topics", "sectors"),
)
PROVENANCE_COLUMNS = ("total", "search", "exported", "generation", "remarks")

Row = list[str | int | None]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Wherever some spreadsheet may begin a cell: at the start, and after what separates cells in other countries' CSV; full
# width signs count in Japanese ones. Blanks end where a separator stands, so that no text is looked through twice.
_BLANKS = r"(?:[^\S\t\r\n]|\ufeff)*"
_FORMULA = re.compile(rf"\A(?={_BLANKS}[\t\r\n=+\-@＝＋－＠])|(?<=[;|\t\r\n])(?={_BLANKS}[=+\-@＝＋－＠])")


def table(asked: Provenance, hits: Iterable[Hit]) -> Iterator[str]:
    """The header, then one row a hit."""
    quotes = asked.state.documents == "quote"
    last: Row = [asked.total, asked.url, asked.exported, asked.generation, " ".join(r.message for r in asked.remarks)]
    yield BYTE_ORDER_MARK + _line([*(QUOTE_COLUMNS if quotes else ARTICLE_COLUMNS), *PROVENANCE_COLUMNS])
    for n, hit in enumerate(hits, 1):
        cells = _quote(asked.base, hit.article, hit.quote) if hit.quote else _article(asked.base, hit.article)
        yield _line([n, *cells, *last])


def harmless(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would take for a formula."""
    return _FORMULA.sub("'", _CONTROL.sub("", text))


def _article(base: str, article: Article) -> Row:
    dateline, source = article.dateline, article.source
    return [
        *(article.id, base + article.url, article.published, article.published_from),
        *(article.headline, article.lead, article.section, article.byline, article.language),
        *((dateline.place, dateline.agency) if dateline else (None, None)),
        "; ".join(speaker.name for speaker in article.speakers),
        *_labels(article),
        *(web_address(source.url), file_name(source.path), source.id),
    ]


def _quote(base: str, article: Article, quote: Quote) -> Row:
    dateline = article.dateline
    return [
        *(quote.id, base + quote_path(article, quote), article.published, quote.text, quote.speaker, quote.role),
        *(quote.cue, quote.kind, quote.attribution, article.id, article.headline),
        *((dateline.place, dateline.agency) if dateline else (None, None)),
        *_labels(article),
    ]


def _labels(article: Article) -> Row:
    return ["; ".join(topic.label for topic in topics) for topics in (article.topics, article.sectors)]


def _line(values: Row) -> str:
    line = io.StringIO()
    cells = (harmless(value) if isinstance(value, str) else value for value in values)
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC).writerow(["" if cell is None else cell for cell in cells])
    return line.getvalue()
