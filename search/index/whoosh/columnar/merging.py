"""Several segments -> the arrays of one, deleted documents left out: everything moves as arrays, nothing is analysed.

Documents keep their order, segment after segment, so each list of the new segment is the old ones one after the other;
where a list goes is worked out for all lists at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from search.fields import FACETS
from search.index.documents import Label
from search.index.whoosh.columnar.facet_arrays import column_arrays
from search.index.whoosh.columnar.inverting import Numbers, Order, Run, id_arrays, named_run, owner_arrays
from search.index.whoosh.columnar.lexicon import Lexicon, lexicon_arrays
from search.index.whoosh.columnar.postings import bitmap, numbers, sizes_of
from search.index.whoosh.columnar.segment import Segment, StreamReader
from search.index.whoosh.columnar.segmentfile import Array
from search.index.whoosh.columnar.stream_arrays import (
    changes,
    distinct,
    docs_arrays,
    narrow,
    packed,
    position_arrays,
    starts_of,
    stream_arrays,
)
from search.index.whoosh.columnar.streams import Stream, streams_of

_HIGH = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_GONE = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True)
class _Old:
    """A segment to be merged: where its documents, forms and terms go."""

    segment: Segment
    base: int
    forms: Array
    terms: Array

    @cached_property
    def kept(self) -> Array:
        """The documents that stay."""
        return numbers(self.segment.live).astype(np.int64)

    @cached_property
    def docs(self) -> Array:
        """The new number of each document; `_GONE` for deleted ones."""
        moved = np.full(self.segment.size, _GONE, np.uint32)
        moved[self.kept] = np.arange(self.base, self.base + len(self.kept), dtype=np.uint32)
        return moved


@dataclass(frozen=True)
class _Words:
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


def merged(segments: Sequence[Segment], label: Label) -> dict[str, Array]:
    """The arrays of one segment with the live documents of these, in their order."""
    documents = segments[0].documents
    numbered, runs, values = _named(segments, label)
    forms = _union([segment.forms for segment in segments], [text.encode() for text in numbered.forms])
    terms = _union([segment.terms for segment in segments], [text.encode() for text in numbered.terms])
    olds = _olds(segments, forms, terms)
    size = olds[-1].base + len(olds[-1].kept)
    order = Order(_places(forms, list(map(str.encode, numbered.forms))), _form_terms(olds, numbered, forms, terms))
    made = lexicon_arrays("forms", forms) | lexicon_arrays("terms", terms) | {"form_terms": order.term_of_form}
    for stream in streams_of(documents):
        made |= _stream(stream, olds, size, order.term_of_form)
    for facet, run in runs.items():
        made |= stream_arrays(Stream(facet, (facet,)), run.tokens(1), order)
    made |= _facets(olds, values, size)
    made["days"] = np.concatenate([old.segment.days[old.kept] for old in olds])
    made |= id_arrays([identity for old in olds for identity in _identities(old)])
    made |= owner_arrays([owner for old in olds for owner in _owners(old)])
    return made | _stored(olds)


def _named(segments: Sequence[Segment], label: Label) -> tuple[Numbers, dict[str, Run], dict[str, list[bytes]]]:
    """The words of all facet values, and the values."""
    numbered = Numbers()
    runs: dict[str, Run] = {}
    values: dict[str, list[bytes]] = {}
    for facet in FACETS:
        found = sorted(set().union(*(s.values.slice(*s.facet_range(facet)) for s in segments)))
        values[facet] = found
        runs[facet] = named_run(facet, [value.decode() for value in found], label, numbered)
    return numbered, runs, values


def _union(lexicons: list[Lexicon], more: list[bytes]) -> list[bytes]:
    return sorted(set(more).union(*(lexicon.slice(0, len(lexicon)) for lexicon in lexicons)))


def _places(listed: list[bytes], wanted: list[bytes]) -> Array:
    """Where each of the wanted strings stands in a list."""
    at = {text: number for number, text in enumerate(listed)}
    return np.fromiter(map(at.__getitem__, wanted), np.uint32, len(wanted))


def _olds(segments: Sequence[Segment], forms: list[bytes], terms: list[bytes]) -> list[_Old]:
    form_at = {text: number for number, text in enumerate(forms)}
    term_at = {text: number for number, text in enumerate(terms)}
    olds: list[_Old] = []
    base = 0
    for segment in segments:
        of_forms = np.fromiter(map(form_at.__getitem__, segment.forms), np.uint32, len(segment.forms))
        of_terms = np.fromiter(map(term_at.__getitem__, segment.terms), np.uint32, len(segment.terms))
        olds.append(_Old(segment, base, of_forms, of_terms))
        base += len(segment.live)
    return olds


def _form_terms(olds: list[_Old], numbered: Numbers, forms: list[bytes], terms: list[bytes]) -> Array:
    found = np.zeros(len(forms), np.uint32)
    places = _places(forms, list(map(str.encode, numbered.forms)))
    of_terms = _places(terms, list(map(str.encode, numbered.terms)))
    if len(places):
        found[places] = of_terms[np.array(numbered.term_of_form, np.int64)]
    for old in olds:
        found[old.forms] = old.terms[old.segment.form_terms]
    return found


def _stream(stream: Stream, olds: list[_Old], size: int, form_terms: Array) -> dict[str, Array]:
    name = stream.name
    taken: list[_Words] = []
    extents: list[Array] = []
    end = 0
    for old in olds:
        extent, words = _taken_apart(stream, old, end, form_terms)
        extents.append(extent)
        taken.append(words)
        end += int(extent.sum())
    starts = starts_of(np.concatenate(extents))
    made = _postings(name, taken, starts, size) | _forms(stream, taken, size)
    made[f"{name}.doc_starts"] = starts.astype(np.uint32)
    made[f"{name}.gaps"] = packed(bitmap(np.concatenate([words.gaps for words in taken])))
    for field in stream.fields:
        by_old = [old.segment.streams[name].field_lengths[field][old.kept] for old in olds]
        made[f"{field}.lengths"] = narrow(np.concatenate(by_old))
    for field in stream.fields[:-1]:
        made[f"{field}.zone"] = packed(bitmap(np.concatenate([words.zones[field] for words in taken])))
    return made


def _taken_apart(stream: Stream, old: _Old, start: int, form_terms: Array) -> tuple[Array, _Words]:
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
        stay, words_stay = moved != _GONE, word_docs != _GONE
        moved, frequencies, posting_terms = moved[stay], frequencies[stay], posting_terms[stay]
        word_terms, word_docs, positions = word_terms[words_stay], word_docs[words_stay], positions[words_stay]
    return extents, _Words(
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


def _moved(places: Array, reader: StreamReader, old: _Old, shift: Array) -> Array:
    """Positions where they go; those in deleted documents left out."""
    docs = reader.docs_of(places)
    moved = places.astype(np.int64) + shift[docs]
    stay: Array = moved[old.docs[docs] != _GONE].astype(np.uint32)
    return stay


def _form_places(
    stream: Stream, old: _Old, reader: StreamReader, words: tuple[Array, Array, Array], form_terms: Array
) -> Array:
    """form << 32 | document * fields + field, where the term of the form has several forms from now on."""
    fields = len(stream.fields)
    counts = np.bincount(form_terms)
    listed_forms = np.repeat(old.forms[reader.forms], sizes_of(reader.form_starts))
    listed = reader.form_docs.all(reader.form_docs.flat)
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
    return distinct(np.sort(keys[docs != _GONE]))


def _fields_at(stream: Stream, reader: StreamReader, places: Array) -> Array:
    """Which field each position lies in."""
    found = np.full(len(places), len(stream.fields) - 1, np.int64)
    for number, field in enumerate(stream.fields[:-1]):
        zone = numbers(reader.zone(field) or BitMap())
        if len(zone):
            at = np.minimum(np.searchsorted(zone, places), len(zone) - 1)
            found[zone[at] == places] = number
    return found


def _postings(name: str, taken: list[_Words], doc_starts: Array, size: int) -> dict[str, Array]:
    terms = np.concatenate([words.terms for words in taken])
    order = np.argsort(terms, kind="stable")  # runs that ascend already: merged, not sorted
    by_term = terms[order]
    starts = np.append(np.flatnonzero(changes(by_term)), len(by_term)).astype(np.uint32)
    docs = np.concatenate([words.docs for words in taken])[order]
    frequencies = np.concatenate([words.frequencies for words in taken])[order]
    made = {
        f"{name}.terms": by_term[starts[:-1]],
        f"{name}.starts": starts,
        f"{name}.frequencies": frequencies,
        **docs_arrays(f"{name}.docs", starts, docs, size),
    }
    word_terms = np.concatenate([words.word_terms for words in taken])
    order = np.argsort(word_terms, kind="stable")
    positions = np.concatenate([words.positions for words in taken])[order].astype(np.int64)
    word_docs = np.concatenate([words.word_docs for words in taken])[order]
    by_word = changes(word_terms[order])
    relative = ((positions - doc_starts[word_docs]) << 1) | (by_word | changes(word_docs))
    word_starts = np.append(np.flatnonzero(by_word), len(positions))
    made[f"{name}.position_starts"] = word_starts.astype(np.uint32)
    return made | position_arrays(f"{name}.positions", word_starts, positions, relative, int(doc_starts[-1]))


def _forms(stream: Stream, taken: list[_Words], size: int) -> dict[str, Array]:
    name = stream.name
    keys = np.sort(np.concatenate([words.forms for words in taken]), kind="stable")
    forms, places = (keys >> _HIGH).astype(np.uint32), (keys & _LOW).astype(np.uint32)
    starts = np.append(np.flatnonzero(changes(forms)), len(keys)).astype(np.uint32)
    made = docs_arrays(f"{name}.form_docs", starts, places, len(stream.fields) * size)
    return {f"{name}.forms": forms[starts[:-1]], f"{name}.form_starts": starts, **made}


def _facets(olds: list[_Old], values: dict[str, list[bytes]], size: int) -> dict[str, Array]:
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
        stay = of_doc != _GONE
        docs.append(of_doc[stay])
        ordinals.append(np.array(listed, np.int64)[segment.arrays["facet_ordinals"]][stay] if listed else of_doc[:0])
    made = lexicon_arrays("values", [value for facet in FACETS for value in values[facet]])
    columns = column_arrays(np.concatenate(docs), np.concatenate(ordinals).astype(np.int64), size, bases[-1])
    return made | columns | {"facet_bases": np.array(bases, np.uint32)}


def _identities(old: _Old) -> list[bytes]:
    ids = old.segment.ids.slice(0, len(old.segment.ids))
    return [ids[rank] for rank in old.segment.id_ranks[old.kept].tolist()]


def _owners(old: _Old) -> list[bytes]:
    owners = [b""] * old.segment.size
    for doc, owner in zip(old.segment.arrays["owner_docs"].tolist(), old.segment.owners, strict=True):
        owners[doc] = owner
    return [owners[doc] for doc in old.kept.tolist()]


def _stored(olds: list[_Old]) -> dict[str, Array]:
    blobs, sizes = [], []
    for old in olds:
        starts = old.segment.arrays["stored.starts"].astype(np.int64)
        sizes.append(sizes_of(starts)[old.kept])
        blob = old.segment.arrays["stored.blob"]
        blobs.append(blob[np.repeat(_kept_mask(old), sizes_of(starts))] if old.segment.deleted else blob)
    starts = starts_of(np.concatenate(sizes)).astype(np.uint64)
    return {"stored.starts": starts, "stored.blob": np.concatenate(blobs)}


def _kept_mask(old: _Old) -> Array:
    mask = np.zeros(old.segment.size, np.bool_)
    mask[old.kept] = True
    return mask
