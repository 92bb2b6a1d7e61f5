"""Finds the words and phrases that point to topics, all of them in one pass over a text.

Every word of the text is looked up once in a hash table; only where a phrase may begin are the next words looked at,
at most `LONGEST_ENTRY` of them. So the time is linear in the text, however many topics there are. Where several
entries of *one* topic begin at a word, the longest counts and hides the words in it: "olive oil" can thus keep "oil"
from counting for oil and gas, while it counts for another topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.articles.classification.topic_file import Entry, fold

#: Stands between two texts among their words: no phrase reaches across it.
BREAK = "\x01"
#: How many different written words are remembered before the table starts anew.
REMEMBERED = 200_000
#: How many letters of a word are looked at: more than any word has that an entry could name.
LETTERS = 60


_WORD_OR_BREAK = re.compile(rf"[^\W_]+|{BREAK}")
_COMMON_MARKS = "’‘“”–—…£€\xa0"  # beyond ASCII
_ASCII_WORDS = bytes(byte if chr(byte).isalnum() or chr(byte) == BREAK else 32 for byte in range(128)) + bytes(128)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry as the table knows it: the topic and the entry by number, its length in words."""

    topic: int
    entry: int
    length: int


@dataclass(slots=True, eq=False)
class Node:
    """What may follow the words read so far, and the longest entry of each topic that they hold.

    `length` is that of the longest of these, in words; 0 where there is none.
    """

    next: dict[str, Node] = field(default_factory=dict)
    hits: dict[int, Hit] = field(default_factory=dict)
    length: int = 0
    entries: tuple[int, ...] = ()

    def after(self, word: str) -> Node:
        return self.next.setdefault(word, Node())


@dataclass(frozen=True, slots=True)
class Word:
    """A written word as the lexicon knows it: folded, and what begins with it, if anything does."""

    folded: str
    node: Node | None


_END = Word("", None)


class Lexicon(dict[str, Word]):
    """Written word -> what is known of it, filled in as words are met for the first time."""

    def __init__(self, entries: Iterable[tuple[int, Entry]]) -> None:
        super().__init__()
        self._any, self._capital, self._prefix = Node(), Node(), Node()
        for number, (topic, entry) in enumerate(entries):
            self._add(number, topic, entry)
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix.next})

    def _add(self, number: int, topic: int, entry: Entry) -> None:
        node = self._prefix if entry.prefix else self._capital if entry.capital else self._any
        for word in entry.tokens[:-1]:
            node = node.after(word)
        hit = Hit(topic, number, len(entry.tokens))
        last = entry.tokens[-1]
        node.after(last).hits[topic] = hit
        if not entry.prefix:
            for form in plurals(last):
                node.after(form).hits.setdefault(topic, hit)

    def __missing__(self, written: str) -> Word:
        if len(self) >= REMEMBERED:
            self.clear()
        folded = fold(written[:LETTERS])
        word = Word(folded, self._beginning(folded, written[0].isupper()))
        if len(written) <= LETTERS:
            self[written] = word
        return word

    def _beginning(self, folded: str, capital: bool) -> Node | None:
        nodes = [self._prefix.next.get(folded[:end]) for end in self._prefix_lengths if end <= len(folded)]
        nodes.append(self._any.next.get(folded))
        nodes.append(self._capital.next.get(folded) if capital else None)
        begun = [node for node in nodes if node]
        return _joined(begun, {}) if begun else None

    def find(self, text: Sequence[str]) -> list[int]:
        """The number of every entry that stands in the words of a text, as often as it does."""
        words = [*map(self.__getitem__, text), _END]
        found: list[int] = []
        hidden: dict[int, int] = {}
        end = 0
        for position, node in enumerate([word.node for word in words], 1):
            if node is None:  # as of most words
                continue
            after = words[position].folded
            if after in node.next:
                node = _longest(node.next[after], words, position + 1)
            if not node.length:
                continue
            if position > end:
                found += node.entries
                if node.length == 1:
                    continue
                hits = list(node.hits.values())
            else:
                hits = [hit for hit in node.hits.values() if hidden.get(hit.topic, 0) < position]
                found += [hit.entry for hit in hits]
            end = max(end, position + node.length - 1)
            for hit in hits:
                hidden[hit.topic] = position + hit.length - 1
        return found


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of texts as written, with a `BREAK` between two texts. Most texts are ASCII, and quicker so."""
    joint = f" {BREAK} ".join(texts)
    if not joint.isascii():
        for mark in _COMMON_MARKS:
            joint = joint.replace(mark, " ")
    if joint.isascii():
        return joint.encode().translate(_ASCII_WORDS).decode().split()
    return _WORD_OR_BREAK.findall(joint)


def _joined(nodes: Sequence[Node], inherited: Mapping[int, Hit]) -> Node:
    """One node for several; later ones go before earlier ones, and longer entries before those that begin them."""
    hits = dict(inherited)
    following: dict[str, list[Node]] = {}
    for node in nodes:
        hits.update(node.hits)
        for word, next_node in node.next.items():
            following.setdefault(word, []).append(next_node)
    after = {word: _joined(nodes, hits) for word, nodes in following.items()}
    found = hits.values()
    return Node(after, hits, max((hit.length for hit in found), default=0), tuple(hit.entry for hit in found))


def _longest(node: Node, words: Sequence[Word], position: int) -> Node:
    while (following := node.next.get(words[position].folded)) is not None:
        node, position = following, position + 1
    return node


def plurals(word: str) -> tuple[str, ...]:
    """How English may spell the plural of a word."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word + "es",)
    if word.endswith("o"):
        return word + "es", word + "s"
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies", word + "s"
    return (word + "s",)
