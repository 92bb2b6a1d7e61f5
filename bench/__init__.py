"""What the archive costs in time, room and memory, measured on articles made for it or on anybody's own.

`python -m bench` sets Backfile beside other engines, doing the same job on the same articles; `python -m bench.reading`
measures reading alone.

generating.py   articles for the engines, the same each time
archive.py      the articles, kept in a file
asking.py       the mix of questions
indexing.py     indexes with the engines in turn, a process each
measuring.py    asks an engine all questions, in a process of its own
engines/        one module an engine
report.py       the table and the JSON
reading.py      articles a second, from files to quotes and topics
wirecopy.py     files of wire copy to read
"""
