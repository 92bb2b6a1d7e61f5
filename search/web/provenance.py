"""What an export begins with: what was asked, when, how many there are, and of which index generation.

Each format says it where its readers look for it and no strict parser stumbles over it; see the writers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import current_app, request

from search.articles.identity import slug
from search.articles.model import Article, Quote
from search.query.results import Diagnostic, Sort, WholeResults
from search.query.state import DEFAULT_SIZE, SearchState
from search.web.wording import counted


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from. `exported` is a moment in UTC, ISO 8601; `base` the address of the site.

    `path` is the page of the one article or quote that is exported, `named` its id; both are empty for a search.
    """

    site: str
    base: str
    state: SearchState
    sort: Sort
    total: int
    generation: str
    exported: str
    remarks: tuple[Diagnostic, ...] = ()
    path: str = ""
    named: str = ""

    @property
    def url(self) -> str:
        """What is exported, as a page for people."""
        return self.base + (self.path or self.state.url())

    @property
    def sentence(self) -> str:
        """All of it in words, on one line."""
        found = counted(self.total, self.state.documents)
        said = f"{found} of {self.url}, exported {self.exported} from index generation {self.generation}"
        return " ".join([f"{said}.", *(remark.message for remark in self.remarks)])

    @property
    def name(self) -> str:
        """A file name without its suffix, in plain ASCII."""
        if self.named:
            return self.named
        asked = slug(self.state.q)[:40] if self.state.q else "all"
        return f"backfile-{asked}-{self.total}-{self.state.documents}s-g{slug(self.generation)}"


def provenance(state: SearchState, sort: Sort, whole: WholeResults, remarks: tuple[Diagnostic, ...]) -> Provenance:
    """Of results that are about to be exported, all of them whatever page was looked at."""
    return Provenance(
        site=current_app.config["TITLE"],
        base=base_address(),
        state=replace(state, page=1, size=DEFAULT_SIZE),
        sort=sort,
        total=whole.total,
        generation=whole.generation,
        exported=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        remarks=(*remarks, *whole.diagnostics),
    )


def provenance_of_one(article: Article, quote: Quote | None, generation: str) -> Provenance:
    """Of one article or quote."""
    state = SearchState(documents="quote" if quote else "article")
    path, named = (quote_path(article, quote), quote.id) if quote else (article.url, article.id)
    return replace(
        provenance(state, "newest", WholeResults(1, iter(()), generation=generation), ()), path=path, named=named
    )


def base_address() -> str:
    """The address of the site, as set or as it was reached, without a slash at its end."""
    return str(current_app.config["BASE_URL"] or request.url_root.rstrip("/"))


def quote_path(article: Article, quote: Quote) -> str:
    """The address of a quote on the site: its place in the article."""
    return f"{article.url}#q-{quote.id}"
