"""The embedded engine: a Whoosh index in a folder, executed on arrays. The only importer of whoosh.

engine.py      the port, answered from the newest complete generation
folder.py      generations side by side, the link to the one served, the lock; sealing.py, the list of their files
generation.py  one generation, opened; answering.py, a question put to it
writing.py     the next generation, prepared and published; compacting.py, which segments it merges
manifest.py    which file holds which article; names.py, which names are one speaker's; same.py, counted as one
layers.py      their tables: what a build wrote, and what updates have changed since
codec.py       our segments in Whoosh's table of contents; schema.py, its schemas
reading.py     its reader interface: text_field.py, the words of a field; walking.py, over a posting list
columnar/      the segments themselves, and the searcher over them
verifying.py   reading everything back; damage.py, errors over damaged files
"""

from search.index.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
