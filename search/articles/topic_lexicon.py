"""Finds the words and phrases that point to topics, all of them in one pass over a text.

Every word of the text is looked up once in a hash table; only where a phrase may begin are the next words looked at,
at most `LONGEST_ENTRY` of them. So the time is linear in the text, however many topics there are. Where several
entries of *one* topic begin at a word, the longest counts and hides the words in it: "olive oil" can thus keep "oil"
from counting for oil and gas, while it counts for another topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search.articles.topic_file import Entry, fold

#: How many different written words are remembered before the table starts anew.
REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry as the table knows it: the topic and the entry by number, its length in words."""

    topic: int
    entry: int
    length: int


@dataclass(slots=True)
class _Node:
    """What may follow the words read so far, and the longest entry of each topic that they hold."""

    next: dict[str, _Node] = field(default_factory=dict)
    hits: dict[int, Hit] = field(default_factory=dict)

    def at(self, word: str) -> _Node:
        return self.next.setdefault(word, _Node())


def _joined(nodes: Sequence[_Node], inherited: Mapping[int, Hit]) -> _Node:
    """One node for several; later ones go before earlier ones, and longer entries before those that begin them."""
    hits = dict(inherited)
    following: dict[str, list[_Node]] = {}
    for node in nodes:
        hits.update(node.hits)
        for word, after in node.next.items():
            following.setdefault(word, []).append(after)
    return _Node({word: _joined(after, hits) for word, after in following.items()}, hits)


class Lexicon(dict[str, _Node | None]):
    """Written word -> the entries that may begin with it, filled in as words are met for the first time."""

    def __init__(self, entries: Iterable[tuple[int, Entry]]) -> None:
        super().__init__()
        self._any, self._capital, self._prefix = _Node(), _Node(), _Node()
        for number, (topic, entry) in enumerate(entries):
            self._add(number, topic, entry)

    def _add(self, number: int, topic: int, entry: Entry) -> None:
        node = self._prefix if entry.prefix else self._capital if entry.capital else self._any
        for word in entry.tokens[:-1]:
            node = node.at(word)
        hit = Hit(topic, number, len(entry.tokens))
        last = entry.tokens[-1]
        for form in {last} if entry.prefix else forms(last):
            if form == last:
                node.at(form).hits[topic] = hit
            else:
                node.at(form).hits.setdefault(topic, hit)

    def __missing__(self, written: str) -> _Node | None:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[written] = self._beginning(written)
        return found

    def _beginning(self, written: str) -> _Node | None:
        folded = fold(written)
        nodes = [self._prefix.next.get(folded[:end]) for end in range(3, len(folded) + 1)]
        nodes.append(self._any.next.get(folded))
        nodes.append(self._capital.next.get(folded) if written[0].isupper() else None)
        begun = [node for node in nodes if node]
        return _joined(begun, {}) if begun else None

    def hits(self, words: Sequence[str]) -> Iterator[Hit]:
        """The entries that stand in the words, in their order; of one topic the longest at a place."""
        free: dict[int, int] = {}
        for position, word in enumerate(words):
            node = self[word]
            if node is None:
                continue
            if node.next:
                node = _longest(node, words, position + 1)
            for topic, hit in node.hits.items():
                if free.get(topic, 0) <= position:
                    free[topic] = position + hit.length
                    yield hit


def _longest(node: _Node, words: Sequence[str], position: int) -> _Node:
    while node.next and position < len(words):
        following = node.next.get(fold(words[position]))
        if following is None:
            return node
        node, position = following, position + 1
    return node


def forms(word: str) -> set[str]:
    """The word and its plural, as English spells it."""
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return {word, word + "es", word + "s"}
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return {word, word + "s", word[:-1] + "ies"}
    return {word, word + "s"}
