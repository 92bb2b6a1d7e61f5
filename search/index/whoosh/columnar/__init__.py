"""The columnar codec: segments that are files of arrays, written whole, mapped once and searched as arrays.

segmentfile.py  a file of named arrays, aligned and checksummed
lexicon.py      sorted strings in one blob
streams.py      which fields share one stream of words
batching.py     documents on their way, as columns.py, to the processes of inverters.py; workers.py, forked processes
numbering.py    texts -> numbers of their words; pieces.py, what these are cut into; piece_table.py, looked up there
inverting.py    documents -> the arrays of a segment; spool.py keeps what they can't hold till then
encoding.py     postings -> arrays; what they are made of:
  bits.py         numbers of any width in runs of bits
  ascending.py    ascending numbers, split into high and low parts
  postings.py     lists of documents and positions, most of them split, the longest as roaring bitmaps
  weights.py      weighted frequencies
  families.py, ranks.py   the forms of a term, and which of them each word is
stream_arrays.py, facet_arrays.py   the arrays of a stream and of the facets; word_keys.py, what its words are sorted by
stored.py       what is stored for a document, compressed
segment.py      the arrays of a segment by their meaning; stream_reader.py, those of a stream
days.py         dates as numbers
searching.py    a question over all segments; facet_values.py numbers their values together
matching.py     the query tree over one segment; results.py, what facet filters leave of it
nearness.py     windows of a text that hold several words
expanding.py, expansions.py   what prefixes and misspelt words stand for; spelling.py, what was probably meant
completing.py   beginnings of names and headlines
scoring.py      BM25F for the documents that match; ranking.py, the wanted page of them; places.py, where they are
faceting.py     counts in one segment; counting.py, over all
merging.py      several segments -> one: parting.py, renumbering.py, stream_merging.py
"""
