"""One stream of several segments -> the arrays of one, some terms at a time."""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.encoding import Encoder, Postings, spans
from search.index.whoosh.columnar.families import Families
from search.index.whoosh.columnar.parting import Parted, joined
from search.index.whoosh.columnar.postings import bitmap, narrow, packed_bitmap, starts_of
from search.index.whoosh.columnar.renumbering import Old
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.streams import Stream


def merged_stream(stream: Stream, olds: list[Old], families: Families) -> dict[str, Array]:
    """The arrays of a stream of all segments."""
    name, parts, end = stream.name, list[Parted](), 0
    for old in olds:
        parts.append(Parted(stream, old, end, families))
        end += int(parts[-1].extents.sum())
    starts = starts_of(np.concatenate([part.extents for part in parts]))
    encoder = Encoder(name, starts, families)
    word_sizes = np.zeros(len(families.counts), np.int64)
    for part in parts:
        word_sizes[part.terms] += part.word_sizes
    form_sizes = np.zeros(len(families.order), np.int64)
    for span in spans(word_sizes):
        postings = joined([part.postings(span.start, span.stop) for part in parts])
        encoder.add(postings)
        _count_forms(form_sizes, postings, families)
    made = encoder.arrays(form_sizes)
    made[f"{name}.doc_starts"] = starts.astype(np.uint32)
    made[f"{name}.gaps"] = packed_bitmap(bitmap(np.concatenate([part.gaps for part in parts])))
    for field in stream.fields:
        made[f"{field}.lengths"] = narrow(np.concatenate([part.lengths(field) for part in parts]))
    for field in stream.fields[:-1]:
        made[f"{field}.zone"] = packed_bitmap(bitmap(np.concatenate([part.zones[field] for part in parts])))
    return made


def _count_forms(sizes: Array, postings: Postings, families: Families) -> None:
    """Add how often each form stands in the postings of some terms, which ascend."""
    if len(postings.terms):
        places = np.repeat(families.starts[postings.terms], postings.word_sizes) + postings.ranks
        first = int(families.starts[postings.terms[0]])
        counts = np.bincount(places - first)
        sizes[families.order[first : first + len(counts)]] += counts
