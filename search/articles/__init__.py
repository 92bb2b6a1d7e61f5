"""Files in, articles out: everything that is read from an archive, without Flask and without Whoosh.

model, identity          what an article is, and the names that last
files -> reading         from a folder to `Article`s; the rest are steps that `reading` composes
dateline, published      where and when              (wire/: agencies, places, dates)
quotes, speakers         who said what               (speech/: from marks and words up to statements)
naming, aliases.toml     one name for one speaker, whatever article they speak in
variants                 which names of a whole archive are one speaker's
bodies                   which speakers are persons, and which are bodies
topics, topics.toml      what it is about            (classification/: the words and their weights)
toml                     the files that users edit, read with every fault in words
formats/                 how bytes become text, and text an article's parts
evidence, account        the way back: from an article to the words that led to it, for a person to read
"""
