"""Backfile beside other engines, doing the same job on the same articles: `python -m bench --articles 20000`.

generating.py   articles, the same each time
asking.py       the mix of questions
measuring.py    runs one engine in a process of its own
engines/        one module an engine
report.py       the table and the JSON
"""
