"""The topics and sectors of an article, by the weighted words of `topics.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from search.articles.model import Paragraph, Topic

SECTORS = "medtop:20000209"
SHIPPED = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class TopicTable:
    """The topics of one file."""

    topics: Mapping[str, Topic]
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: str | Path | None = None) -> TopicTable:
        """The table in a TOML file; the shipped one without a path."""
        tables = tomllib.loads(Path(path or SHIPPED).read_text(encoding="utf-8"))["topic"]
        parents = {table["code"]: table.get("parent") for table in tables}
        topics = {t["code"]: Topic(t["code"], t["label"], _path(t["code"], parents)) for t in tables}
        words = {t["code"]: {w: int(n) for n, ws in t.get("words", {}).items() for w in ws} for t in tables}
        return cls(topics, words)

    def label(self, code: str) -> str | None:
        topic = self.topics.get(code)
        return topic.label if topic else None

    def path(self, code: str) -> tuple[str, ...]:
        topic = self.topics.get(code)
        return topic.path if topic else ()

    def children(self, code: str) -> tuple[str, ...]:
        return tuple(c for c, t in self.topics.items() if len(t.path) > 1 and t.path[-2] == code)

    def classify(
        self, headline: str, lead: str | None, paragraphs: Iterable[Paragraph]
    ) -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
        """The topics and the sectors of an article, at most five each, most fitting first."""
        found = set(re.findall(r"[^\W_]+", " ".join([headline, lead or "", *(p.text for p in paragraphs)]).casefold()))
        scores = {code: sum(n for w, n in words.items() if w in found) for code, words in self.words.items()}
        best = [self.topics[c] for c in sorted(scores, key=lambda c: -scores[c]) if scores[c] >= 3]
        sectors = [t for t in best if SECTORS in t.path]
        return tuple(t for t in best if t not in sectors)[:5], tuple(sectors)[:5]


def _path(code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    parent = parents[code]
    return (*(_path(parent, parents) if parent else ()), code)
