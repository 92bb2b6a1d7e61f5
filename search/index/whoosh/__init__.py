"""The embedded engine: a Whoosh index on local disk. The only package that imports whoosh."""
