from __future__ import annotations

import numpy as np

from search.index.whoosh.columnar.piece_table import LONGEST, PieceTable, keys_of
from search.index.whoosh.columnar.segmentfile import Array


def keys(*pieces: bytes) -> Array:
    """The keys of pieces."""
    sizes = np.array(list(map(len, pieces)))
    return keys_of(b"-".join((*pieces, bytes(8))), np.cumsum(sizes + 1) - sizes - 1, sizes)


class Asked:
    """Numbers new keys from 0 on and remembers how many it was asked for at a time."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    def __call__(self, places: Array) -> Array:
        self.counts.append(len(places))
        return np.arange(len(places), dtype=np.uint32) + sum(self.counts[:-1])


def test_pieces_that_differ_anywhere_have_different_keys() -> None:
    piece = b"abcdefgh" * 8
    others = [piece[:at] + b"x" + piece[at + 1 :] for at in range(LONGEST)]
    beginnings = [piece[:size] for size in range(1, LONGEST + 1)]
    found = keys(*others, *beginnings)
    assert len(np.unique(found)) == len(found)


def test_the_same_piece_has_the_same_key_wherever_it_stands() -> None:
    first, _, second = keys(b"international", b"b", b"international").tolist()
    assert first == second


def test_keys_of_long_pieces_are_none_of_short_ones() -> None:
    shorts, longs = ["я" * 4, "¿" * 4, "zzzzzzzz"], [f"{'z' * 9}{number}" for number in range(1000)]
    assert keys(*map(str.encode, shorts)).max() < keys(*map(str.encode, longs)).min()


def test_a_top_bit_alone_does_not_make_keys_alike() -> None:
    pieces = [(first * 8 + second * 8).encode() for first in "0p" for second in "0p"]
    assert len(set(keys(*pieces).tolist())) == 4


def test_each_new_key_is_asked_for_once() -> None:
    table, asked = PieceTable(), Asked()
    wanted = np.array([7, 8, 7, 9, 8], np.uint64)
    found = table.numbers(wanted, asked)
    assert found[0] == found[2]
    assert found[1] == found[4]
    assert sorted(set(found.tolist())) == [0, 1, 2]
    assert table.numbers(wanted, asked).tolist() == found.tolist()
    assert asked.counts == [3]


def test_a_table_that_grows_keeps_its_numbers() -> None:
    table, asked = PieceTable(), Asked()
    wanted = np.arange(1, 200_001, dtype=np.uint64) << np.uint64(20)
    found = np.concatenate([table.numbers(part, asked) for part in np.array_split(wanted, 9)])
    assert sorted(found.tolist()) == list(range(200_000))
    assert table.numbers(wanted, asked).tolist() == found.tolist()
    assert sum(asked.counts) == 200_000
