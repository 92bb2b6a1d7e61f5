"""The words of an index: which share a stem, which begin alike, which are spelt nearly so.

Kept as one JSON file a kind of document beside the Whoosh index, derived from its term dictionary at each commit.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from whoosh.reading import IndexReader

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


@dataclass(frozen=True)
class Base:
    """What an earlier generation knows: its words, and the reader of the index that they are of."""

    words: Words
    reader: PostingsReader


def derive(
    reader: PostingsReader, documents: DocumentKind, stems: Mapping[str, str], base: Base | None = None
) -> Words:
    """The words of an index: those of an earlier one, less those of its segments that are gone, and those of new ones.

    `stems` knows at least the stem of every word in it.
    """
    found = frequencies(reader, documents, base)
    fields = {field: sorted(counts) for field, counts in found.items()}
    counts = {field: [found[field][word] for word in words] for field, words in fields.items()}
    return Words(fields, counts, {word: stems[word] for words in fields.values() for word in words})


def frequencies(reader: PostingsReader, documents: DocumentKind, base: Base | None = None) -> dict[str, dict[str, int]]:
    """Field -> word -> the number of documents that have it, deleted ones too."""
    names = [words for name in fields_of(documents) if (words := words_field(name))]
    found = {name: dict(_counted(base.words, name)) if base else {} for name in names}
    before = {_segment(leaf): leaf for leaf, _ in base.reader.leaves()} if base else {}
    now = {_segment(leaf): leaf for leaf, _ in reader.leaves()}
    for segment in now.keys() - before.keys():
        _count(now[segment], found, 1)
    for segment in before.keys() - now.keys():
        _count(before[segment], found, -1)
    return {field: {word: count for word, count in counts.items() if count} for field, counts in found.items()}


def _segment(leaf: IndexReader) -> str:
    return str(leaf.segment().segment_id())


def _counted(words: Words, field: str) -> Iterator[tuple[str, int]]:
    return zip(words.fields[field], words.counts[field], strict=True)


def _count(leaf: IndexReader, found: dict[str, dict[str, int]], sign: int) -> None:
    """Add the frequencies of a segment's words, or take them away."""
    for (field, term), about in leaf:
        if field in found:
            word = term.decode()
            found[field][word] = found[field].get(word, 0) + sign * about.doc_frequency()


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
