"""One stream of several segments -> the arrays of one, some terms at a time."""

from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.encoding import Encoder, spans
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
    for span in spans(word_sizes):
        encoder.add(joined([part.postings(span.start, span.stop) for part in parts]))
    made = encoder.arrays()
    made[f"{name}.doc_starts"] = starts.astype(np.uint32)
    made[f"{name}.gaps"] = packed_bitmap(bitmap(np.concatenate([part.gaps for part in parts])))
    for field in stream.fields:
        made[f"{field}.lengths"] = narrow(np.concatenate([part.lengths(field) for part in parts]))
    for field in stream.fields[:-1]:
        made[f"{field}.zone"] = packed_bitmap(bitmap(np.concatenate([part.zones[field] for part in parts])))
    return made
