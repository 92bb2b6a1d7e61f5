"""A stream of a segment taken apart into postings and words, to be merged with others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from search.index.whoosh.columnar.postings import numbers, sizes_of
from search.index.whoosh.columnar.renumbering import GONE, Old
from search.index.whoosh.columnar.segment import StreamReader
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_arrays import distinct, starts_of
from search.index.whoosh.columnar.streams import Stream

_HIGH = np.uint64(32)


@dataclass(frozen=True)
class Words:
    """One stream of a segment taken apart, deleted documents left out: postings, and the words in the same order."""

    terms: Array
    docs: Array
    frequencies: Array
    word_terms: Array
    word_docs: Array
    positions: Array
    forms: Array
    gaps: Array
    zones: dict[str, Array]


def taken_apart(stream: Stream, old: Old, start: int, form_terms: Array) -> tuple[Array, Words]:
    """The words of a segment's stream, their positions moved so that it begins at `start`; the documents' extents."""
    reader = old.segment.streams[stream.name]
    extents = sizes_of(reader.doc_starts)[old.kept]
    shift = np.zeros(reader.size, np.int64)
    shift[old.kept] = start + starts_of(extents)[:-1] - reader.doc_starts[old.kept]
    docs, places, place_docs = _read(reader)
    posting_terms = np.repeat(old.terms[reader.terms], sizes_of(reader.starts))
    word_terms = np.repeat(old.terms[reader.terms], sizes_of(reader.positions.starts))
    forms = _form_places(stream, old, reader, (word_terms, places, place_docs), form_terms)
    zones = {field: _moved(numbers(reader.zone(field) or BitMap()), reader, old, shift) for field in stream.fields[:-1]}
    gaps = _moved(reader.gaps, reader, old, shift)
    moved = old.docs[docs]
    word_docs, positions = old.docs[place_docs], places + shift[place_docs]
    frequencies = reader.frequencies
    if old.segment.deleted:
        stay, words_stay = moved != GONE, word_docs != GONE
        moved, frequencies, posting_terms = moved[stay], frequencies[stay], posting_terms[stay]
        word_terms, word_docs, positions = word_terms[words_stay], word_docs[words_stay], positions[words_stay]
    return extents, Words(
        posting_terms, moved, frequencies, word_terms, word_docs, positions.astype(np.uint32), forms, gaps, zones
    )


def _read(reader: StreamReader) -> tuple[Array, Array, Array]:
    """The documents of all postings, the positions of all words, and their documents."""
    docs = reader.docs.all(reader.docs.flat)
    is_long = reader.positions.is_long()
    sizes = sizes_of(reader.positions.starts)
    short_docs = docs[~np.repeat(is_long, sizes_of(reader.starts))]
    relative = reader.positions.flat
    of_word = short_docs[np.cumsum(relative & 1, dtype=np.int64) - 1] if len(relative) else short_docs[:0]
    places = reader.positions.all(reader.doc_starts[of_word] + (relative >> 1))
    long_words = np.repeat(is_long, sizes)
    place_docs = np.empty(len(places), np.uint32)
    place_docs[~long_words] = of_word
    place_docs[long_words] = reader.docs_of(places[long_words])
    return docs, places.astype(np.int64), place_docs


def _moved(places: Array, reader: StreamReader, old: Old, shift: Array) -> Array:
    """Positions where they go; those in deleted documents left out."""
    docs = reader.docs_of(places)
    moved = places.astype(np.int64) + shift[docs]
    stay: Array = moved[old.docs[docs] != GONE].astype(np.uint32)
    return stay


def _form_places(
    stream: Stream, old: Old, reader: StreamReader, words: tuple[Array, Array, Array], form_terms: Array
) -> Array:
    """form << 32 | document * fields + field, where the term of the form has several forms from now on."""
    fields = len(stream.fields)
    counts = np.bincount(form_terms)
    listed_forms = np.repeat(old.forms[reader.forms], sizes_of(reader.form_starts))
    listed = reader.form_docs.all()
    single = old.segment.form_counts == 1
    only_form = np.zeros(len(single), np.uint32)
    only_form[old.segment.form_terms] = old.forms
    old_of_new = np.zeros(len(counts), np.uint32)
    old_of_new[old.terms] = np.arange(len(old.terms), dtype=np.uint32)
    word_terms, places, place_docs = words
    was = old_of_new[word_terms]
    chosen = single[was] & (counts[word_terms] > 1) if len(word_terms) else np.zeros(0, bool)
    found = place_docs[chosen].astype(np.int64) * fields + _fields_at(stream, reader, places[chosen])
    forms = np.concatenate([listed_forms, only_form[was[chosen]]])
    every = np.concatenate([listed.astype(np.int64), found])
    docs = old.docs[every // fields]
    keys = (forms.astype(np.uint64) << _HIGH) | (
        docs.astype(np.uint64) * np.uint64(fields) + (every % fields).astype(np.uint64)
    )
    return distinct(np.sort(keys[docs != GONE]))


def _fields_at(stream: Stream, reader: StreamReader, places: Array) -> Array:
    """Which field each position lies in."""
    found = np.full(len(places), len(stream.fields) - 1, np.int64)
    for number, field in enumerate(stream.fields[:-1]):
        zone = numbers(reader.zone(field) or BitMap())
        if len(zone):
            at = np.minimum(np.searchsorted(zone, places), len(zone) - 1)
            found[zone[at] == places] = number
    return found
