"""What a generation holds: articles, the files that hold them, and the names that are one speaker's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from search.articles.model import Article, Quote, SourceFile, Speaker
from search.articles.variants import Known, block, shown, together
from search.fields import DocumentKind
from search.index.documents import Document, article_document, quote_documents

#: The name of a speaker -> all of the speaker's names, the one that is shown first.
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

    def names(self) -> Groups:
        """The names that are one speaker's, judged by all that was ever told."""
        quotes = Counter(quote.speaker for article in self.articles.values() for quote in article.quotes)
        roles: dict[str, dict[str, set[str]]] = {}
        apart = set()
        for speakers in self.told:
            for speaker in speakers:
                if of := block(speaker.name):
                    roles.setdefault(of, {}).setdefault(speaker.name, set()).update(speaker.roles)
            apart |= {frozenset(pair) for pair in combinations([speaker.name for speaker in speakers], 2)}
        groups: Groups = {}
        for told in roles.values():
            for names in together(
                [Known(name, frozenset(found)) for name, found in told.items() if quotes[name]], apart
            ):
                first = shown(names, quotes.__getitem__)
                groups |= dict.fromkeys(names, (first, *(name for name in names if name != first)))
        return groups
