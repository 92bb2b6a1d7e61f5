"""The query language by example: what `/help` shows, each a link, and what the tests ask the parser and the site."""

from __future__ import annotations

from dataclasses import dataclass


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


SECTIONS: tuple[Section, ...] = (
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
    Section(
        "Who, what and where",
        (
            Example("speaker:aalst", "articles that quote somebody of this name, or part of a name"),
            Example("role:minister harvest", "a role and a word"),
            Example("topic:diplomacy", "articles about a topic, by a word of its name"),
            Example('sector:"oil and gas"', "articles about a branch of the economy"),
            Example("place:port", "articles from a place, by a word of its name"),
            Example("agency:press", "articles of an agency"),
        ),
    ),
    Section(
        "When",
        (
            Example("date:2022", "a year"),
            Example("date:2022-02", "a month; a day is written 2022-02-04"),
            Example("date:2021..2022-06 budget", "from the first day of the one to the last day of the other"),
            Example("date:..2019", "up to the end of a year; “2020..” means since"),
        ),
    ),
)
