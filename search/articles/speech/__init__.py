"""Who said what: the pieces by which `quotes` reads reported speech, from marks and words up to statements.

words.toml, words    the word lists              marks       spans between quotation marks
cues, lexicon        what kind a word is         tokens      words with their kinds
narrative, offices   the reporter's sentences, each quote one token; offices of several words as titles
phrases, clauses     noun phrases, clauses       subjects    who or what a noun phrase names
report, reports      verbs of speaking           possession  nouns of speaking
sources              "according to"              attribution which report a quote belongs to
indirect             speech without marks        names, roles, people, voices   one person under many words
statements           an article, walked through from its first paragraph to its last
"""
