"""The topics and sectors of an article, found by the weighted words of `topics.toml`.

Topics are IPTC Media Topics. Those below "products and services" are sectors, all others topics. `topic_file` reads
the words, `lexicon` finds them in a text, `weighing` weighs them; here they come together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search.articles.classification import weighing
from search.articles.classification.lexicon import Hit, Lexicon, words_of
from search.articles.classification.topic_file import Definition, read_topics
from search.articles.classification.weighing import BODY, HEADLINE, LEAD, Tree, evidence, most_fitting, weigh
from search.articles.model import Paragraph, Topic

#: The branch whose topics are sectors: products and services.
SECTORS = "medtop:20000209"
#: What companies report of themselves: business finance, business reporting and performance, business restructuring.
COMPANY_NEWS = ("medtop:20000171", "medtop:20001365", "medtop:20001366")
SHIPPED = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class Reason:
    """A word or phrase that led to a topic, as the topics file has it, and what it counted.

    `code` is the topic that lists the words: the one it led to, or one below that. `evidence` is negative where they
    speak against it.
    """

    words: str
    code: str
    evidence: float


class TopicTable:
    """The topics of one file, and the words by which an article is given them."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        paths = {code: _path(code, definitions) for code in definitions}
        self.topics = {code: Topic(code, topic.label, paths[code]) for code, topic in definitions.items()}
        topics = {code: path for code, path in paths.items() if SECTORS not in path}
        sectors = {code: path[path.index(SECTORS) + 1 :] for code, path in paths.items() if SECTORS in path[:-1]}
        self._topic_tree, self._sector_tree = Tree(topics), Tree(sectors)
        self._paths = topics | sectors
        entries = ((code, entry) for code, topic in definitions.items() for entry in topic.entries)
        self._lexicon = Lexicon(entries, dict.fromkeys(sectors, weighing.PASSING))

    @classmethod
    def load(cls, path: str | Path | None = None) -> TopicTable:
        """The table in a TOML file; the shipped one without a path. Raises BadTopicFile."""
        return cls(read_topics(Path(path))) if path else _shipped()

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
        frequencies, length = self._frequencies(headline, lead, paragraphs)
        tempering = weighing.saturation(length)
        gains = {frequency: evidence(1, frequency, tempering) for frequency in set(frequencies.values())}
        own: dict[str, float] = defaultdict(float)
        for hit, frequency in frequencies.items():
            own[hit.topic] += (hit.once if frequency == BODY else hit.weight) * gains[frequency]
        weighed = weigh(own, self._paths)
        company_news = max(weighed.peak.get(code, 0.0) for code in COMPANY_NEWS)
        least = weighing.SHARE_OF_COMPANY_NEWS.at(length) * company_news
        return (
            self._of(most_fitting(weighed, self._topic_tree, weighing.TOPICS, length)),
            self._of(most_fitting(weighed, self._sector_tree, weighing.SECTORS, length, least)),
        )

    def explain(
        self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]
    ) -> dict[str, tuple[Reason, ...]]:
        """The words that led to each topic and sector of an article, the weightiest first, by code."""
        article = headline, lead, tuple(paragraphs)
        frequencies, length = self._frequencies(*article)
        tempering = weighing.saturation(length)
        found = (
            Reason(
                hit.written, hit.topic, evidence(hit.once if frequency == BODY else hit.weight, frequency, tempering)
            )
            for hit, frequency in frequencies.items()
            if hit.weight
        )
        reasons = sorted(found, key=lambda reason: (-abs(reason.evidence), reason.words))
        return {
            topic.code: tuple(reason for reason in reasons if self._led(reason.code, topic))
            for kind in self.classify(*article)
            for topic in kind
        }

    def _led(self, code: str, topic: Topic) -> bool:
        """Whether words listed under a code count for a topic: those of sectors don't for the topics above them."""
        path = self.path(code)
        return topic.code in path and (SECTORS in path) == (SECTORS in topic.path)

    def _of(self, codes: Iterable[str]) -> tuple[Topic, ...]:
        return tuple(self.topics[code] for code in codes)

    def _frequencies(
        self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]
    ) -> tuple[Counter[Hit], int]:
        """How much there is of each entry that stands in the article, and the article's length in words.

        The opening paragraph belongs to the lead.
        """
        found: list[Hit] = []
        length = 0
        body = [paragraph.text for paragraph in paragraphs]
        for texts, zone in (((headline,), HEADLINE), ((lead or "", *body[:1]), LEAD), (body[1:], BODY)):
            words = words_of(texts)
            length += len(words) - max(len(texts) - 1, 0)  # what stands between two texts is no word
            found += self._lexicon.find(words) * zone
        return Counter(found), length


def _path(code: str, definitions: Mapping[str, Definition]) -> tuple[str, ...]:
    path: list[str] = []
    at: str | None = code
    while at is not None:
        path.append(at)
        at = definitions[at].parent
    return tuple(reversed(path))


@cache
def _shipped() -> TopicTable:
    """Read once in a process: it is large, and nothing changes it."""
    return TopicTable(read_topics(SHIPPED))
