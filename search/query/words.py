"""The words of a leaf, analysed: what an engine looks up and what is marked in a text."""

from __future__ import annotations

from dataclasses import replace

from search import analysis
from search.query.nodes import Character, Fuzzy, Leaf, Phrase, Prefix, Range, Term

Word = Term | Prefix | Fuzzy | Character  # here a Term's text is one analysed term


def words_of(leaf: Leaf) -> tuple[Word, ...]:
    """The words in order, each without a field; none where nothing of a word is left, and of a range.

    A character of Han, Kana or Hangul alone at the beginning or the end of a phrase may be part of a longer word there,
    which is indexed in pairs: 2024年 stands in 2024年度, 第3 in 今年の第3回. Not so beside a word that has it already,
    lest it be found in that, nor among words that are to be near each other.
    """
    if isinstance(leaf, Prefix | Fuzzy | Character):
        text = analysis.fold(leaf.text)
        return (replace(leaf, field=None, text=text),) if text else ()
    if isinstance(leaf, Range):
        return ()
    texts = (leaf.text,) if isinstance(leaf, Term) else leaf.words
    terms = [term for text in texts for term in analysis.terms(text)]
    words: list[Word] = [Term(None, term) for term in terms]
    if isinstance(leaf, Phrase) and len(terms) > 1:
        if analysis.is_character(terms[0]) and not terms[1].startswith(terms[0]):
            words[0] = Character(None, terms[0], "last")
        if analysis.is_character(terms[-1]) and not terms[-2].endswith(terms[-1]):
            words[-1] = Character(None, terms[-1], "first")
    return tuple(words)
