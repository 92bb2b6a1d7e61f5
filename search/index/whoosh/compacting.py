"""Which segments are merged: few segments answer fast, and a small one more should not rewrite a large one.

Each process of a build writes a segment, or several where memory is short, and an update adds one. Once there are more
than `MOST`, some are merged: by a build before it publishes its generation, after an update in a generation of its
own, so that what is new need not wait. Mostly they are the small ones that updates before have left.
"""

from __future__ import annotations

from collections.abc import Sequence

#: More segments than this are not served for long.
MOST = 8

#: More than this never are: an update that would leave more merges before it publishes.
EVER = 2 * MOST

_SMALL = 1_000  # documents
_STEP = 4


def chosen(sizes: Sequence[int], largest: int, most: int = MOST) -> list[list[int]]:
    """Which segments to merge with one another, by number, so that none gets larger than `largest` documents.

    None, where there are no more than `most`. Neighbours in size are merged first: as many of the smallest as are not
    far larger than those before them together.
    """
    if len(sizes) <= most:
        return []
    groups: list[list[int]] = []
    group: list[int] = []
    total = 0
    for number in sorted(range(len(sizes)), key=lambda number: (sizes[number], number)):
        if group and (total + sizes[number] > largest or sizes[number] > max(_STEP * total, _SMALL)):
            groups.append(group)
            group, total = [], 0
        group.append(number)
        total += sizes[number]
    groups.append(group)
    return [sorted(group) for group in groups if len(group) > 1]
