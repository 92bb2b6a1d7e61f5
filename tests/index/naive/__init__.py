"""The oracle: an engine in memory that answers every question by looking at every document.

archive.py    what a generation holds: articles, the files that hold them, and the names that are one speaker's
matching.py   whether a document matches
counting.py   facets and months, counted
engine.py     the engine and its writer
"""

from tests.index.naive.engine import NaiveEngine

__all__ = ["NaiveEngine"]
