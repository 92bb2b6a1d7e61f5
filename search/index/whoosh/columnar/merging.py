"""Several segments -> the arrays of one, deleted documents left out: everything moves as arrays, nothing is analysed.

Documents keep their order, segment after segment, so each list of the new segment is the old ones one after the other;
where a list goes is worked out for all lists at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from search.fields import FACETS
from search.index.documents import Label
from search.index.whoosh.columnar.facet_arrays import column_arrays
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.inverting import Order, id_arrays, named_tokens, owner_arrays
from search.index.whoosh.columnar.lexicon import Lexicon, lexicon_arrays
from search.index.whoosh.columnar.numbering import Numbers
from search.index.whoosh.columnar.postings import sizes_of, starts_of
from search.index.whoosh.columnar.renumbering import GONE, Old, form_terms_of, olds_of, places_in
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_arrays import Tokens, stream_arrays
from search.index.whoosh.columnar.stream_merging import merged_stream
from search.index.whoosh.columnar.streams import Stream, streams_of


def merged(segments: Sequence[Segment], label: Label) -> dict[str, Array | Sequence[Array]]:
    """The arrays of one segment with the live documents of these, in their order."""
    documents = segments[0].documents
    numbered, runs, values = _named(segments, label)
    forms = _union([segment.forms for segment in segments], [text.encode() for text in numbered.forms])
    terms = _union([segment.terms for segment in segments], [text.encode() for text in numbered.terms])
    olds = olds_of(segments, forms, terms)
    size = olds[-1].base + len(olds[-1].kept)
    order = Order(places_in(forms, list(map(str.encode, numbered.forms))), form_terms_of(olds, numbered, forms, terms))
    families = Families(order.term_of_form, len(terms))
    made = lexicon_arrays("forms", forms) | lexicon_arrays("terms", terms) | {"form_terms": order.term_of_form}
    for stream in streams_of(documents):
        made |= merged_stream(stream, olds, families)
    for facet, words in runs.items():
        made |= stream_arrays(Stream(facet, (facet,)), words, order, families)
    made |= _facets(olds, values, size)
    made["days"] = np.concatenate([old.segment.days[old.kept] for old in olds])
    made |= id_arrays([identity for old in olds for identity in _identities(old)])
    made |= owner_arrays([owner for old in olds for owner in _owners(old)])
    return {**made, **_stored(olds)}


def _named(segments: Sequence[Segment], label: Label) -> tuple[Numbers, dict[str, Tokens], dict[str, list[bytes]]]:
    """The words of all facet values, and the values."""
    numbered = Numbers()
    runs: dict[str, Tokens] = {}
    values: dict[str, list[bytes]] = {}
    for facet in FACETS:
        found = sorted(set().union(*(s.values.slice(*s.facet_range(facet)) for s in segments)))
        values[facet] = found
        runs[facet] = named_tokens(facet, [value.decode() for value in found], label, numbered)
    return numbered, runs, values


def _union(lexicons: list[Lexicon], more: list[bytes]) -> list[bytes]:
    return sorted(set(more).union(*(lexicon.slice(0, len(lexicon)) for lexicon in lexicons)))


def _facets(olds: list[Old], values: dict[str, list[bytes]], size: int) -> dict[str, Array]:
    """The facets' columns; values that only deleted documents had go."""
    bases = [0]
    at: list[dict[bytes, int]] = []
    for facet in FACETS:
        at.append({value: bases[-1] + number for number, value in enumerate(values[facet])})
        bases.append(bases[-1] + len(values[facet]))
    docs, ordinals = [], []
    for old in olds:
        segment = old.segment
        listed = [
            known[value]
            for known, facet in zip(at, FACETS, strict=True)
            for value in segment.values.slice(*segment.facet_range(facet))
        ]
        of_doc = np.repeat(old.docs, sizes_of(segment.arrays["facet_starts"]))
        stay = of_doc != GONE
        docs.append(of_doc[stay])
        ordinals.append(np.array(listed, np.int64)[segment.arrays["facet_ordinals"]][stay] if listed else of_doc[:0])
    made = lexicon_arrays("values", [value for facet in FACETS for value in values[facet]])
    columns = column_arrays(np.concatenate(docs), np.concatenate(ordinals).astype(np.int64), size, bases[-1])
    return made | columns | {"facet_bases": np.array(bases, np.uint32)}


def _identities(old: Old) -> list[bytes]:
    ids = old.segment.ids.slice(0, len(old.segment.ids))
    return [ids[rank] for rank in old.segment.id_ranks[old.kept].tolist()]


def _owners(old: Old) -> list[bytes]:
    owners = [b""] * old.segment.size
    for doc, owner in zip(old.segment.arrays["owner_docs"].tolist(), old.segment.owners, strict=True):
        owners[doc] = owner
    return [owners[doc] for doc in old.kept.tolist()]


def _stored(olds: list[Old]) -> dict[str, Array | Sequence[Array]]:
    """What is stored, as parts of the old files."""
    parts, sizes = [np.empty(0, np.uint8)], []
    for old in olds:
        starts = old.segment.arrays["stored.starts"].astype(np.int64)
        sizes.append(sizes_of(starts)[old.kept])
        for first, end in _runs(old.kept):
            parts.append(old.segment.arrays["stored.blob"][starts[first] : starts[end]])
    return {"stored.starts": starts_of(np.concatenate(sizes)).astype(np.uint64), "stored.blob": parts}


def _runs(ascending: Array) -> Iterator[tuple[int, int]]:
    """The first of each run of neighbours, and what follows its last."""
    ends = np.flatnonzero(np.diff(ascending, append=-1) != 1).tolist()
    for before, end in pairwise([-1, *ends]):
        yield int(ascending[before + 1]), int(ascending[end]) + 1
