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


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """An entry as the table knows it: what it says of which topic, as written, its length in words, and what it weighs
    where the body mentions it once."""

    topic: str
    weight: int
    written: str
    length: int
    once: float


@dataclass(slots=True, eq=False)
class Node:
    """What may follow the words read so far, and the longest entry of each topic that they hold.

    `length` is that of the longest of these, in words; 0 where there is none. `telling` are those that say something.
    `later` is the word that begins here in the form in which it may follow others, empty where it follows none.
    """

    next: dict[str, Node] = field(default_factory=dict)
    hits: dict[str, Hit] = field(default_factory=dict)
    length: int = 0
    telling: tuple[Hit, ...] = ()
    later: str = ""

    def after(self, word: str) -> Node:
        return self.next.setdefault(word, Node())


#: Stands for all words that no entry holds, so that most words of a text are told by one look.
_OTHER = Node()


class Lexicon(dict[str, Node]):
    """Written word -> what begins with it, filled in as words are met for the first time."""

    def __init__(self, entries: Iterable[tuple[str, Entry]], once: Mapping[str, float] | None = None) -> None:
        """`once`: the share of their weight that the entries of some topics have where the body mentions them once."""
        super().__init__()
        self._once = once or {}
        self._any, self._capital, self._prefix = Node(), Node(), Node()
        self._later: set[str] = set()
        for topic, entry in entries:
            self._add(topic, entry)
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix.next})

    def _add(self, topic: str, entry: Entry) -> None:
        node = self._prefix if entry.prefix else self._capital if entry.capital else self._any
        for word in entry.tokens[:-1]:
            node = node.after(word)
        hit = Hit(topic, entry.weight, entry.written, len(entry.tokens), entry.weight * self._once.get(topic, 1.0))
        last = entry.tokens[-1]
        node.after(last).hits[topic] = hit
        forms = () if entry.prefix else plurals(last)
        for form in forms:
            node.after(form).hits.setdefault(topic, hit)
        if hit.length > 1:
            self._later.update(entry.tokens[1:], forms)

    def __missing__(self, written: str) -> Node:
        if len(self) >= REMEMBERED:
            self.clear()
        folded = fold(written[:LETTERS])
        begun = self._begun(folded, written[0].isupper())
        later = folded if folded in self._later else ""
        node = _joined(begun, {}, later) if begun or later else _OTHER
        if len(written) <= LETTERS:
            self[written] = node
        return node

    def _begun(self, folded: str, capital: bool) -> list[Node]:
        nodes = [self._prefix.next.get(folded[:end]) for end in self._prefix_lengths if end <= len(folded)]
        nodes.append(self._any.next.get(folded))
        nodes.append(self._capital.next.get(folded) if capital else None)
        return [node for node in nodes if node]

    def find(self, text: Sequence[str]) -> list[Hit]:
        """Every entry that stands in the words of a text, as often as it does."""
        nodes = [*map(self.__getitem__, text), _OTHER]
        other = _OTHER
        found: list[Hit] = []
        hidden: dict[str, int] = {}
        end = 0
        for position, node in enumerate(nodes, 1):
            if node is other:
                continue
            later = nodes[position].later
            if later and later in node.next:
                node = _longest(node, nodes, position)
            if not node.length:
                continue
            if position > end:
                found += node.telling
                if node.length == 1:
                    continue
                hits = list(node.hits.values())
            else:
                hits = [hit for hit in node.hits.values() if hidden.get(hit.topic, 0) < position]
                found += hits
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


def _joined(nodes: Sequence[Node], inherited: Mapping[str, Hit], later: str = "") -> Node:
    """One node for several; later ones go before earlier ones, and longer entries before those that begin them."""
    hits = dict(inherited)
    following: dict[str, list[Node]] = {}
    for node in nodes:
        hits.update(node.hits)
        for word, next_node in node.next.items():
            following.setdefault(word, []).append(next_node)
    after = {word: _joined(nodes, hits) for word, nodes in following.items()}
    found = hits.values()
    telling = tuple(hit for hit in found if hit.weight)
    return Node(after, hits, max((hit.length for hit in found), default=0), telling, later)


def _longest(node: Node, words: Sequence[Node], position: int) -> Node:
    while (following := node.next.get(words[position].later)) is not None:
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
