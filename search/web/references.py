"""Results as references for reference managers: RIS and BibTeX.

RIS follows the format of 2011 (Research Information Systems): a tag of two characters, two spaces, a hyphen, a space,
a value on one line; `ER` ends a record. It knows no comments, so the first record's note says where the export comes
from. BibTeX ignores what stands outside entries up to the next "@", so a `%` line does, without any "@" in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from search.articles.model import Article, Quote
from search.query.results import Hit
from search.web.citations import authors, bibtex, quotation
from search.web.provenance import Provenance, quote_path
from search.web.wording import web_address

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def ris_records(asked: Provenance, hits: Iterable[Hit]) -> Iterator[str]:
    """One record a hit."""
    note = asked.sentence
    for hit in hits:
        yield ris(hit.article, asked.base, asked.site, hit.quote, note)
        note = ""


def bibtex_entries(asked: Provenance, hits: Iterable[Hit]) -> Iterator[str]:
    """A line on where the export comes from, then one entry a hit."""
    yield f"% {_line(asked.sentence).replace('@', ' at ')}\n\n"
    for hit in hits:
        yield bibtex(hit.article, _url(asked.base, hit.article, hit.quote), asked.site, hit.quote) + "\n\n"


def ris(article: Article, base: str, site: str, quote: Quote | None = None, note: str = "") -> str:
    """The article, or a quote from it, as one record. `base` is the site's address, `site` its name."""
    dateline = article.dateline
    values = [
        ("ID", quote.id if quote else article.id),
        ("TI", article.headline),
        *(("AU", name) for name in authors(article)),
        ("T2", (dateline and dateline.agency) or site),
        *_dates(article.published),
        ("CY", dateline and dateline.place),
        ("AB", article.lead),
        ("N1", quote and quotation(quote)),
        ("N1", note),
        *(("KW", topic.label) for topic in article.topics + article.sectors),
        ("LA", article.language),
        ("UR", _url(base, article, quote)),
        ("LK", web_address(article.source.url)),
        ("DB", site),
    ]
    lines = (f"{tag}  - {_line(value)}\r\n" for tag, value in values if value)
    return "TY  - NEWS\r\n" + "".join(lines) + "ER  - \r\n\r\n"


def _url(base: str, article: Article, quote: Quote | None) -> str:
    return base + (quote_path(article, quote) if quote else article.url)


def _dates(published: str | None) -> list[tuple[str, str]]:
    """'2022-02-04' -> 2022 and 2022/02/04/, what is not known left empty."""
    date = _DATE.fullmatch(published or "")
    if not date:
        return []
    year, month, day = (part or "" for part in date.groups())
    return [("PY", year), ("DA", f"{year}/{month}/{day}/")]


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
