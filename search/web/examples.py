"""The query language by example: what `/help` shows, each a link, and what the tests ask the parser and the site.

Names and dates are those of the archive that is served: its commonest speaker, place and so on, its latest month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis import tokens
from search.index.engine import Engine
from search.query.results import Question, Results
from search.web.keeping import kept

_USUAL = {"speaker": "smith", "topic": "diplomacy", "sector": "oil and gas", "place": "port", "agency": "press"}
_USUAL_MONTH = "2022-02"


@dataclass(frozen=True, slots=True)
class Example:
    """A query as one types it, and what it finds."""

    q: str
    finds: str


@dataclass(frozen=True, slots=True)
class Section:
    """Examples of one kind."""

    name: str
    examples: tuple[Example, ...]


def examples(engine: Engine) -> tuple[Section, ...]:
    """Those of the generation that is being served. Raises what the engine raises."""
    return kept(engine, "examples", lambda: sections(engine.search(Question(limit=0, facet_limit=1))))


def sections(archive: Results) -> tuple[Section, ...]:
    """All examples, with names and dates of an archive; usual ones where it has none."""
    commonest = {facet: counts[0].label for facet, counts in archive.facets.items() if counts}
    months = [entry.month for entry in archive.histogram]
    return (*_SECTIONS, _who_what_where(_USUAL | commonest), _when(max(months, default=_USUAL_MONTH)))


_SECTIONS = (
    Section(
        "Words",
        (
            Example("oil prices", "articles that have both words, in any form: “price”, “prices”, “priced”"),
            Example('"trade agreement"', "the words directly after one another"),
            Example('"gas pipeline"~5', "the words near each other, in any order, with at most five others between"),
            Example("agricultur*", "words that begin like this: “agriculture”, “agricultural”"),
            Example("parliment~", "words spelt like this or almost so: “parliament”"),
        ),
    ),
    Section(
        "And, or, not",
        (
            Example("wheat OR barley", "articles that have one of the words, or both"),
            Example("exports AND (wheat OR barley)", "parentheses keep together what belongs together"),
            Example("harvest -drought", "a minus leaves out articles that have the word"),
            Example("harvest NOT drought", "the same in words"),
        ),
    ),
    Section(
        "In one part of the article",
        (
            Example("headline:election", "words in the headline"),
            Example("lead:minister", "words in the lead, the sentence under the headline"),
            Example("body:budget", "words in the text"),
            Example("said:confidence", "words that somebody said; the reporter’s own words do not count"),
            Example('said:"it is not"', "a phrase that somebody said"),
        ),
    ),
)


def _who_what_where(names: Mapping[str, str]) -> Section:
    return Section(
        "Who, what and where",
        (
            Example(
                _asked("speaker", _last(names["speaker"])),
                "articles that quote somebody of this name, or part of a name",
            ),
            Example("role:minister harvest", "a role and a word"),
            Example(_asked("topic", names["topic"]), "articles about a topic, by words of its name"),
            Example(_asked("sector", names["sector"]), "articles about a branch of the economy"),
            Example(_asked("place", names["place"]), "articles from a place, by words of its name"),
            Example(_asked("agency", names["agency"]), "articles of an agency"),
        ),
    )


def _when(month: str) -> Section:
    year = int(month[:4])
    return Section(
        "When",
        (
            Example(f"date:{year:04d}", "a year"),
            Example(f"date:{month}", f"a month; a day is written {month}-04"),
            Example(
                f"date:{max(1, year - 1):04d}..{month} budget",
                "from the first day of the one to the last day of the other",
            ),
            Example(f"date:..{year:04d}", f"up to the end of a year; “{year:04d}..” means since"),
        ),
    )


def _last(name: str) -> str:
    return name.split()[-1] if name.split() else name


def _asked(field: str, name: str) -> str:
    """A question for a name in a field, in words as they are compared."""
    words = " ".join(token.folded for token in tokens(name)) or _USUAL[field]
    return f'{field}:"{words}"' if " " in words else f"{field}:{words}"
