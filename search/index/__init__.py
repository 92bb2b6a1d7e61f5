"""Articles become searchable here: documents, building and updating, and the engines that answer questions.

engine.py      the port: what every engine can do
documents.py   an article as flat documents, one for itself and one for each quote
building.py    sources -> articles -> an engine's writer; readers.py, read with all cores
whoosh/        the embedded engine
suggesting.py  did you mean            completing.py  what was typed so far
explaining.py  why a document matched  relating.py    which articles belong together
"""
