"""The topics and sectors of an article, found by the weighted words of `topics.toml`.

Topics are IPTC Media Topics. Those below "products and services" are sectors, all others topics. `topic_file` reads the
words, `topic_lexicon` finds them in a text, `classifying` weighs them; here they come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from search.articles.classifying import BODY, HEADLINE, LEAD, evidence, most_fitting, totals
from search.articles.topic_lexicon import Lexicon
from search.articles.model import Paragraph, Topic
from search.articles.topic_file import Definition, read_topics, tokens

#: The branch whose topics are sectors: products and services.
SECTORS = "medtop:20000209"
SHIPPED = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class Reason:
    """A word or phrase that led to a topic: as the topics file has it, how often it stands there, what it counted.

    `count` weighs a mention in the headline three times and one in the lead twice; `evidence` is negative where the
    words speak against the topic.
    """

    words: str
    code: str
    count: float
    evidence: float


class TopicTable:
    """The topics of one file, and the words by which an article is given them."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        paths = {code: _path(code, definitions) for code in definitions}
        self.topics = {code: Topic(code, topic.label, paths[code]) for code, topic in definitions.items()}
        self._paths = {
            True: {code: path[path.index(SECTORS) + 1 :] for code, path in paths.items() if SECTORS in path[:-1]},
            False: {code: path for code, path in paths.items() if SECTORS not in path},
        }
        self._entries = [(code, entry) for code, topic in definitions.items() for entry in topic.entries]
        numbers = {code: number for number, code in enumerate(definitions)}
        self._lexicon = Lexicon((numbers[code], entry) for code, entry in self._entries)

    @classmethod
    def load(cls, path: str | Path | None = None) -> TopicTable:
        """The table in a TOML file; the shipped one without a path. Raises BadTopicFile."""
        return cls(read_topics(Path(path or SHIPPED)))

    def label(self, code: str) -> str | None:
        """What readers see for a code; `None` for one that isn't in the table."""
        topic = self.topics.get(code)
        return topic.label if topic else None

    def path(self, code: str) -> tuple[str, ...]:
        """The codes from the top topic down to this one; empty for one that isn't in the table."""
        topic = self.topics.get(code)
        return topic.path if topic else ()

    def children(self, code: str) -> tuple[str, ...]:
        """The codes right below a code, in the order of the file."""
        return tuple(child for child, topic in self.topics.items() if topic.path[-2:-1] == (code,))

    def classify(
        self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]
    ) -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
        """The topics and the sectors of an article: at most five of each, most fitting first, none where none fits."""
        own: dict[str, float] = {}
        for reason in self._reasons(headline, lead, paragraphs):
            own[reason.code] = own.get(reason.code, 0.0) + reason.evidence
        return self._best(own, sectors=False), self._best(own, sectors=True)

    def explain(
        self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]
    ) -> dict[str, tuple[Reason, ...]]:
        """The words that led to each topic and sector of an article, the weightiest first, by code."""
        article = headline, lead, tuple(paragraphs)
        reasons = sorted(self._reasons(*article), key=lambda reason: -abs(reason.evidence))
        topics, sectors = self.classify(*article)
        return {
            topic.code: tuple(reason for reason in reasons if topic.code in self.path(reason.code))
            for topic in (*topics, *sectors)
        }

    def _best(self, own: Mapping[str, float], sectors: bool) -> tuple[Topic, ...]:
        paths = self._paths[sectors]
        total = totals({code: amount for code, amount in own.items() if code in paths}, paths)
        return tuple(self.topics[code] for code in most_fitting(total, paths))

    def _reasons(self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]) -> Iterator[Reason]:
        frequencies: dict[int, float] = {}
        length = 0
        for text, zone in _zones(headline, lead, paragraphs):
            words = tokens(text)
            length += len(words)
            for hit in self._lexicon.hits(words):
                frequencies[hit.entry] = frequencies.get(hit.entry, 0.0) + zone
        for number, frequency in frequencies.items():
            code, entry = self._entries[number]
            if entry.weight:
                yield Reason(entry.written, code, frequency, evidence(entry.weight, frequency, length))


def _zones(headline: str, lead: str | None, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, float]]:
    """The parts of an article and what a mention there counts. The opening paragraph belongs to the lead."""
    yield headline, HEADLINE
    yield lead or "", LEAD
    opening = LEAD
    for paragraph in paragraphs:
        yield paragraph.text, opening
        opening = BODY


def _path(code: str, definitions: Mapping[str, Definition]) -> tuple[str, ...]:
    path: list[str] = []
    at: str | None = code
    while at is not None:
        path.append(at)
        at = definitions[at].parent
    return tuple(reversed(path))
