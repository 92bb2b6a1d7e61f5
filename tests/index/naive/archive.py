"""What a generation holds: articles, the files that hold them, and the names that mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from search.articles.identity import folded
from search.articles.model import Article, Quote, SourceFile, Speaker
from search.articles.variants import Known, block, shown, together
from search.fields import DocumentKind
from search.index.documents import Document, article_document, quote_documents

#: A name -> all names that mean the same, the one that is shown first.
Groups = dict[str, tuple[str, ...]]

#: A document with what it was made of.
Found = tuple[Document, Article, Quote | None]


@dataclass
class Archive:
    """What a generation holds; `held`: path -> article id -> digest."""

    sources: dict[str, SourceFile] = field(default_factory=dict)
    held: dict[str, dict[str, str]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    told: list[tuple[Speaker, ...]] = field(default_factory=list)

    def copy(self) -> Archive:
        held = {path: dict(found) for path, found in self.held.items()}
        return Archive(dict(self.sources), held, dict(self.articles), dict(self.shown), list(self.told))

    def documents(self, kind: DocumentKind) -> list[Found]:
        if kind == "article":
            return [(article_document(article), article, None) for article in self.articles.values()]
        return [
            (document, article, quote)
            for article in self.articles.values()
            for document, quote in zip(quote_documents(article), article.quotes, strict=True)
        ]

    def groups(self) -> dict[str, Groups]:
        """For each facet of names, those that mean the same."""
        quotes = Counter(quote.speaker or "" for article in self.articles.values() for quote in article.quotes)
        documents = [document for document, _, _ in self.documents("article")]
        found = {}
        for facet in ("speaker", "place", "agency"):
            held = Counter(value for document in documents for value in document[facet])
            alike = [[one for one in held if folded(one) == fold] for fold in set(map(folded, held)) if fold]
            variants = self._variants(quotes) if facet == "speaker" else []
            spellings = {name for names in alike if len(names) > 1 for name in names}
            groups = [
                (shown(names, (held if names & spellings else quotes).__getitem__), names)
                for names in _joined([*alike, *variants])
            ]
            found[facet] = {
                name: (first, *sorted(names - {first})) for first, names in groups if len(names) > 1 for name in names
            }
        return found

    def _variants(self, quotes: Counter[str]) -> list[tuple[str, ...]]:
        """The names that are one speaker's, judged by all that was ever told."""
        roles: dict[str, dict[str, set[str]]] = {}
        apart = set()
        for speakers in self.told:
            for speaker in speakers:
                if of := block(speaker.name):
                    roles.setdefault(of, {}).setdefault(speaker.name, set()).update(speaker.roles)
            apart |= {frozenset(pair) for pair in combinations([speaker.name for speaker in speakers], 2)}
        return [
            names
            for told in roles.values()
            for names in together(
                [Known(name, frozenset(found)) for name, found in told.items() if quotes[name]], apart
            )
        ]


def _joined(groups: Iterable[Iterable[str]]) -> list[set[str]]:
    """The groups, those that share a name as one."""
    joined: list[set[str]] = []
    for group in map(set, groups):
        sharing = [other for other in joined if other & group]
        joined = [other for other in joined if not other & group] + [group.union(*sharing)]
    return joined
