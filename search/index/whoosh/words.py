"""The words of an index: which share a stem, which begin alike, which are spelt nearly so.

Kept as one JSON file a kind of document beside the Whoosh index, derived from its term dictionary at each commit.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from search.fields import DocumentKind
from search.index.engine import DamagedIndex
from search.index.whoosh.postings import PostingsReader
from search.index.whoosh.schema import fields_of, words_field

#: How many words a prefix and a fuzzy word stand for at most; the most frequent are taken.
MOST_BEGINNING = 512
MOST_SIMILAR = 128


@dataclass(frozen=True)
class Words:
    """`fields`: field -> folded words in order; `counts`: in how many documents each is; `stems`: word -> term."""

    fields: Mapping[str, list[str]]
    counts: Mapping[str, list[int]]
    stems: Mapping[str, str]

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """Term -> the folded words that are stemmed to it."""
        forms: dict[str, list[str]] = {}
        for word, term in self.stems.items():
            forms.setdefault(term, []).append(word)
        return forms

    def beginning(self, fields: Iterable[str], prefix: str) -> Counter[str]:
        """The words of these fields that begin with a prefix, with their frequency."""
        found: Counter[str] = Counter()
        for field in fields:
            words, counts = self.fields.get(field, []), self.counts.get(field, [])
            for at in range(bisect_left(words, prefix), len(words)):
                if not words[at].startswith(prefix):
                    break
                found[words[at]] += counts[at]
        return found

    def similar(self, fields: Iterable[str], word: str, distance: int) -> Counter[str]:
        """The words of these fields within so many edits, with their frequency."""
        found: Counter[str] = Counter()
        for field in fields:
            words, counts = self.fields.get(field, []), self.counts.get(field, [])
            for match, _, at in process.extract(
                word, words, scorer=Levenshtein.distance, score_cutoff=distance, limit=None
            ):
                found[match] += counts[at]
        return found

    def nearest(self, fields: Iterable[str], word: str) -> str | None:
        """The word that was probably meant: the fewest edits (at most 2, 1 for short words), the most frequent."""
        found = self.similar(fields, word, 2 if len(word) > 4 else 1)
        best = min(found, key=lambda other: (Levenshtein.distance(word, other), -found[other], other), default=None)
        return best if best != word else None


def derive(reader: PostingsReader, documents: DocumentKind, stems: Mapping[str, str]) -> Words:
    """The words of an index. `stems` knows at least the stem of every word in it."""
    names = [words for name in fields_of(documents) if (words := words_field(name))]
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    for leaf, _ in reader.leaves():
        for (field, term), about in leaf:
            if field in found:
                word = term.decode()
                found[field][word] = found[field].get(word, 0) + about.doc_frequency()
    ordered = {field: sorted(words) for field, words in found.items()}
    counts = {field: [found[field][word] for word in words] for field, words in ordered.items()}
    used = {word: stems[word] for words in ordered.values() for word in words}
    return Words(ordered, counts, used)


def write(path: Path, words: Words) -> None:
    """Write the words to a file; `read` is the inverse."""
    stems = {word: term for word, term in words.stems.items() if word != term}
    path.write_text(json.dumps({"fields": words.fields, "counts": words.counts, "stems": stems}), "utf-8")


def read(path: Path) -> Words:
    """Raises DamagedIndex, naming the file."""
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        every = {word: word for words in values["fields"].values() for word in words}
        return Words(values["fields"], values["counts"], every | values["stems"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedIndex(f"{path.name} is damaged ({error}); build the index again") from error
