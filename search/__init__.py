"""The package, in the order in which an article travels through it.

articles/   files -> Article: headline, dateline, quotes, speakers, topics (no Flask, no Whoosh)
fields.py   the field table that documents, engines, queries and facets share
analysis.py text -> terms: the one function that indexing, queries and snippets agree on
query/      text -> question, and the shape of an answer: results, facets, snippets
index/      Article -> searchable documents; engines answer questions
web/        answers -> pages for people and JSON for machines
cli.py      `flask index …` and `flask articles …`

Each imports only what stands above it in this list (index before web and cli); import-linter enforces it.
"""
