"""The embedded engine: a Whoosh index in a folder, executed on arrays. The only importer of whoosh."""

from search.index.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
